import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeSource } from './source-text.ts';

test.each([
  ['plain', Buffer.from('x = 1\n'), 'x = 1\n', -1],
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFFé = "🙂"'), '\uFEFFé = "🙂"', -1],
  ['Latin-1', Buffer.from('s = "café"', 'latin1'), 's = "caf?"', 8],
  ['a sequence cut off by the end', Buffer.from([0x61, 0xe2, 0x82]), 'a??', 1],
  ['an encoded surrogate', Buffer.from([0xed, 0xa0, 0x80, 0x62]), '???b', 0],
  ['an overlong slash', Buffer.from([0xc0, 0xaf]), '??', 0],
])('%s', (_, bytes, text, firstInvalid) => {
  expect(decodeSource(bytes)).toEqual({ text, exact: firstInvalid < 0, firstInvalid });
});

test('whatever the bytes, each keeps its offset', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => new Uint8Array(Buffer.from(text))),
  );
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 4 }), (parts) => {
      const bytes = Buffer.concat(parts);
      const decoded = decodeSource(bytes);
      const again = Buffer.from(decoded.text);
      expect(again.length).toBe(bytes.length);
      expect([...again].every((byte, at) => byte === bytes[at] || byte === 0x3f)).toBe(true);
      expect(again.equals(bytes)).toBe(decoded.exact);
    }),
  );
});
