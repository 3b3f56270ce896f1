import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineIndex } from './line-index.ts';

test('lines and columns agree with counting', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '🦀', '\n') }), fc.nat(20), (text, at) => {
      const characters = [...text];
      const before = characters.slice(0, at).join('');
      const lines = before.split('\n');
      const place = new LineIndex(text).locate(before.length);
      expect(place).toEqual({ line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 });
    }),
  );
});

test('lines come without their ends, and none beyond the last', () => {
  const index = new LineIndex('a\r\nb\n\nc');
  expect([0, 1, 2, 3, 4, 5].map((number) => index.line(number))).toEqual(['', 'a', 'b', '', 'c', '']);
});
