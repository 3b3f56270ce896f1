import { expect, test } from 'vitest';
import { pythonPathRepr, pythonRepr } from './python-repr.ts';

// Answers of Python 3.11.
test.each([
  ['a', "'a'"],
  ["it's", '"it\'s"'],
  ['say "hi"', '\'say "hi"\''],
  ['both \' and "', "'both \\' and \"'"],
  ['tab\there', "'tab\\there'"],
  ['nl\ncr\r', "'nl\\ncr\\r'"],
  ['\\', "'\\\\'"],
  ['\0\x1b\x7f\x80\xa0\xad', "'\\x00\\x1b\\x7f\\x80\\xa0\\xad'"],
  ['é☃😀', "'é☃😀'"],
  ['\u200b\u202e\u2028\u3000\ufeff', "'\\u200b\\u202e\\u2028\\u3000\\ufeff'"],
  ['\u{e0001}\u{10ffff}', "'\\U000e0001\\U0010ffff'"],
  ['\ud800', "'\\ud800'"],
  ['\u0378', "'\\u0378'"],
])('repr of %j', (text, expected) => {
  expect(pythonRepr(text)).toBe(expected);
});

test.each([
  ['a.py', "PosixPath('a.py')"],
  ['./a.py', "PosixPath('a.py')"],
  ['a//b/', "PosixPath('a/b')"],
  ['/x/y', "PosixPath('/x/y')"],
  ['//x', "PosixPath('//x')"],
  ['///x', "PosixPath('/x')"],
  ['../a', "PosixPath('../a')"],
  ['a/../b', "PosixPath('a/../b')"],
  ['./', "PosixPath('.')"],
  ['', "PosixPath('.')"],
  ["it's/é.py", 'PosixPath("it\'s/é.py")'],
])('path %j', (path, expected) => {
  expect(pythonPathRepr(path)).toBe(expected);
});
