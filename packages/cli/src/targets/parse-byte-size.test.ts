import { expect, test } from 'vitest';
import { parseByteSize } from './parse-byte-size.ts';

test.each([
  ['0', 0],
  ['1000000', 1_000_000],
  ['-1', -1],
  ['1.5MB', 1_500_000],
  ['1.5 mb', 1_500_000],
  ['64KiB', 65_536],
  ['2k', 2000],
  ['1GiB', 1_073_741_824],
  ['10B', 10],
  ['1XB', null],
  ['', null],
  ['MB', null],
  ['1e6', null],
  ['1..5', null],
])('%j is %s', (text, bytes) => {
  expect(parseByteSize(text)).toBe(bytes);
});
