import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { prepareLine } from './code-line.ts';
import { neutralize, neutralizeLine } from './neutralize.ts';
import { wrapText } from './wrap-text.ts';

describe('wrapText', () => {
  test.each<[string, number, string[]]>([
    ['one two three', 7, ['one two', 'three']],
    ['one\ntwo  three\n', 40, ['one two  three']],
    ['para one\n\n\npara two', 40, ['para one', '', 'para two']],
    ['do:\n- first thing\n- second', 10, ['do:', '- first', '  thing', '- second']],
    ['1. first thing\n2) second', 10, ['1. first', '   thing', '2) second']],
    ['say\n  code()\n  more()\nend', 40, ['say', '  code()', '  more()', 'end']],
    ['averyveryverylongword x', 5, ['averyveryverylongword', 'x']],
    ['☃☃ 表表 表', 5, ['☃☃', '表表', '表']],
    ['', 10, ['']],
  ])('%j at %i', (text, width, expected) => {
    expect(wrapText(text, width)).toEqual(expected);
  });

  test('loses no word and keeps to the width', () => {
    const word = fc.stringMatching(/^[a-z]{1,9}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 9, max: 40 }), (words, width) => {
        const lines = wrapText(words.join(' '), width);
        expect(lines.join(' ').split(' ')).toEqual(words);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('prepareLine', () => {
  const shown = (line: string, start: number, end: number, maxChars: number) => {
    const { before, marked, after } = prepareLine(line, start, end, maxChars);
    return `${before}[${marked}]${after}`;
  };
  test.each([
    ['abcdef', 2, 4, 0, 'ab[cd]ef'],
    ['\tab\tc', 1, 3, 0, '    [ab]  c'],
    ['a\t☃\tb', 2, 3, 0, 'a   [☃]   b'],
    ['表\tb', 2, 3, 0, '表  [b]'],
    ['a\u001b[31mb\u202e', 1, 6, 0, 'a[␛[31m]b<U+202E>'],
    ['0123456789abcdef', 8, 10, 6, '…67[89]…'.replace('67[89]…', '7[89]a…')],
    ['0123456789abcdef', 0, 16, 5, '[0123…]'],
    ['0123456789abcdef', 14, 16, 6, '…bcd[ef]'],
    ['😀😀😀😀', 8, 8, 4, '…😀[]'],
  ])('%j marked from %i to %i in %i characters', (line, start, end, maxChars, expected) => {
    expect(shown(line, start, end, maxChars)).toBe(expected);
  });

  test('a cut line keeps to its limit, shows the start of the mark, and never splits a character', () => {
    const text = fc.array(fc.constantFrom('a', '😀', 'é', ' '), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, text, fc.integer({ min: 6, max: 30 }), (before, marked, after, maxChars) => {
        const line = prepareLine(before + marked + after, before.length, (before + marked).length, maxChars);
        const whole = line.before + line.marked + line.after;
        expect(whole.length).toBeLessThanOrEqual(maxChars + 1);
        expect(whole).not.toMatch(/\p{Cs}/u);
        if (marked !== '') expect(line.marked).not.toBe('');
      }),
    );
  });
});

describe('neutralize', () => {
  test.each([
    ['a\tb\r\nc\rd\u001b[0m', 'a\tb\nc␍d␛[0m', 'a␉b␍␊c␍d␛[0m'],
    ['\u009b\u007f\u0000', '<U+009B>␡␀', '<U+009B>␡␀'],
    ['\u202ea\u2066b\u200bc\ufeff\u00ad', '<U+202E>a<U+2066>b<U+200B>c<U+FEFF><U+00AD>', null],
    ['\u2028\ud800\u{e0041}', '<U+2028><U+D800><U+E0041>', null],
    ['é 表 👩\u200d🚀 ❤\ufe0f', 'é 表 👩\u200d🚀 ❤\ufe0f', null],
  ])('%j', (text, expected, oneLine) => {
    expect(neutralize(text)).toBe(expected);
    expect(neutralizeLine(text)).toBe(oneLine ?? expected);
  });
});
