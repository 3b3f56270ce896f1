import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { formatMarkdown, type MarkdownOptions } from './markdown.ts';
import { COMMENT_BYTES } from './render-report.ts';
import { hostileText } from './testing/hostile-text.ts';
import { CALL_FLOW, flowReport, flowSource } from './testing/sample-flows.ts';
import { emptyReport, SAMPLE_PROBLEMS, SAMPLE_TEXT, sampleFinding, sampleReport } from './testing/sample-report.ts';
import { takenCommands } from './testing/taken-commands.ts';

const OPTIONS: MarkdownOptions = { ...SAMPLE_TEXT, maxBytes: COMMENT_BYTES };

test('a report: what was not looked at, then the gravest findings', () => {
  expect(formatMarkdown(sampleReport(), OPTIONS)).toMatchInlineSnapshot(`
    "# Lockstep: 4 findings

    1 critical, 2 error, 1 medium. 1 more finding suppressed by comments in the code. 3 files scanned with 4 rules. Incomplete: not everything was looked at.

    **What was not looked at**

    - 1 rule cannot be run: \`rules.broken\`
    - 1 file was parsed only in part: \`src/wide.py:2\`
    - 1 file larger than --max-target-bytes: \`big.py\`

    ## critical \`print\`

    \`src/␛[31mev␊il <U+202E><&>'".py:1:1\`

    Prints ␛\\[2J\\<U+202E\\>

    \`\`\`py
    print("␛[2J<U+202E><U+009B>")
    \`\`\`

    [Read more](<https://example.com/p>)

    ## error \`rules.sql\`

    \`src/app.py:4:2\`

    Text is joined into
    SQL (\\$Q). Pass it as a parameter \\& "bind" it, as \\<https:&#8203;//example.com/sql\\> says.

    \`\`\`py
        cur.execute("select " + user)
    \`\`\`

    Fix:

    \`\`\`diff
    -     cur.execute("select " + user)
    +     cur.execute("select %s", user)
    \`\`\`

    [Read more](<https://example.com/rule>)

    ## error \`rules.sql\`

    \`src/app.py:7:1\`

    Text is joined into
    SQL (\\$Q). Pass it as a parameter \\& "bind" it, as \\<https:&#8203;//example.com/sql\\> says.

    \`\`\`py
    cur.execute(f"""
      select {
        user}
    """)
    \`\`\`

    [Read more](<https://example.com/rule>)

    ## medium \`rules.run\`

    \`src/wide.py:1:15\`

    run

    \`\`\`py
    x = "😀é"; run("☃", y)
    \`\`\`

    Fix:

    \`\`\`diff
    - x = "😀é"; run("☃", y)
    + x = "😀é"; safe("☃")
    \`\`\`
    "
  `);
});

test('a flow', () => {
  const options = { ...OPTIONS, source: flowSource };
  expect(formatMarkdown(flowReport(CALL_FLOW), options)).toMatchInlineSnapshot(`
    "# Lockstep: 1 finding

    1 error. 3 files scanned with 0 rules. Complete: nothing was left out.

    ## error \`rules.flow\`

    \`shop/views.py:22:5\`

    What a visitor sends becomes a command.

    \`\`\`py
        store.find(text)
    \`\`\`

    <details><summary>How the data gets there</summary>

    \`\`\`
    shop/store.py:4
      source    4 │ found = request.args["q"]
    shop/views.py:21
    call       21 │ text = store.wanted()
    call       22 │ store.find(text)
    shop/store.py:7
      ↓ words   7 │ def find(words):
      ↓ query   8 │ query = "select " + words
      sink      9 │ cursor.execute(query)
    \`\`\`

    </details>
    "
  `);
});

test('nothing found', () => {
  expect(formatMarkdown(emptyReport(), OPTIONS)).toMatchInlineSnapshot(`
    "# Lockstep: no findings

    3 files scanned with 4 rules. Complete: nothing was left out.
    "
  `);
});

test('nothing scanned', () => {
  const report = { ...emptyReport(), problems: SAMPLE_PROBLEMS.slice(0, 1) };
  expect(formatMarkdown(report, OPTIONS)).toMatchInlineSnapshot(`
    "# Lockstep: nothing was scanned

    3 files scanned with 4 rules. Incomplete: not everything was looked at.

    **What was not looked at**

    - There is no such file Check it.: \`missing.yaml\`
    "
  `);
});

describe('a report that is too long', () => {
  const one = sampleFinding('src/wide.py', 'run("☃", y)', 'rules.run');
  const findings = Array.from({ length: 500 }, (_, at) => ({ ...one, start: { ...one.start, line: at + 1 } }));
  const report = { ...emptyReport(), findings };

  test('is cut between two findings, with a sentence', () => {
    const text = formatMarkdown(report, { ...OPTIONS, maxBytes: 10_000 });
    const shown = text.match(/^## medium/gm)?.length ?? 0;
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(9_500);
    expect(text).toContain(`**${500 - shown} more findings not shown**, for want of room here`);
  });

  test.each([0, 100, 300, 1000])('keeps to %i bytes, or says nothing', (maxBytes) => {
    expect(Buffer.byteLength(formatMarkdown(report, { ...OPTIONS, maxBytes }))).toBeLessThanOrEqual(maxBytes);
  });
});

/** Names of the elements, in order, of the page that a service makes of Markdown. */
function elements(markdown: string): string[] {
  const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  const names: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.ChildNode): void => {
    if (!node.nodeName.startsWith('#')) names.push(node.nodeName);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  parseFragment(html).childNodes.forEach(visit);
  return names;
}

test('whatever names, messages, code and fixes hold, the page keeps its shape', () => {
  const shape = (text: string) => {
    const finding = sampleFinding('src/app.py', 'os', 'rules.run', { message: 'x', fix: 'y' });
    const hostile = { ...finding, path: text, ruleId: `${text}.`, message: text, lines: text, fix: `${text}y` };
    const report = { ...emptyReport(), findings: [text === '' ? finding : hostile] };
    return formatMarkdown({ ...report, skipped: [{ path: `${text}/`, reason: 'minified' }] }, OPTIONS);
  };
  // A message may hold code and paragraphs.
  const relevant = (markdown: string) => elements(markdown).filter((name) => name !== 'p' && name !== 'code');
  const expected = relevant(shape(''));
  expect(expected).toEqual(['h1', 'strong', 'ul', 'li', 'h2', 'pre', 'pre']);
  fc.assert(
    fc.property(hostileText, (text) => {
      const markdown = shape(text);
      expect(relevant(markdown)).toEqual(expected);
      expect(takenCommands(markdown)).toEqual([]);
      expect(markdown).not.toMatch(/(?!\n|\t)\p{Cc}/u);
    }),
  );
});
