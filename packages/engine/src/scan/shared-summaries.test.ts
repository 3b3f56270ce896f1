import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadModels } from '../rules/load-models.ts';
import { loadRules } from '../rules/load-rules.ts';
import type { Rule } from '../rules/rule.ts';
import { asFiles } from '../testing/flow-program.ts';
import { programs } from '../testing/generate-programs.ts';
import { languages, scannerOptions } from '../testing/load-engine.ts';
import { Scanner } from './scanner.ts';

const MODEL = `models:
  - name: common
    description: What both rules know.
    languages: [python]
    pattern-sources: [{pattern: src()}]
    sanitizers: [wash(...)]
    propagators: [{pattern: "$TO.put($FROM)", from: $FROM, to: $TO}]
`;

/** Rules that share a model, one with more sanitizers, and one with other options. */
const RULES = JSON.stringify({
  rules: [
    { id: 'a', options: { models: ['common'] }, 'pattern-sinks': [{ pattern: 'sink(...)' }] },
    {
      id: 'b',
      options: { models: ['common'] },
      'pattern-sanitizers': [{ pattern: 'scrub(...)' }, { pattern: 'ok($X)', 'clean-if-true': '$X' }],
      'pattern-sinks': [{ pattern: 'drain(...)' }],
    },
    {
      id: 'c',
      options: { taint_assume_safe_functions: true },
      'pattern-sources': [{ pattern: 'src()' }],
      'pattern-sinks': [{ pattern: 'sink(...)' }],
    },
  ].map((rule) => ({ ...rule, mode: 'taint', message: 'm', severity: 'LOW', languages: ['python'] })),
});

const { models } = loadModels([{ path: 'common.yaml', text: MODEL }]);
const { rules } = loadRules(RULES, 'rules.yaml', { models });

const FUNCTIONS = ['f0', 'f1', 'f2', 'f3', 'f4'];
const value = fc.constantFrom('x', 'y', 'src()', '"text"', 'x + y');
const statement = fc.oneof(
  fc
    .tuple(fc.constantFrom('x', 'y'), fc.constantFrom(...FUNCTIONS, 'wash', 'scrub'), value, value)
    .map(([to, name, first, second]) => `${to} = ${name}(${first}${name.startsWith('f') ? `, ${second}` : ''})`),
  fc.tuple(fc.constantFrom('sink', 'drain'), value).map(([name, given]) => `${name}(${given})`),
  value.map((given) => `x.put(${given})`),
  value.map((given) => `if not ok(x): return ${given}`),
);
const program = fc
  .tuple(...FUNCTIONS.map(() => fc.tuple(fc.array(statement, { minLength: 1, maxLength: 4 }), value)))
  .map((bodies) =>
    bodies
      .map(
        ([lines, result], i) => `def f${i}(x, y):\n${[...lines, `return ${result}`].map((l) => `  ${l}\n`).join('')}`,
      )
      .join(''),
  );

function scannerOf(chosen: readonly Rule[]): Scanner {
  return new Scanner(chosen, languages, { ...scannerOptions, depth: 'file' });
}

const together = [scannerOf(rules), scannerOf([...rules].reverse())];
const alone = rules.map((rule) => ({ id: rule.id, scanner: scannerOf([rule]) }));

/** Places of what the rule finds. */
function found(scanner: Scanner, text: string, id: string): string[] {
  const { findings, issues } = scanner.scan({ path: 'a.py', text, languages: ['python'] });
  expect(issues.filter(({ code }) => code !== 'incomplete-flow')).toEqual([]);
  return findings.filter(({ ruleId }) => ruleId === id).map(({ start, end }) => `${start.offset}-${end.offset}`);
}

test('what a rule finds does not depend on the rules beside it', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(program, (text) => {
      for (const { id, scanner } of alone) {
        const expected = found(scanner, text, id);
        for (const all of together) expect(found(all, text, id)).toEqual(expected);
      }
    }),
    { numRuns: 25 },
  );
});

/** What is reported for a rule at project depth, of bounds too. */
function reported(chosen: readonly Rule[], texts: Record<string, string>, id: string): string[] {
  const scanner = new Scanner(chosen, languages, { ...scannerOptions, depth: 'project' });
  return scanner
    .scanProject(asFiles(texts))
    .reports.flatMap(({ findings, issues }) => [...findings, ...issues])
    .filter(({ ruleId }) => ruleId === id)
    .map((one) => JSON.stringify(one))
    .sort();
}

test('nor across files, nor do the bounds that are reached', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(programs, (texts) => {
      for (const rule of rules) {
        const expected = reported([rule], texts, rule.id);
        expect(reported(rules, texts, rule.id)).toEqual(expected);
        expect(reported([...rules].reverse(), texts, rule.id)).toEqual(expected);
      }
    }),
    { numRuns: 25 },
  );
});

test('a function that is given too many sorts of values is named for every rule', () => {
  const callers = [0, 1, 2, 3, 4, 5].map(
    (i) => `def g${i}(v):\n  return v\ndef run${i}(x):\n  return apply(g${i}, x)\nx = run${i}(src())\n`,
  );
  const texts = { 'a.py': `def apply(g, x):\n  return g(x)\n${callers.join('')}sink(x)\ndrain(x)\n` };
  for (const { id } of rules) {
    const all = reported(rules, texts, id);
    expect(all.filter((one) => one.includes('coarse-flow'))).toHaveLength(1);
    expect(reported([...rules].reverse(), texts, id)).toEqual(all);
  }
});

test('functions that call each other are worked out together, whichever is asked for first', () => {
  const text = `
def even(x, n):
  if n == 0:
    return x
  return odd(x, n)
def odd(x, n):
  return even(wash(x), n)
def ping(x, y):
  z = pong(y, x)
  return z
def pong(x, y):
  if x:
    return ping(y, x)
  return y
def f():
  sink(even(src(), 3))
  sink(ping(1, src()))
  sink(pong(1, src()))
  sink(odd(src(), 1))
`;
  const lines = found(scannerOf(rules), text, 'a').map(
    (range) => text.slice(0, Number(range.split('-')[0])).split('\n').length,
  );
  expect(lines).toEqual([16, 18]);
});
