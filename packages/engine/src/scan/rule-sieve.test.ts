import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { pythonSureNames } from '../languages/python/sure-names.ts';
import { parsePattern } from '../patterns/parse-pattern.ts';
import { requiredIdentifiers } from '../patterns/required-identifiers.ts';
import { loadRules } from '../rules/load-rules.ts';
import { python } from '../testing/load-engine.ts';
import { batchNames, runBatch } from '../testing/micro-cases.ts';
import { RuleSieve } from './rule-sieve.ts';

test.each([
  ['subprocess.run(..., shell=True, ...)', ['subprocess', 'run', 'shell']],
  ['$X.execute("select(a.b)")  # f(x)', ['execute']],
  ['from flask import Flask', ['flask', 'Flask']],
  ['hashlib . md5 ($X)', ['hashlib', 'md5']],
  ['f($X: models.Model)', []],
  ["f(r'(a.b)', '''g(x)''')", ['f']],
  ["f('unclosed)", []],
  ['not (a)', ['a']],
  ['return"x"', []],
  ['lambda $X: _', []],
  ['def $F($...ARGS): ...', []],
  ['näme(x)', []],
  ['1.e5', []],
])('of %s', (pattern, names) => {
  expect(pythonSureNames(pattern)).toEqual(names);
});

test('a rule is left out only where one of its names is nowhere in a text', () => {
  expect(left('patterns: [{pattern: os.system($X)}, {pattern-not: shlex.quote($X)}]')).toBe(true);
  expect(left('pattern-either: [{pattern: os.popen(...)}, {pattern: os.system(...)}]')).toBe(true);
  expect(left('pattern-either: [{pattern: os.popen(...)}, {pattern: "$X == $X"}]')).toBe(true);
  expect(left('pattern-either: [{pattern: os.popen(...)}, {pattern: os.execv(...)}]')).toBe(false);
  expect(left('patterns: [{pattern-inside: "def f(): ..."}, {pattern: os.popen(...)}]')).toBe(false);
  expect(left('pattern-regex: popen')).toBe(true);
  expect(left('pattern: os.popen(...)', 'generic')).toBe(true);
  const taint = (source: string) =>
    `mode: taint, pattern-sources: [{pattern: ${source}}], pattern-sinks: [{pattern: os.system(...)}]`;
  expect(left(taint('input()'))).toBe(true);
  expect(left(taint('flask.request.args'))).toBe(false);
});

/** Whether a rule is left for a file that mentions `os`, `system`, `input` and `f`. */
function left(keys: string, language = 'python'): boolean {
  const { rules, problems } = loadRules(
    `rules: [{id: r, message: m, severity: ERROR, languages: [${language}], ${keys}}]`,
    'rules.yaml',
  );
  expect(problems).toEqual([]);
  const [rule] = rules;
  return rule !== undefined && new RuleSieve(['x = 1', 'def f(): os.system(input())']).sift(rule) !== null;
}

test('a source and a sink must be in one text', () => {
  const text = `rules: [{id: r, message: m, severity: ERROR, languages: [python], mode: taint,
    pattern-sources: [{pattern: input()}], pattern-sinks: [{pattern: os.system(...)}]}]`;
  const [rule] = loadRules(text, 'rules.yaml').rules;
  const sifted = (...texts: string[]) => rule && new RuleSieve(texts).sift(rule);
  expect(sifted('x = input()', 'import os; os.system(x)')).toBe(null);
  expect(sifted('x = 1', 'import os; os.system(input())')).toEqual(rule);
});

test('alternatives that cannot match are left out, of what is negated too', () => {
  const { rules } = loadRules(
    `rules: [{id: r, message: m, severity: ERROR, languages: [python], patterns: [
      {pattern-either: [{pattern: os.system($X)}, {pattern: os.popen($X)}]},
      {pattern-not: os.system("ls")}, {pattern-not: os.spawn($X)}]}]`,
    'rules.yaml',
  );
  const sifted = rules.map((rule) => new RuleSieve(['os.system(x)']).sift(rule));
  const texts = JSON.stringify(sifted.map((rule) => rule?.formula));
  expect(texts).toContain('os.system($X)');
  expect(texts).toContain('os.system(\\"ls\\")');
  expect(texts).not.toContain('popen');
  expect(texts).not.toContain('spawn');
  // What fingerprints are made of stays.
  expect(sifted[0]?.formulaString).toBe(rules[0]?.formulaString);
});

test.each(batchNames())('rules sifted for %s find what they find as they are', { timeout: 60_000 }, (name) => {
  expect(runBatch(name, { sifted: true })).toEqual(runBatch(name, { sifted: false }));
});

test('no name that parsing the pattern would not ask for as well', () => {
  const patterns = [...new Set(folders.flatMap(patternsBelow))];
  expect(patterns.length).toBeGreaterThan(1000);
  const wrong = patterns.flatMap((pattern) => {
    const parsed = parsePattern(pattern, python);
    if (typeof parsed === 'string') return [];
    const required = requiredIdentifiers(...(parsed.kind === 'sequence' ? parsed.statements : [parsed.root]));
    const more = pythonSureNames(pattern).filter((name) => !required.includes(name));
    return more.length === 0 ? [] : [{ pattern, more }];
  });
  expect(wrong).toEqual([]);
});

const folders = ['../../fixtures/micro-cases/', '../../../../guardrails/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** Of all rules in a folder, in whatever form they are kept. */
function patternsBelow(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((path) => /(?:rules\.yaml|\.json)$/.test(path))
    .flatMap((path) => patternsIn(parse(readFileSync(`${folder}${path}`, 'utf8'))));
}

function patternsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return key.startsWith('pattern') && !key.includes('regex') ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, part]) => patternsIn(part, Array.isArray(value) ? key : name));
}
