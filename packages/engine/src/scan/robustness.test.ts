import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../rules/load-rules.ts';
import { anyPython, damaged } from '../testing/generate-python.ts';
import { anyRuleFile, ruleFile } from '../testing/generate-rules.ts';
import { languages, scannerOptions } from '../testing/load-engine.ts';
import type { FileReport } from './report.ts';
import { Scanner } from './scanner.ts';

/**
 * Whatever the rules and the file: nothing escapes, nothing is reported outside of the file, the same input gives the
 * same answer. `FUZZ_RUNS=20000 FUZZ_SEED=1` makes it a long search that can be repeated.
 */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 120);
const parameters = {
  numRuns,
  ...(process.env['FUZZ_SEED'] === undefined ? {} : { seed: Number(process.env['FUZZ_SEED']) }),
};
const testTimeout = Math.max(30_000, numRuns * 300);

/** Milliseconds for one small rule file on one small file, on a machine that does other things besides. */
const MAX_TIME = 10_000;

interface Place {
  line: number;
  column: number;
  offset: number;
}

/** Says of a place whether it lies in the text. */
function insideOf(text: string): (start: Place, end: Place) => boolean {
  const bytes = Buffer.byteLength(text);
  const lines = text.split('\n').length;
  return (start, end) =>
    0 <= start.offset &&
    start.offset <= end.offset &&
    end.offset <= bytes &&
    1 <= start.line &&
    start.line <= end.line &&
    end.line <= lines &&
    Math.min(start.column, end.column) >= 1;
}

/** Checks one report; returns it as text. */
function checked(text: string, report: FileReport): string {
  const isInside = insideOf(text);
  const ranges = [
    ...report.findings,
    ...report.findings.flatMap(({ metavariables }) => Object.values(metavariables)),
    ...report.issues.flatMap(({ spans }) => spans),
  ];
  expect(ranges.filter(({ start, end }) => !isInside(start, end))).toEqual([]);
  expect(report.issues.filter(({ code }) => code === 'internal-error')).toEqual([]);
  return JSON.stringify(report);
}

function scanTwice(yaml: string, text: string, path: string, fileLanguages: readonly string[]): void {
  const started = performance.now();
  const { rules } = loadRules(yaml, 'rules.yaml');
  const scanner = new Scanner(rules, languages, scannerOptions);
  const first = checked(text, scanner.scan({ path, text, languages: fileLanguages }));
  expect(performance.now() - started).toBeLessThan(MAX_TIME);
  expect(checked(text, scanner.scan({ path, text, languages: fileLanguages })), 'the same scanner again').toBe(first);
  const again = new Scanner(loadRules(yaml, 'rules.yaml').rules, languages, scannerOptions);
  expect(checked(text, again.scan({ path, text, languages: fileLanguages })), 'a new scanner').toBe(first);
}

describe('generated input', { timeout: testTimeout }, () => {
  test('rules on Python', () => {
    const property = fc.property(anyRuleFile, anyPython, (yaml, text) => scanTwice(yaml, text, 'a.py', ['python']));
    fc.assert(property, parameters);
  });

  test('rules on the text of rules', () => {
    const property = fc.property(ruleFile, damaged(ruleFile), (yaml, text) => scanTwice(yaml, text, 'a.yaml', []));
    fc.assert(property, { ...parameters, numRuns: numRuns / 4 });
  });

  test('every rule of a damaged file is sound or reported', () => {
    const property = fc.property(anyRuleFile, (yaml) => {
      const { rules, problems } = loadRules(yaml, 'rules.yaml');
      for (const rule of rules) expect(rule.formula === null && rule.mode === 'search').toBe(false);
      for (const { line, column } of problems) expect(line >= 1 && column >= 1).toBe(true);
      if (rules.length === 0 && !/^rules:\s*\[\s*\]\s*$/.test(yaml)) expect(problems).not.toEqual([]);
    });
    fc.assert(property, parameters);
  });
});

/** Rules of every sort, for shapes that only machines write. */
const RULES = `rules:
${[
  'f(..., 1, ...)',
  '$X == $X',
  '<... a ...>',
  'if <... f($X) ...>:\n  ...',
  '"x"',
  '"..."',
  'a\n...\nb',
  '$X = $Y',
  'def $F(..., $P, ...):\n  ...',
  'a.b. ... .$M()',
  'a + ... + $X',
  '{..., 1: $V}',
  'import $X',
  '$A. ... .$B',
  'def $F(...):\n  ...\n  $X',
  '$F(...)\n...\n$G(...)',
  'f(1)\n...\nf(1)\n...\nf(1)\n...\nf(1)\n...\nf(1)',
  'if a:\n  ...\n  if a:\n    ...\n    if a:\n      ...\n      a = 1\n      ...',
  'f(..., a, ..., a, ..., a, ..., a, ..., a, ...)',
  '[..., $X, ..., $Y, ...]',
  '<... f(<... f(<... f(1) ...>) ...>) ...>',
]
  .map((pattern, i) => ({ id: `r${i}`, languages: ['python'], message: 'm $X', severity: 'ERROR', pattern }))
  .map((rule) => `- ${JSON.stringify(rule)}\n`)
  .join('')}
- {id: conjunction, languages: [python], message: m, severity: ERROR, pattern: $X and ...}
- {id: symbolic, languages: [python], message: m, severity: ERROR, pattern: f(a.b), options: {symbolic_propagation: true}}
- id: nested
  languages: [python]
  message: m
  severity: ERROR
  patterns:
  - pattern: f($X)
  - metavariable-pattern: {metavariable: $X, pattern: <... a ...>}
- {id: words, languages: [generic], message: m, severity: ERROR, pattern: a ... b}
- {id: regex, languages: [regex], message: m, severity: ERROR, pattern-regex: '(a|b)+\\('}
`;

/** One block in the other, `depth` times. */
function nested(header: string, depth: number): string {
  const lines = Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}${header}\n`);
  return `${lines.join('')}${' '.repeat(depth)}a = f(1)\n`;
}

function numbered(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('');
}

/** Name → code of that shape, by size. */
const SHAPES: Record<string, (n: number) => string> = {
  'open parentheses': (n) => '('.repeat(n),
  'nested parentheses': (n) => `${'('.repeat(n)}a${')'.repeat(n)}`,
  'nested lists': (n) => `${'['.repeat(n)}${']'.repeat(n)}`,
  'nested dictionaries': (n) => `${'{1: '.repeat(n)}2${'}'.repeat(n)}`,
  'nested calls': (n) => `${'f('.repeat(n)}${')'.repeat(n)}`,
  'nested conditions': (n) => nested('if a:', Math.min(n, 500)),
  'nested loops': (n) => nested('for a in b:', Math.min(n, 60)),
  'nested functions': (n) => nested('def f(a, b):', Math.min(n, 100)),
  'nested walrus': (n) => `${'(a := '.repeat(n)}1${')'.repeat(n)}`,
  'nested case patterns': (n) => `match a:\n case ${'['.repeat(n)}${']'.repeat(n)}: pass\n`,
  'nested type arguments': (n) => `x: ${'A['.repeat(n)}b${']'.repeat(n)}\n`,
  'nested f-strings': (n) => `${'f"{'.repeat(n)}a${'}"'.repeat(n)}`,
  'a chain of members': (n) => `a${'.b'.repeat(n)}`,
  'a chain of calls': (n) => `a${'.b()'.repeat(n)}`,
  'a chain of indexes': (n) => `a${'[0]'.repeat(n)}`,
  'a long sum': (n) => `${'a + '.repeat(n)}a`,
  'a long conjunction': (n) => `${'a and '.repeat(n)}a`,
  'a long comparison': (n) => `${'a < '.repeat(n)}a`,
  'many nots': (n) => `${'not '.repeat(n)}a`,
  'many conditionals': (n) => `${'a if b else '.repeat(n)}c`,
  'many lambdas': (n) => `${'lambda: '.repeat(n)}1`,
  'many awaits': (n) => `${'await '.repeat(n)}a`,
  'many adjacent strings': (n) => '"a" '.repeat(n),
  'many assignments in one': (n) => `${'a = '.repeat(n)}1`,
  'many elifs': (n) => `if a: pass\n${'elif b: pass\n'.repeat(n)}`,
  'many handlers': (n) => `try: pass\n${'except A: pass\n'.repeat(n)}`,
  'many decorators': (n) => `${'@a\n'.repeat(n)}def f(): pass`,
  'many with items': (n) => `with ${'a as b, '.repeat(n)}c: pass`,
  'many comprehension clauses': (n) => `[a ${'for a in b '.repeat(n)}]`,
  'many holes': (n) => `f"${'{a}'.repeat(n)}"`,
  'many elements': (n) => `x = [${numbered(n, (i) => `a${i}, `)}]`,
  'many arguments': (n) => `f(${'a, '.repeat(n)}b=1)`,
  'many parameters': (n) => `def f(${numbered(n, (i) => `a${i}, `)}): pass`,
  'many imports': (n) => `import ${'a.b, '.repeat(n)}c`,
  'many statements': (n) => 'a\nf(1)\n'.repeat(n),
  'statements on one line': (n) => 'a; f(1); '.repeat(n),
  'locals of locals': (n) => numbered(n, (i) => `a${i + 1} = a${i} + 1\n`),
  'a constant that doubles': () => `a0 = "xx"\n${numbered(60, (i) => `a${i + 1} = a${i} + a${i}\n`)}f(a60)\n`,
  'a number that squares': () => `a0 = 3\n${numbered(60, (i) => `a${i + 1} = a${i} * a${i}\n`)}f(a60)\n`,
  'one very long line': (n) => `x = [${'1234567, '.repeat(n * 10)}]`,
  'one very long string': (n) => `x = "${'é"\\'.repeat(n * 10)}"`,
  'nothing but blanks': (n) => ' '.repeat(n * 10),
  'nothing but quotes': (n) => '"'.repeat(n),
  'nothing but dedents': (n) => numbered(Math.min(n, 1000), (i) => `${' '.repeat(Math.min(n, 1000) - i)}a\n`),
};

describe('shapes beyond measure', { timeout: testTimeout }, () => {
  const scanner = new Scanner(loadRules(RULES, 'rules.yaml').rules, languages, scannerOptions);

  test('the rules themselves are sound', () => {
    expect(scanner.issues).toEqual([]);
  });

  test.each(Object.keys(SHAPES))('%s', (name) => {
    for (const size of [30, 700, 4000]) {
      const text = SHAPES[name]?.(size) ?? '';
      const started = performance.now();
      checked(text, scanner.scan({ path: 'a.py', text, languages: ['python'] }));
      expect(performance.now() - started, `size ${size}`).toBeLessThan(MAX_TIME);
    }
  });
});
