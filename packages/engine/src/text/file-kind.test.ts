import { expect, test } from 'vitest';
import { type FileKind, fileKind } from './file-kind.ts';

test.each<[string, string, FileKind]>([
  ['an empty file', '', 'text'],
  ['lines', 'a b\n'.repeat(2000), 'text'],
  ['lines of 149 bytes', `${'x'.repeat(149)}\n`.repeat(20), 'text'],
  ['lines of 200 bytes', `${'x'.repeat(200)}\n`.repeat(20), 'minified'],
  ['one long line in a small file', 'x'.repeat(480), 'short'],
  ['one long line', 'x'.repeat(600), 'minified'],
  ['a long line behind the sample', 'a b c d e\n'.repeat(410) + 'x'.repeat(9000), 'text'],
  ['a NUL', 'foo\u0000bar\n', 'binary'],
  ['one control character in 200', `${'x'.repeat(99)}\n${'x'.repeat(99)}\u0001\n`, 'text'],
  ['accents, which count their bytes', 'é'.repeat(80), 'short'],
])('%s', (_, text, expected) => {
  expect(fileKind(text)).toBe(expected);
});
