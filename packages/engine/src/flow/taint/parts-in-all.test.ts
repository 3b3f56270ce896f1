import { expect, test } from 'vitest';
import { taintLines } from '../../testing/taint-lines.ts';
import { Environment, type Place } from './environment.ts';
import { substitute } from './summary.ts';
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

test('values that hold earlier values do not grow to the product of what they hold', () => {
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
  // Without a bound, all 73 values have the 72 parts of what is given: 4,680 that are distinct places.
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
