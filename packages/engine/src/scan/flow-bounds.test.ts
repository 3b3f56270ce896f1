import { expect, test } from 'vitest';
import { loadRules } from '../rules/load-rules.ts';
import { languages, scannerOptions } from '../testing/load-engine.ts';
import { Scanner } from './scanner.ts';

const RULE = `rules: [{id: flow, mode: taint, languages: [python], severity: ERROR, message: m,
  pattern-sources: [{pattern: src(...)}], pattern-sinks: [{pattern: sink(...)}]}]`;

const scanner = new Scanner(loadRules(RULE, 'rules.yaml').rules, languages, { ...scannerOptions, depth: 'file' });

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const VARIABLES = numbers(90).map((i) => `v${i}`);
const PARAMETERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Programs in which a bound is reached, with the code and message of the issue that says so. */
const CASES: Record<string, [program: string, code: string, message: string]> = {
  'sources of one value': [
    `def view():\n  sink(${numbers(60)
      .map((i) => `src(${i})`)
      .join(' + ')})\n`,
    'coarse-flow',
    'data of too many sources to tell them apart comes together in `view`',
  ],
  'sources of one value that is returned': [
    `def view():\n  return ${numbers(60)
      .map((i) => `src(${i})`)
      .join(' + ')}\nsink(view())\n`,
    'coarse-flow',
    'data of too many sources to tell them apart comes together in `view`',
  ],
  'functions that one is given': [
    `def apply(g, x):\n  return g(x)\n${numbers(8)
      .map((i) => `def f${i}(x):\n  return x\nsink(apply(f${i}, src()))\n`)
      .join('')}`,
    'coarse-flow',
    'too many sorts of objects and functions to tell them apart are given to `apply`',
  ],
  'calls in calls': [
    `${numbers(80)
      .map((i) => `def f${i}(x):\n  f${i + 1}(x)\n`)
      .join('')}def f80(x):\n  sink(x)\nf0(src())\n`,
    'incomplete-flow',
    'the calls that lead to it are nested too deeply',
  ],
  'functions that call themselves': [
    `def turn(${PARAMETERS.join(', ')}):\n  if ${PARAMETERS[0]}:\n    return ${PARAMETERS[0]}\n  return turn(${[...PARAMETERS.slice(1), PARAMETERS[0]].join(', ')})\nsink(turn(${PARAMETERS.map(() => 'src()').join(', ')}))\n`,
    'incomplete-flow',
    'not all flows through `turn` were followed: it takes part in too many calls that lead back to it',
  ],
  'rounds of a loop': [
    `def spin(n):\n  ${VARIABLES.join(' = ')} = ''\n  v90 = src()\n  while n:\n${VARIABLES.map((name, i) => `    ${name} = v${i + 1}\n`).join('')}  sink(v0)\n`,
    'incomplete-flow',
    'not all flows through `spin` were followed: it is too large',
  ],
};

test.each(Object.entries(CASES))('%s', (_name, [text, code, message]) => {
  const { issues } = scanner.scan({ path: 'a.py', text, languages: ['python'] });
  expect(issues.map((issue) => `${issue.code}: ${issue.message}`).join('\n')).toContain(message);
  expect(new Set(issues.map((issue) => issue.code))).toEqual(new Set([code]));
});

test('nothing is said where no bound is reached', () => {
  const text = 'def apply(g, x):\n  return g(x)\ndef f(x):\n  return x\nsink(apply(f, src()))\n';
  expect(scanner.scan({ path: 'a.py', text, languages: ['python'] }).issues).toEqual([]);
});

test('nothing is said of a value with more parts than are told apart: it is told apart less deep', () => {
  const keys = [...'abcdefgh'];
  const entries = (value: string): string => `{${keys.map((key) => `'${key}': ${value}`).join(', ')}}`;
  const text = `data = src()\nvalue = {'q': '', 'p': ${entries(entries(entries('data')))}}\nsink(value['p']['a']['b']['c'])\nsink(value['q'])\n`;
  const { findings, issues } = scanner.scan({ path: 'a.py', text, languages: ['python'] });
  expect(findings.map(({ start }) => start.line)).toEqual([3]);
  expect(issues).toEqual([]);
});
