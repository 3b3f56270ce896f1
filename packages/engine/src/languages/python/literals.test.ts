import { expect, test } from 'vitest';
import { decodeStringContent, floatValue, integerValue } from './literals.ts';

test.each([
  ['plain', '', 'plain'],
  ['a\\nb\\t\\\\\\\'\\"', '', 'a\nb\t\\\'"'],
  ['a\\\nb', '', 'ab'],
  ['a\\\r\nb', '', 'ab'],
  ['\\x41\\u0041\\101\\d', '', '\\x41\\u0041\\101\\d'],
  ['\\n', 'b', '\n'],
  ['\\n', 'u', '\n'],
  ['\\n', 'r', '\\n'],
  ['\\d', 'r', '\\\\d'],
  ['\\d', 'rb', '\\d'],
  ['\\n', 'f', '\\n'],
  ['ends with \\', '', 'ends with \\'],
])('content %j with prefix %j', (content, prefix, value) => {
  expect(decodeStringContent(content, prefix)).toBe(value);
});

test.each([
  ['0', 0n],
  ['42', 42n],
  ['0x1F', 31n],
  ['0X1f', 31n],
  ['0o17', 15n],
  ['0b101', 5n],
  ['1_000', 1000n],
  ['5L', 5n],
  ['9223372036854775807', 9223372036854775807n],
  ['9223372036854775808', null],
  ['0xFFFFFFFFFFFFFFFF', null],
  ['2j', null],
])('integer %s', (text, value) => {
  expect(integerValue(text)).toBe(value);
});

test.each([
  ['1.5', 1.5],
  ['1e3', 1000],
  ['1_0.5', 10.5],
  ['.5', 0.5],
  ['5.', 5],
  ['2.5j', Number.NaN],
])('float %s', (text, value) => {
  expect(floatValue(text)).toBe(value);
});
