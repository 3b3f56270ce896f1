import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeStringContent, floatValue, integerValue } from './literals.ts';

test.each<[string, bigint | null]>([
  ['0', 0n],
  ['007', 7n],
  ['1_000', 1000n],
  ['0xFF', 255n],
  ['0o17', 15n],
  ['0b101', 5n],
  ['10L', 10n],
  ['999999999999999999', 999999999999999999n],
  ['9223372036854775807', 9223372036854775807n],
  ['9223372036854775808', null],
  ['0x8000000000000000', null],
  ['1e3', null],
])('integerValue(%s)', (text, value) => {
  expect(integerValue(text)).toBe(value);
});

test('an integer has one value, however it is written', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 65n }), (value) => {
      const expected = value < 2n ** 63n ? value : null;
      const grouped = String(value).replace(/\B(?=(\d{3})+$)/g, '_');
      const spellings = [`${value}`, grouped, `${value}L`, `0x${value.toString(16)}`, `0B${value.toString(2)}`];
      expect(spellings.map(integerValue)).toEqual(spellings.map(() => expected));
    }),
  );
});

test.each([
  ['1_0.5', 10.5],
  ['1e3', 1000],
  ['2.5J', Number.NaN],
])('floatValue(%s)', (text, value) => {
  expect(floatValue(text)).toBe(value);
});

test.each([
  ['plain', '', 'plain'],
  [String.raw`a\nb\tc`, '', 'a\nb\tc'],
  ['a\\\nb', '', 'ab'],
  ['a\\\r\nb', '', 'ab'],
  [String.raw`\x41é\q`, '', String.raw`\x41é\q`],
  [String.raw`\n`, 'f', String.raw`\n`],
  [String.raw`\n\d`, 'r', String.raw`\n\\d`],
  [String.raw`\n\d`, 'br', String.raw`\n\d`],
])('the content %s with the prefix "%s"', (content, prefix, value) => {
  expect(decodeStringContent(content, prefix)).toBe(value);
});
