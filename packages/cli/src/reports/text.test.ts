import { describe, expect, it, test } from 'vitest';
import { createPalette } from './palette.ts';
import { formatSummary } from './summary.ts';
import { emptyReport, SAMPLE_TEXT, sampleFinding, sampleReport } from './testing/sample-report.ts';
import { spelled } from './testing/spelled.ts';
import { formatText } from './text.ts';

describe('findings', () => {
  it('are grouped by file, with code, fix and reference', () => {
    expect(formatText(sampleReport(), SAMPLE_TEXT)).toMatchInlineSnapshot(`
      "src/␛[31mev␊il <U+202E><&>'".py

       ❯❯❯❱ print  critical
            Prints ␛[2J<U+202E>

            src/␛[31mev␊il <U+202E><&>'".py:1:1
            1 │ print("␛[2J<U+202E><U+009B>")
              │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            https://example.com/p

      src/app.py

        ❯❯❱ rules.sql  error
            Text is joined into SQL ($Q). Pass it as a parameter & "bind" it, as
            <https://example.com/sql> says.

            src/app.py:4:2
            3 │ def get(user):
            4 │     cur.execute("select " + user)
              │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            5 │     return cur

            fix
            -     cur.execute("select " + user)
            +     cur.execute("select %s", user)

            src/app.py:7:1
             7 ┃ cur.execute(f"""
             8 ┃   select {
             9 ┃     user}
            10 ┃ """)

            https://example.com/rule

      src/wide.py

         ❯❱ rules.run  medium
            run

            src/wide.py:1:15
            1 │ x = "😀é"; run("☃", y)
              │            ^^^^^^^^^^^
            2 │ run(1) # nosem

            fix
            - x = "😀é"; run("☃", y)
            + x = "😀é"; safe("☃")
      "
    `);
  });

  it('are coloured on request', () => {
    const report = sampleReport();
    const one = { ...report, findings: report.findings.filter(({ fix }) => fix === 'safe("☃")') };
    expect(spelled(formatText(one, { ...SAMPLE_TEXT, palette: createPalette(true) }))).toMatchInlineSnapshot(`
      "\\e[1msrc/wide.py\\e[22m

       \\e[33m  ❯❱\\e[39m \\e[1mrules.run\\e[22m  \\e[33mmedium\\e[39m
            run

            \\e[2msrc/wide.py:1:15\\e[22m
            \\e[2m1\\e[22m │ x = "😀é"; \\e[1m\\e[33mrun("☃", y)\\e[39m\\e[22m
            \\e[2m \\e[22m │            \\e[1m\\e[33m^^^^^^^^^^^\\e[39m\\e[22m
            \\e[2m2\\e[22m │ \\e[2mrun(1) # nosem\\e[22m

            \\e[1mfix\\e[22m
            \\e[31m- x = "😀é"; run("☃", y)\\e[39m
            \\e[32m+ x = "😀é"; safe("☃")\\e[39m
      "
    `);
  });

  it('give nothing where there is nothing', () => {
    expect(formatText(emptyReport(), SAMPLE_TEXT)).toBe('');
  });

  it('of a pattern on the command line are code alone', () => {
    const findings = [sampleFinding('src/app.py', 'return cur', '-')];
    expect(formatText({ ...sampleReport(), findings }, SAMPLE_TEXT)).toMatchInlineSnapshot(`
      "src/app.py

            src/app.py:5:2
            4 │     cur.execute("select " + user)
            5 │     return cur
              │     ^^^^^^^^^^
      "
    `);
  });

  it('are cut to the limits asked for', () => {
    const report = sampleReport();
    const findings = report.findings.filter(({ ruleId }) => ruleId === 'rules.sql');
    const text = formatText({ ...report, findings }, { ...SAMPLE_TEXT, maxLines: 2, maxChars: 16, width: 40 });
    expect(text).toMatchInlineSnapshot(`
      "src/app.py

        ❯❯❱ rules.sql  error
            Text is joined into SQL ($Q). Pass
            it as a parameter & "bind" it, as
            <https://example.com/sql> says.

            src/app.py:4:2
            3 │ def get(user):
            4 │     cur.execute("s…
              │     ^^^^^^^^^^^^^^^
            5 │     return cur

            fix
            - …elect " + user)
            + …lect %s", user)

            src/app.py:7:1
            7 ┃ cur.execute(f"""
            8 ┃   select {
              │ … 2 more lines

            https://example.com/rule
      "
    `);
  });

  it('never pass on what could act on a terminal', () => {
    const text =
      formatText(sampleReport(), SAMPLE_TEXT) + formatSummary(sampleReport(), { ...SAMPLE_TEXT, verbose: true });
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e]/u);
  });
});

describe('summary', () => {
  test('in short', () => {
    expect(formatSummary(sampleReport(), { ...SAMPLE_TEXT, verbose: false })).toMatchInlineSnapshot(`
      "What failed
        1 rule cannot be run
          rules.broken
            The pattern does not parse as Python: ␛[31mfoo(
            Close the parenthesis.
        1 rule is meant for another version
          never
        1 file was parsed only in part
          src/wide.py:2

      Skipped
        1 file larger than --max-target-bytes
          big.py
        1 file matching ignore patterns

      4 findings: 1 critical, 2 error, 1 medium
      1 more finding suppressed by comments in the code
      3 files scanned with 4 rules in 1.2 s
      incomplete: not everything was looked at, see above
      "
    `);
  });
  test('in full', () => {
    const lines = (verbose: boolean) => formatSummary(sampleReport(), { ...SAMPLE_TEXT, verbose }).split('\n');
    const short = lines(false);
    expect(lines(true).filter((line) => !short.includes(line))).toMatchInlineSnapshot(`
      [
        "      Needs at least version 9.0.0",
        "      \`=\` was not expected here",
        "    vendor/x.py",
      ]
    `);
  });
  test('of a clean scan', () => {
    expect(formatSummary(emptyReport(), { ...SAMPLE_TEXT, verbose: false })).toMatchInlineSnapshot(`
      "0 findings
      3 files scanned with 4 rules
      complete: nothing was left out
      "
    `);
  });
});
