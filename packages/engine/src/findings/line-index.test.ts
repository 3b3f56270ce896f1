import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { LineIndex } from './line-index.ts';

const encoder = new TextEncoder();

/** Text with everything that makes counting hard, in long runs too, so that checkpoints are crossed. */
const nastyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', 'é', '☃', '😀', '\n', '\r\n', '\r', '\ud800', '\udc00', '\ufeff', '\0'),
      fc.constantFrom('x'.repeat(700), '😀'.repeat(600), 'é'.repeat(1024), 'a'.repeat(1023)),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('position', () => {
  test('agrees with what encoding the text gives', () => {
    fc.assert(
      fc.property(nastyText, fc.double({ min: 0, max: 1, noNaN: true }), (text, where) => {
        const offset = Math.round(text.length * where);
        const before = text.slice(0, offset);
        const lines = before.split('\n');
        const lastLine = text.endsWith('\n') ? text.split('\n').length - 1 : text.split('\n').length;
        expect(new LineIndex(text).position(offset)).toEqual({
          line: Math.min(lines.length, lastLine),
          column: encoder.encode(lines.at(-1)).length + 1,
          offset: encoder.encode(before).length,
        });
      }),
    );
  });

  // The ranges Semgrep 1.182 reports for regular expressions on these texts.
  test.each([
    ['bar(1)\nfoo()\n\n', 5, { line: 1, column: 6, offset: 5 }],
    ['bar(1)\nfoo()\n\n', 7, { line: 2, column: 1, offset: 7 }],
    ['bar(1)\nfoo()\n\n', 13, { line: 3, column: 1, offset: 13 }],
    ['bar(1)\nfoo()\n\n', 14, { line: 3, column: 1, offset: 14 }],
    ['bar(1)', 6, { line: 1, column: 7, offset: 6 }],
    ['\ufeffbar(1)\nbar(2)\n', 1, { line: 1, column: 4, offset: 3 }],
    ['\ufeffbar(1)\nbar(2)\n', 15, { line: 2, column: 1, offset: 17 }],
    ['bar\r\n)\r\nbar\rbar\n', 12, { line: 3, column: 5, offset: 12 }],
    ['', 0, { line: 1, column: 1, offset: 0 }],
    ['\n', 1, { line: 1, column: 1, offset: 1 }],
  ])('%j at %i', (text, offset, expected) => {
    expect(new LineIndex(text).position(offset)).toEqual(expected);
  });
});

test('utf16Offset undoes byteOffset', () => {
  fc.assert(
    fc.property(nastyText, fc.double({ min: 0, max: 1, noNaN: true }), (text, where) => {
      const offset = Math.round(text.length * where);
      const index = new LineIndex(text);
      expect(index.utf16Offset(index.byteOffset(offset))).toBe(offset);
    }),
  );
});

test.each([
  ['a\nb\r\nc', ['a', 'b', 'c']],
  ['a\n', ['a']],
  ['', ['']],
  ['\r\n\n', ['', '']],
  ['a\rb', ['a\rb']],
])('lines of %j', (text, expected) => {
  const index = new LineIndex(text);
  const lines = Array.from({ length: index.lineCount }, (_, line) => index.lineText(line + 1));
  expect(lines).toEqual(expected);
});

describe('linesOf', () => {
  const text = 'x = 1\r\n  foo(a,\r\n    b)  \r\n\r\nend\n';
  const index = new LineIndex(text);
  const from = text.indexOf('foo');

  it('takes the full lines and trims the end only', () => {
    expect(index.linesOf(from, text.indexOf('b)') + 2)).toBe('  foo(a,\n    b)');
  });
  it('keeps one line where the range ends on it', () => {
    expect(index.linesOf(from, from + 3)).toBe('  foo(a,');
  });
  it('is not confused by the end of the text', () => {
    expect(index.linesOf(text.indexOf('end'), text.length)).toBe('end');
  });
});

test('a megabyte on one line is not counted anew for every position', () => {
  const text = `"é",${'1234567,'.repeat(131_072)}`;
  const index = new LineIndex(text);
  let columns = 0;
  for (let at = 0; at < text.length; at += 8) columns += index.position(at).column;
  expect(columns).toBeGreaterThan(text.length);
});
