import { expect, test } from 'vitest';
import { blankComments, type CommentStyle } from './blank-comments.ts';

test.each<[CommentStyle, string, string]>([
  ['c', 'a /* b\nc */ d // e', 'a     \n     d // e'],
  ['cpp', 'a // b\nc /* d */ e', 'a     \nc         e'],
  ['shell', 'a # b\nx#y "#"', 'a    \nx      '],
  ['c', 'a /* b', 'a /* b'],
])('%s: %j', (style, text, expected) => {
  expect(blankComments(text, style)).toBe(expected);
});
