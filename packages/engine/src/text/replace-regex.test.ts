import { expect, test } from 'vitest';
import { compileRegex } from './pcre.ts';
import { replaceRegex } from './replace-regex.ts';

function replace(source: string, text: string, replacement: string, count: number | null = null): string {
  const regex = compileRegex(source, { multiline: false });
  if (regex.kind === 'problem') throw new Error(regex.message);
  return replaceRegex(regex, text, replacement, count);
}

test.each([
  ['(.*)\\)', 'get(u)', '\\1, timeout=30)', null, 'get(u, timeout=30)'],
  ['a', 'aaa', 'b', null, 'bbb'],
  ['a', 'aaa', 'ba', 2, 'bbaaa'],
  ['a', 'aaa', 'b', 0, 'aaa'],
  ['x?', 'ab', '-', null, '-a-b-'],
  ['x?', 'ab', '-', 2, '--ab'],
  ['q', 'ab', '-', null, 'ab'],
  ['^a', 'ba\na', '-', null, 'ba\na'],
])('%s on %j by %j, count %s', (source, text, replacement, count, expected) => {
  expect(replace(source, text, replacement, count)).toBe(expected);
});

test.each([
  ['\\1$1', 'bb'],
  ['\\0$0', 'abcabc'],
  ['[$3\\3]', '[]'],
  ['[$10]', '[]'],
  ['$$1', '$1'],
  ['\\\\1', '\\b'],
  ['\\$1', '\\b'],
  ['$&\\n\\g<1>${', '$&\\n\\g<1>${'],
])('the replacement %j gives %j', (replacement, expected) => {
  expect(replace('a(b)(c)(d)?', 'abc', replacement)).toBe(expected);
});
