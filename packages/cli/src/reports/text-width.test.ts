import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { textWidth } from './text-width.ts';

test.each([
  ['', 0],
  ['x = 1', 5],
  ['naïve', 5],
  ['nai\u0308ve', 5],
  ['変数 = 1', 8],
  ['👩‍👩‍👧 🇩🇪 ❤️ 1️⃣ ✓', 13],
  ['a\u200bb', 2],
])('%j is %i wide', (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test('agrees with string-width on single graphemes', () => {
  const shown = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/[\p{C}\uff00-\uffef]/u.test(text));
  fc.assert(fc.property(shown, (text) => expect(textWidth(text)).toBe(stringWidth(text))));
});
