import { expect, test } from 'vitest';
import { abstractContent } from './abstract-content.ts';

test.each([
  ['f( a , b )', 'f(a,b)'],
  ['a . b', 'a.b'],
  ['not  x', 'not x'],
  ['return\n  x', 'return x'],
  ['x = "a  b"', 'x="a  b"'],
  ['"a" "b"', '"a""b"'],
  ['1 + 2', '1+2'],
  ["f('it\\'s  b', c)", "f('it\\'s  b',c)"],
  ['"""a\n  b""" + c', '"""a\n  b"""+c'],
  ['x \\\n  y', 'x y'],
  ['f(a, # first\n  b)', 'f(a,b)'],
  ['f("# no comment", b)', 'f("# no comment",b)'],
  ["don't  stop", "don't stop"],
  ['é  é', 'éé'],
  ['', ''],
  ['  ', ''],
  ['a  # end', 'a'],
])('python: %j', (source, expected) => {
  expect(abstractContent(source, 'python')).toBe(expected);
});

test('other languages keep what may not be a comment', () => {
  expect(abstractContent('a # b', 'javascript')).toBe('a#b');
  expect(abstractContent('`a  b` + c', 'javascript')).toBe('`a  b`+c');
});
