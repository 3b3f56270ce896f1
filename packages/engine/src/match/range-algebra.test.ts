import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Binding, RangeKind, RangeMatch } from './bindings.ts';
import { distinctMatches, reportedMatches } from './distinct-matches.ts';
import { intersectMatches, joinBindings, matchesWithin, subtractMatches, type Unify } from './range-algebra.ts';

const unify: Unify = (a, b) => a.kind === 'text' && b.kind === 'text' && a.text === b.text;

const text = (value: string): Binding => ({ kind: 'text', text: value, node: null, literal: false, start: 0, end: 1 });

const bindings = fc
  .record(
    { $A: fc.constantFrom('p', 'q'), $B: fc.constantFrom('p', 'q'), $1: fc.constantFrom('p', 'q') },
    { requiredKeys: [] },
  )
  .map((record) => new Map(Object.entries(record).map(([name, value]) => [name, text(value!)])));

const match: fc.Arbitrary<RangeMatch> = fc
  .record({
    start: fc.nat(12),
    length: fc.nat(6),
    bindings,
    kind: fc.constantFrom<RangeKind>('plain', 'plain', 'regex', 'inside', 'inside', 'anywhere'),
  })
  .map(({ start, length, ...rest }) => ({ start, end: start + length, ...rest, node: null, fix: null }));

const matches = fc.array(match, { maxLength: 15 });

/** The definitions of semantics 04 §1 to §3, comparing all pairs. */
function within(x: RangeMatch, y: RangeMatch): boolean {
  return y.kind === 'anywhere' || (x.start >= y.start && x.end <= y.end);
}

function included(x: RangeMatch, y: RangeMatch): RangeMatch[] {
  const joined = joinBindings(x.bindings, y.bindings, unify);
  return within(x, y) && joined ? [{ ...x, bindings: joined }] : [];
}

function naiveIntersection(xs: RangeMatch[], ys: RangeMatch[]): RangeMatch[] {
  const survives = (x: RangeMatch, y: RangeMatch): boolean => x.kind !== 'inside' || y.kind === 'inside';
  return xs.flatMap((x) =>
    ys.flatMap((y) => [...(survives(x, y) ? included(x, y) : []), ...(survives(y, x) ? included(y, x) : [])]),
  );
}

function naiveSubtraction(positives: RangeMatch[], negatives: RangeMatch[]): RangeMatch[] {
  return positives.filter((p) => {
    return !negatives.some((n) => {
      if (n.kind === 'anywhere') return true;
      const [inN, inP] = [
        included(p, n).length > 0,
        included({ ...n, kind: 'plain' }, { ...p, kind: 'plain' }).length > 0,
      ];
      if (n.kind === 'inside') return inN;
      return n.kind === 'regex' ? inN || inP : inN && inP;
    });
  });
}

/** Range, kind and bindings; the latter without what `$1` says, which depends on who survives. */
function shown(list: readonly RangeMatch[]): string[] {
  const lines = list.map(({ start, end, kind, bindings: of }) => {
    const named = [...of]
      .filter(([name]) => name !== '$1')
      .map(([name, b]) => `${name}=${b.kind === 'text' && b.text}`);
    return `${start}-${end} ${kind} ${named.sort().join()}`;
  });
  return [...new Set(lines)].sort();
}

test('intersection and subtraction agree with comparing all pairs', () => {
  fc.assert(
    fc.property(matches, matches, (xs, ys) => {
      expect(shown(intersectMatches(xs, ys, unify))).toEqual(shown(naiveIntersection(xs, ys)));
      expect(subtractMatches(xs, ys, unify)).toEqual(naiveSubtraction(xs, ys));
    }),
    { numRuns: 2000 },
  );
});

test('intersection does not depend on the order of its operands', () => {
  fc.assert(
    fc.property(matches, matches, (xs, ys) => {
      expect(shown(intersectMatches(xs, ys, unify))).toEqual(shown(intersectMatches(ys, xs, unify)));
    }),
  );
});

test('nested ranges of one kind can be intersected in any order', () => {
  // Aligned blocks of 1, 2, 4 or 8 either contain each other or have nothing in common, like the nodes of a tree.
  const block = fc.record({ size: fc.nat(3), at: fc.nat(8), bindings }).map(({ size, at, ...rest }): RangeMatch => {
    const start = at * 2 ** size;
    return { start, end: start + 2 ** size, ...rest, kind: 'plain', node: null, fix: null };
  });
  const blocks = fc.array(block, { maxLength: 8 });
  const intersection = (lists: RangeMatch[][]) => lists.reduce((left, right) => intersectMatches(left, right, unify));
  fc.assert(
    fc.property(blocks, blocks, blocks, (a, b, c) => {
      const expected = shown(intersection([a, b, c]));
      for (const order of [
        [a, c, b],
        [b, a, c],
        [b, c, a],
        [c, a, b],
        [c, b, a],
      ]) {
        expect(shown(intersection(order))).toEqual(expected);
      }
    }),
    { numRuns: 1000 },
  );
});

test('matches within others', () => {
  fc.assert(
    fc.property(matches, matches, (xs, ys) => {
      const expected = xs.filter((x) => ys.some((y) => x.start >= y.start && x.end <= y.end));
      expect(new Set(matchesWithin(xs, ys))).toEqual(new Set(expected));
    }),
  );
});

test('distinct matches: each once, in order', () => {
  fc.assert(
    fc.property(matches, (list) => {
      const doubled = [...list, ...list.map((one) => ({ ...one }))];
      const distinct = distinctMatches(doubled);
      expect(distinctMatches(distinct)).toEqual(distinct);
      expect(distinct).toEqual(doubled.filter((one) => distinct.includes(one)));
      expect(shown(distinct)).toEqual(shown(list));
    }),
  );
});

test('reported matches do not depend on the order they were found in', () => {
  fc.assert(
    fc.property(matches, (list) => {
      const backwards = reportedMatches([...list].reverse());
      const where = ({ start, end, bindings: of }: RangeMatch) => [start, end, [...of].sort()];
      expect(backwards.map(where)).toEqual(reportedMatches(list).map(where));
    }),
  );
});

test('a hundred thousand matches under a thousand enclosing ones take no time', () => {
  const none = new Map();
  const range = (start: number, end: number, kind: RangeKind): RangeMatch => {
    return { start, end, bindings: none, kind, node: null, fix: null };
  };
  const expressions = Array.from({ length: 100_000 }, (_, i) => range(i * 10, i * 10 + 5, 'plain'));
  const functions = Array.from({ length: 1000 }, (_, i) => range(i * 1000, i * 1000 + 990, 'inside'));
  const begin = performance.now();
  expect(intersectMatches(expressions, functions, unify)).toHaveLength(99_000);
  expect(subtractMatches(expressions, functions, unify)).toHaveLength(1000);
  // 40 ms measured; comparing all pairs takes 2 s and more.
  expect(performance.now() - begin).toBeLessThan(1000);
});
