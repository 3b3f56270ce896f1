import { describe, expect, test } from 'vitest';
import { TreeBuilder } from '../tree/builder.ts';
import type { Node } from '../tree/nodes.ts';
import { boundValue } from './bound-value.ts';
import type { ConstantValue } from './target.ts';

const build = new TreeBuilder();
/** Nothing here looks at ranges, except for code of unknown value, which is its whole source. */
const SOURCE = '<source>';
const at = [0, SOURCE.length] as const;

const name = (text: string): Node => build.name(...at, text);
const int = (value: bigint | null): Node => build.int(...at, value, String(value));
const float = (value: number): Node => build.float(...at, value, String(value));
const str = (value: string, prefix = ''): Node => build.str(...at, value, prefix, 1, 2, false);
const piece = (value: string): Node => build.str(...at, value, 'f', 1, 2, true);
const op = (operator: string, ...operands: Node[]): Node =>
  build.operation(...at, build.operator(...at, operator), operands);
const list = (...elements: Node[]): Node => build.container(...at, 'list', elements);
const call = (callee: string, ...args: Node[]): Node => build.call(...at, name(callee), args);
const hole = (expression: Node, format = ''): Node => build.hole(...at, expression, format, []);

const CONSTANTS: Record<string, ConstantValue> = {
  five: { kind: 'int', value: 5n },
  huge: { kind: 'int', value: 2n ** 64n },
  half: { kind: 'float', value: 0.5 },
  text: { kind: 'string', value: 'abc' },
  yes: { kind: 'bool', value: true },
  some: { kind: 'unknown', type: 'int' },
};

function value(node: Node): unknown {
  const constantOf = (binding: { kind: string; node?: unknown }) => {
    const of = binding.node as { name?: string };
    return (of.name && CONSTANTS[of.name]) || null;
  };
  const bound = boundValue(
    { kind: 'node', node, start: at[0], end: at[1] },
    { constantOf, text: SOURCE, language: 'fake' },
  );
  if (bound?.kind === 'code') return bound.text;
  return bound?.kind === 'list' ? bound.items.map((item) => 'value' in item && item.value) : bound?.value;
}

let deep = int(1n);
for (let i = 0; i < 100_000; i++) deep = op('+', deep, int(1n));

/** As Semgrep has it. */
describe('the value of code', () => {
  test.each<[what: string, node: Node, value: unknown]>([
    ['a literal', int(5n), 5n],
    ['an expression statement', build.expressionStatement(...at, int(5n)), 5n],
    ['a number beyond 64 bits', int(2n ** 63n), SOURCE],
    ['a number without value', int(null), SOURCE],
    ['an imaginary number', float(Number.NaN), SOURCE],
    ['true', build.constant(...at, 'true'), true],
    ['null', build.constant(...at, 'null'), SOURCE],
    ['a string', str('a'), 'a'],
    ['a prefixed string', str('a', 'b'), SOURCE],
    ['adjacent strings', build.concat(...at, [str('a'), str('b')]), 'ab'],
    ['adjacent strings, one of them prefixed', build.concat(...at, [str('a'), str('b', 'b')]), SOURCE],
    ['an f-string', build.interpolated(...at, 'f', [piece('a'), hole(name('five')), hole(str('c'))]), 'a5c'],
    ['an f-string of what is not known', build.interpolated(...at, 'f', [piece('a'), hole(name('x'))]), SOURCE],
    ['an f-string with a format', build.interpolated(...at, 'f', [hole(name('five'), ':3')]), SOURCE],
    ['names', list(name('five'), name('half'), name('text'), name('yes')), [5n, 0.5, 'abc', true]],
    ['a name of unknown value', name('some'), 'some'],
    ['a name with a huge value', name('huge'), 'huge'],
    ['a list with code in it', list(int(1n), name('x')), SOURCE],
    ['a tuple', build.container(...at, 'tuple', [int(1n)]), SOURCE],
    ['a sum', op('+', int(2n), name('five')), 7n],
    ['a chain', op('+', int(1n), int(2n), int(3n)), 6n],
    ['a division', op('/', int(5n), int(2n)), 2n],
    ['a floor division', op('//', int(5n), int(2n)), SOURCE],
    ['a mixed product', op('*', float(1.5), int(2n)), 3],
    ['an overflow', op('<<', int(1n), int(63n)), -(2n ** 63n)],
    ['a sign', op('-', int(5n)), -5n],
    ['a negation', op('!', name('yes')), false],
    ['a conjunction', op('&&', name('yes'), op('<', int(1n), int(2n))), true],
    ['a membership', op('in', int(1n), list(int(1n))), true],
    ['joined strings', op('+', str('a'), str('b')), SOURCE],
    ['an operator of another language', op('constructor', int(1n), int(2n)), SOURCE],
    ['a conversion', call('int', str('0x10')), 16n],
    ['a conversion to text', call('str', int(5n)), '5'],
    ['another call', call('f', int(5n)), SOURCE],
    ['a sum of a hundred thousand terms', deep, SOURCE],
  ])('%s', (_what, node, expected) => {
    expect(value(node)).toEqual(expected);
  });
});

test('what has no text has no value', () => {
  const source = { constantOf: () => null, text: SOURCE, language: 'fake' };
  expect(boundValue({ kind: 'nodes', nodes: [], start: -1, end: -1 }, source)).toBeNull();
  expect(boundValue({ kind: 'nodes', nodes: [int(1n)], start: 0, end: 2 }, source)).toEqual({
    kind: 'code',
    text: '<s',
  });
});
