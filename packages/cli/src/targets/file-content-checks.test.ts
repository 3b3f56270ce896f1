import { expect, test } from 'vitest';
import { isBinaryFormat, isMinified } from './file-content-checks.ts';

test.each<[string, string, boolean]>([
  ['short', 'var a=1;'.repeat(100), false],
  ['no blanks', 'var a=1;'.repeat(400), true],
  ['blanks but one line', 'var a = 1; '.repeat(300), true],
  ['ordinary', 'const name = value;\n'.repeat(100), false],
  ['ordinary with tabs and CRLF', 'if (a) {\r\n\tb;\r\n}\r\n'.repeat(100), false],
])('%s: minified %#', (_, text, expected) => {
  expect(isMinified(Buffer.from(text))).toBe(expected);
});

test.each<[string, string, boolean]>([
  ['PNG', '\x89PNG\r\n\x1a\n\0\0', true],
  ['cut-off PNG', '\x89PNG', false],
  ['ZIP', 'PK\x03\x04', true],
  ['ELF', '\x7fELF', true],
  ['WebP', 'RIFF\x01\x02\x03\x04WEBP', true],
  ['other RIFF', 'RIFF\x01\x02\x03\x04TEXT', false],
  ['MP4', '\0\0\0\x20ftypisom', true],
  ['empty', '', false],
  ['script', '#!/bin/sh\n', false],
  ['text that starts like an MP3 tag', 'ID3 is a decision tree', false],
  ['UTF-16 text', '\xff\xfea\0', false],
])('%s', (_, latin1, expected) => {
  expect(isBinaryFormat(Buffer.from(latin1, 'latin1'))).toBe(expected);
});
