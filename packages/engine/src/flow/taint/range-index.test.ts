import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_BINDINGS } from '../../match/bindings.ts';
import { RangeIndex } from './range-index.ts';

const range = fc.tuple(fc.nat(9000), fc.integer({ min: 1, max: 4000 })).map(([start, length]) => {
  return {
    match: { kind: 'range' as never, node: null, fix: null, start, end: start + length, bindings: NO_BINDINGS },
  };
});

test('finds what a look at all of them finds, in the same order', () => {
  fc.assert(
    fc.property(fc.array(range), fc.nat(9000), fc.nat(3000), (matches, start, length) => {
      const end = start + length;
      const expected = matches.filter(({ match }) => match.start < end && match.end > start);
      expect(new RangeIndex(matches).overlapping(start, end)).toEqual(expected);
    }),
  );
});
