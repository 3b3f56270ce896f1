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

test('agrees with string-width on what stands in code', () => {
  const graphemes = [
    'a',
    ' ',
    '_',
    'é',
    'e\u0301',
    'ß',
    'д',
    '変',
    '한',
    'ｱ',
    '،',
    'का',
    '—',
    '…',
    '💥',
    '👍🏽',
    '👩‍💻',
    '🇫🇷',
    '✔️',
    '©',
  ];
  const text = fc.array(fc.constantFrom(...graphemes), { maxLength: 12 }).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(text, (shown) => {
      expect(textWidth(shown)).toBe(stringWidth(shown));
    }),
  );
});
