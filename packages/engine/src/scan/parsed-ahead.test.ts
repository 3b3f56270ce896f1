import { expect, test } from 'vitest';
import { loadRules } from '../rules/load-rules.ts';
import { languages, scannerOptions } from '../testing/load-engine.ts';
import { ParsedAhead } from './parsed-ahead.ts';
import { Scanner } from './scanner.ts';

const RULES = `rules: [{id: eval, languages: [python], severity: ERROR, message: m, pattern: eval($X)}]`;

function parsed(path: string, text: string): ParsedAhead {
  const ahead = new ParsedAhead(languages);
  ahead.parse(path, text, 'python');
  return ahead;
}

test('a text is handed out once, and only as what was parsed', () => {
  const ahead = parsed('a.py', 'eval(x)\n');
  expect(ahead.take('a.py', 'eval(y)\n', 'python')).toBeNull();
  expect(ahead.take('b.py', 'eval(x)\n', 'python')).toBeNull();
  expect(ahead.take('a.py', 'eval(x)\n', 'generic')).toBeNull();
  expect(ahead.take('a.py', 'eval(x)\n', 'python')?.tree.root.statements).toHaveLength(1);
  expect(ahead.take('a.py', 'eval(x)\n', 'python')).toBeNull();
});

test('what cannot be parsed is not there', () => {
  const ahead = parsed('a.py', `x = ${'('.repeat(200_000)}`);
  ahead.parse('a.cobol', 'x', 'cobol');
  expect(ahead.take('a.cobol', 'x', 'cobol')).toBeNull();
  expect(ahead.take('a.py', 'x = 1\n', 'python')).toBeNull();
});

test.each([
  ['the text that was parsed', 'if a:\n    eval(x)\neval(\n', ['partial-parsing']],
  ['another text', 'if a:\n    eval(x)\n', []],
])('a scanner reports the same of %s', (_what, text, issues) => {
  const rules = loadRules(RULES, 'rules.yaml').rules;
  const file = { path: 'a.py', text, languages: ['python'] };
  const scan = (parsedAhead: ParsedAhead | null) =>
    new Scanner(rules, languages, { ...scannerOptions, parsedAhead }).scan(file);
  const report = scan(parsed('a.py', 'if a:\n    eval(x)\neval(\n'));
  expect(report).toEqual(scan(null));
  expect(report.findings.map(({ start }) => start.line)).toContain(2);
  expect(report.issues.map(({ code }) => code)).toEqual(issues);
});
