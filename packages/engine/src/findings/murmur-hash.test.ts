import fc from 'fast-check';
import { expect, test } from 'vitest';
import { murmurHash128 } from './murmur-hash.ts';
import { utf8Bytes } from './utf8.ts';

// Answers of the implementation that Semgrep carries.
test.each([
  ['', '00000000000000000000000000000000'],
  ['a', 'e6b53a48510e895a85555565f6597889'],
  ['abcdefgh', '48890d60eb6940a1cc8a0ab037ef8c02'],
  ['abcdefghi', '79b53df5b741e0330547c0cff13c7964'],
  ['abcdefghijklmno', '6a548c2d9c962a618abe2451890c2ffb'],
  ['abcdefghijklmnop', '4333d695b331eb1ac4ca3ca3224cb723'],
  ['abcdefghijklmnopq', 'ecda499da1110de47564747f88bda657'],
  ['é☃😀', 'dae8d13479b39d7079a3f32fcd7ac7fe'],
  ['x'.repeat(100), 'deaf57402eaf7cc30404e50288596ae2'],
  ["('my-info', 'bidi.py', 'bar(9)', 0)", '171d5526f6f7e5291b4fdd2c0129287b'],
])('hash of %j', (text, expected) => {
  expect(murmurHash128(text)).toBe(expected);
});

test('bytes are those of a text encoder', () => {
  const unit = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '\udc00', 'é'));
  fc.assert(
    fc.property(fc.array(unit), (parts) => {
      const text = parts.join('');
      expect([...utf8Bytes(text)]).toEqual([...new TextEncoder().encode(text)]);
    }),
  );
});
