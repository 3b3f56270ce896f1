import type { Finding, Severity } from '@lockstep/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatGithub } from './github.ts';
import { hostileText } from './testing/hostile-text.ts';
import { emptyReport, SAMPLE_PROBLEMS, sampleFinding, sampleReport } from './testing/sample-report.ts';
import { spelled } from './testing/spelled.ts';
import { takenCommands } from './testing/taken-commands.ts';

const OPTIONS = { hasSummary: true };

test('a report', () => {
  expect(spelled(formatGithub(sampleReport(), OPTIONS))).toMatchInlineSnapshot(`
    "::warning title=Lockstep%3A not everything was looked at::rules.broken: 1 rule cannot be run%0Asrc/wide.py:2: 1 file was parsed only in part%0Abig.py: 1 file larger than --max-target-bytes
    ::error file=src/␛[31mev␊il <U+202E><&>'".py,line=1,endLine=1,col=1,endColumn=16,title=print::Prints ␛[2J<U+202E>
    ::error file=src/app.py,line=4,endLine=4,col=2,endColumn=31,title=rules.sql::Text is joined into%0ASQL ($Q). Pass it as a parameter & "bind" it, as <https://example.com/sql> says.
    ::error file=src/app.py,line=7,endLine=10,title=rules.sql::Text is joined into%0ASQL ($Q). Pass it as a parameter & "bind" it, as <https://example.com/sql> says.
    ::warning file=src/wide.py,line=1,endLine=1,col=12,endColumn=23,title=rules.run::run
    "
  `);
});

test('nothing found and everything looked at: nothing to say', () => {
  expect(formatGithub(emptyReport(), OPTIONS)).toBe('');
});

test('nothing scanned is an error', () => {
  const report = { ...emptyReport(), problems: SAMPLE_PROBLEMS.slice(0, 1) };
  expect(formatGithub(report, OPTIONS)).toMatchInlineSnapshot(`
    "::error title=Lockstep%3A nothing was scanned::missing.yaml: There is no such file%0ACheck it.
    "
  `);
});

function findings(count: number, severity: Severity, path: string): Finding[] {
  const one = sampleFinding('src/app.py', 'os', 'rules.run', { severity });
  return Array.from({ length: count }, (_, at) => ({ ...one, path, start: { ...one.start, line: at + 1 } }));
}

const levels = (text: string) => text.split('\n').map((line) => /^::(\w+)/.exec(line)?.[1]);
const countOf = (text: string, level: string) => levels(text).filter((each) => each === level).length;

describe('ten of each level', () => {
  test('all fit', () => {
    const all = [...findings(10, 'INFO', 'a.py'), ...findings(10, 'ERROR', 'a.py'), ...findings(10, 'WARNING', 'b.py')];
    const text = formatGithub({ ...emptyReport(), findings: all }, OPTIONS);
    expect([countOf(text, 'error'), countOf(text, 'warning'), countOf(text, 'notice')]).toEqual([10, 10, 10]);
    expect(text).not.toContain('more finding');
  });

  test('one too many: the last notice makes room for one that says so', () => {
    const all = [...findings(10, 'INFO', 'a.py'), ...findings(11, 'ERROR', 'b.py')];
    const text = formatGithub({ ...emptyReport(), findings: all }, OPTIONS);
    expect([countOf(text, 'error'), countOf(text, 'notice')]).toEqual([10, 10]);
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      '::notice title=Lockstep%3A 2 more findings::GitHub shows 10 annotations of a level; not shown: 1 in b.py, 1 in a.py. The job summary lists them.',
    );
  });

  test('the gravest come first', () => {
    const all = [...findings(12, 'ERROR', 'a.py'), ...findings(2, 'CRITICAL', 'z.py')];
    const text = formatGithub({ ...emptyReport(), findings: all }, OPTIONS);
    expect(
      text
        .split('\n')
        .slice(0, 3)
        .map((line) => /file=([^,]+)/.exec(line)?.[1]),
    ).toEqual(['z.py', 'z.py', 'a.py']);
  });

  test('many files are counted', () => {
    const all = Array.from({ length: 30 }, (_, at) =>
      findings(1, 'ERROR', `f${String(at).padStart(2, '0')}.py`),
    ).flat();
    const text = formatGithub({ ...emptyReport(), findings: all }, { hasSummary: false });
    expect(text).toContain(
      '1 in f14.py, and others in 15 more files. Any other report lists them, such as --markdown.',
    );
  });
});

test('columns are told of a match on one line only', () => {
  const multi = sampleFinding('src/app.py', 'cur.execute(f"""\n  select {\n    user}\n""")', 'rules.sql');
  const one = sampleFinding('src/wide.py', 'run("☃", y)', 'rules.run');
  const lines = formatGithub({ ...emptyReport(), findings: [multi, one] }, OPTIONS).split('\n');
  expect(lines[0]).toContain('line=7,endLine=10,title=');
  expect(lines[1]).toContain('line=1,endLine=1,col=12,endColumn=23,title=');
});

test('a message is cut where the runner would', () => {
  const finding = sampleFinding('src/app.py', 'os', 'rules.run', { message: 'm'.repeat(10_000) });
  const [line = ''] = formatGithub({ ...emptyReport(), findings: [finding] }, OPTIONS).split('\n');
  expect(line.split('::')[2]).toBe(`${'m'.repeat(4095)}…`);
});

test('whatever the names and messages, each finding is one command', () => {
  fc.assert(
    fc.property(hostileText, hostileText, hostileText, (path, message, ruleId) => {
      const finding = { ...sampleFinding('src/app.py', 'os', 'rules.run'), path, message, ruleId };
      const text = formatGithub({ ...emptyReport(), findings: [finding] }, OPTIONS);
      expect(text.split('\n')).toHaveLength(2);
      expect(takenCommands(text).filter((line) => !line.startsWith('::warning file='))).toEqual([]);
      expect(text.trimEnd()).not.toMatch(/(?!\t)\p{Cc}/u);
    }),
  );
});
