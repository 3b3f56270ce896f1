import { expect, test } from 'vitest';
import { parsePython } from '../../testing/load-engine.ts';
import { taintLines } from '../../testing/taint-lines.ts';
import { DependencyLog } from '../dependencies.ts';
import { CallTargets } from './call-targets.ts';
import { Environment, type Place } from './environment.ts';
import { Labels } from './labels.ts';
import { MarkedFunctions } from './marked-functions.ts';
import { ReusableSummaries } from './reusable-summaries.ts';
import { NOTHING_GIVEN, Summaries } from './summaries.ts';
import { type Summary, substitute } from './summary.ts';
import { taintOptions } from './taint-options.ts';
import { type Cell, countParts, inputTaint, partAt, tainted } from './value.ts';

/** Some above the bound, and orders below what there would be without one. */
const MOST = 200;

const WIDTH = 8;
const NAMES = Array.from({ length: WIDTH }, (_, i) => `["${i}"]`);
const PLACE: Place = { key: 'result', path: [] };
const CALL = { path: '', start: 0, end: 1 };

function input(key: string): Cell {
  const taint = inputTaint({ key, path: [], beyond: null });
  return tainted(new Map([[taint.key, taint]]));
}

/** A dictionary of dictionaries; at the ends, an input each. */
function nested(depth: number, key: string): Cell {
  if (depth === 0) return input(key);
  return tainted(input(key).taints, new Map(NAMES.map((name) => [name, nested(depth - 1, key + name)])));
}

/** What calls of a function do that is all there is in a file besides those that it calls. */
function summaryOf(code: string, name: string): Summary {
  const bodies = parsePython(code).flow.functions('complete');
  const marked = new MarkedFunctions(() => ({ sources: [], sinks: [], sanitizers: [], propagators: [] }));
  const host = { options: taintOptions({}), labels: new Labels(), asksForParts: false, style: 'complete' as const };
  const ignored = (): void => {};
  const log = new DependencyLog();
  const sources = {
    targets: new CallTargets(
      () => null,
      () => [],
      log,
    ),
    log,
    reusable: new ReusableSummaries(),
    kept: null,
  };
  const summaries = new Summaries(marked, host, sources, ignored, ignored);
  const body = bodies.find((one) => one.name === name);
  if (body === undefined) throw new Error(`no function ${name}`);
  return summaries.summary(body, NOTHING_GIVEN);
}

test('a function that puts results into one another, as an executor of tasks does', () => {
  const { result, outputs } = summaryOf(
    [
      'def wrap(value, task):',
      '    if task.deep:',
      "        return {'p': value, 'q': task, 'r': {'s': value}, 't': task.x}",
      "    return {'p': task.y, 'v': value, 'w': value, 'z': {'q': value}}",
      'def execute(task, variables):',
      '    result = task.run(variables)',
      '    while task.again:',
      "        result['log'] = wrap(result, task)",
      '        result = wrap(result, variables)',
      "        variables['facts'] = result",
      "        variables['all'] = wrap(variables, result)",
      "        result['v'] = variables",
      '        task.args = wrap(task.args, result)',
      '        task.result = result',
      '    return result',
      'def run(task, variables):',
      '    variables.last = execute(task, variables)',
      '    return execute(variables, task)',
    ].join('\n'),
    'run',
  );
  expect(outputs.size).toBe(2);
  const counts = [result, ...outputs.values()].map((value) => countParts(value));
  // Without the bound 2,083 in the end, and so many more on the way that it took 37 s.
  expect(Math.max(...counts)).toBeLessThanOrEqual(MOST);
});

test('a value that takes up copies of itself does not grow to their product', () => {
  const env = new Environment();
  env.set(PLACE, nested(2, 'x'));
  const before = env.get(PLACE);
  for (let turn = 0; turn < 3; turn++) {
    for (const name of NAMES) env.set({ ...PLACE, path: [name] }, env.get(PLACE));
  }
  // 37,448 if only depth and width were bounded.
  expect(countParts(env.get(PLACE))).toBeLessThanOrEqual(MOST);
  expect(countParts(before)).toBe(WIDTH + WIDTH * WIDTH);
});

test('a call does not put all of what it is given into all parts of what it returns', () => {
  const returned = nested(2, 'x');
  const given = nested(2, 'y');
  const value = substitute(returned, () => given, CALL);
  // Without a bound, all 73 values have the 72 parts of what is given: 4,680 in all.
  expect(countParts(value)).toBeLessThanOrEqual(MOST);
});

test('less deep, parts are still told apart', () => {
  const env = new Environment();
  env.set(
    PLACE,
    tainted(
      new Map(),
      new Map([
        ['["a"]', nested(3, 'x')],
        ['["b"]', input('z')],
      ]),
    ),
  );
  const cell = env.get(PLACE);
  expect([...partAt(cell, ['["b"]']).taints.keys()]).toEqual(['in:z']);
  expect([...partAt(cell, ['["a"]', '["1"]']).taints.keys()]).toContain('in:x["1"]');
});

test('no flow is lost where a value has too many parts', () => {
  const keys = [...'abcdefgh'];
  const entries = (value: string): string => `{${keys.map((key) => `'${key}': ${value}`).join(', ')}}`;
  const program = [
    'def f():',
    "  deep = {'x': src(), 'z': src()}",
    `  wide = ${entries(entries('deep'))}`,
    "  sink(wide['a']['b']['x'])  # reported",
    "  one = {'p': wide, 'q': ''}",
    "  sink(one['p']['a']['b']['x'])  # reported",
    "  sink(one['q'])",
  ].join('\n');
  const { found, expected } = taintLines(program);
  expect(found).toEqual(expected);
});
