import { expect, test } from 'vitest';
import { TreeBuilder } from '../tree/builder.ts';
import type { Binding, Bindings } from './bindings.ts';
import { type InterpolationHost, interpolate } from './interpolate.ts';
import type { ConstantValue, MatchTarget } from './target.ts';

const build = new TreeBuilder();

/** Bindings to pieces of a text, which is all of them one after another, with a blank between. */
function bound(
  pieces: Record<string, string>,
  ...more: [string, Binding][]
): { bindings: Bindings; target: MatchTarget } {
  const bindings = new Map<string, Binding>();
  let text = '';
  for (const [name, piece] of Object.entries(pieces)) {
    const [start, end] = [text.length, text.length + piece.length];
    const kind = /^\w+$/.test(piece) ? build.name(start, end, piece) : build.yield(start, end, false, null);
    bindings.set(name, { kind: 'node', node: kind, start, end });
    text += `${piece} `;
  }
  for (const [name, binding] of more) bindings.set(name, binding);
  return { bindings, target: { language: 'fake', text, start: 0, end: text.length, roots: [] } };
}

const CONSTANTS: Record<string, ConstantValue> = {
  n: { kind: 'int', value: 5n },
  s: { kind: 'string', value: 'a"b' },
  u: { kind: 'unknown', type: 'int' },
};
const HOST: InterpolationHost = {
  constantOf: (binding) =>
    binding.kind === 'node' && 'name' in binding.node ? (CONSTANTS[String(binding.node.name)] ?? null) : null,
  assignedSource: (binding) =>
    binding.kind === 'node' && 'name' in binding.node && binding.node.name === 'q' ? 'h(1)' : null,
};

test.each<[template: string, pieces: Record<string, string>, expected: string]>([
  ['no metavariable', { $X: 'a' }, 'no metavariable'],
  ['$X, $X', { $X: 'a . b' }, 'a . b, a . b'],
  // No token boundaries, longest names first.
  ['$X $XY $X_1 $_ $XYZ $$X \\$X ($X)', { $X: '1', $XY: '2', $X_1: '3' }, '1 2 3 $_ 2Z $1 \\1 (1)'],
  ['[$...A] [$A]', { '$...A': '1, 2', $A: '3' }, '[1, 2] [3]'],
  ['[$...ARGS] [$ARGS]', { '$...ARGS': '1,   2' }, '[1,   2] [$ARGS]'],
  ['$1 $2 $10 $11 $1a', { $1: 'a', $2: 'b', $10: 'j' }, 'a b j a1 aa'],
  // What was inserted is scanned again, for the names that are still to come: first those bound last.
  ['$Y|$X', { $Y: '"$X"', $X: '2' }, '"$X"|2'],
  ['$Y|$X', { $Y: '1', $X: '"$Y"' }, '1|"1"'],
  ['$A|$B|$C', { $A: '"$B$C"', $B: '"$A$C"', $C: '"$A$B"' }, '"$B$C"|""$B$C"$C"|""$B$C"""$B$C"$C""'],
  // value(…)
  ['value($X) value($Y)', { $X: 'n' }, '5 value($Y)'],
  ['$X value($X)', { $X: 's' }, 's "a\\"b"'],
  ['value($X)', { $X: 'u' }, 'u'],
  ['value($X)', { $X: 'q' }, 'h(1)'],
  ['value($X)', { $X: 'n + 1' }, 'n + 1'],
  ['value($...A)', { '$...A': 'x, 2' }, 'x, 2'],
])('%j', (template, pieces, expected) => {
  const { bindings, target } = bound(pieces);
  expect(interpolate(template, bindings, target, HOST)).toBe(expected);
});

test('a brace after the sign is no metavariable', () => {
  const { bindings, target } = bound({ $X: 'n' });
  const braced = '${'.concat('X}');
  expect(interpolate(`${braced} $X`, bindings, target, HOST)).toBe(`${braced} n`);
});

test('in a fix, value is a function like any other', () => {
  const { bindings, target } = bound({ $X: 'n' });
  expect(interpolate('h(value($X), $Y)', bindings, target, null)).toBe('h(value(n), $Y)');
});

test('texts: string content as written, captures as matched, nothing for an empty sequence', () => {
  const text = { kind: 'text', node: null } as const;
  const { bindings, target } = bound(
    { $Z: 'x\\ny' },
    ['$S', { ...text, text: 'x\ny', literal: true, start: 0, end: 4 }],
    ['$C', { ...text, text: 'c\nd', literal: false, start: 0, end: 4 }],
    ['$N', { ...text, text: 'nowhere', literal: true, start: -1, end: -1 }],
    ['$...A', { kind: 'nodes', nodes: [], start: -1, end: -1 }],
  );
  expect(interpolate('$S|$C|$N|$...A', bindings, target, HOST)).toBe('x\\ny|c\nd|nowhere|$...A');
});

test('texts that insert each other stay within bounds', () => {
  const { bindings, target } = bound({ $A: '$B'.repeat(2000), $B: '$C'.repeat(2000), $C: 'x'.repeat(2000) });
  expect(interpolate('$A', bindings, target, HOST).length).toBeLessThanOrEqual(1_000_000);
});
