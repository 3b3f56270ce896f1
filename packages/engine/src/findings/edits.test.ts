import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, type TextEdit } from './edits.ts';

const edit = (start: number, end: number, text: string): TextEdit => ({ start, end, text });

describe('which edits are applied', () => {
  test.each<[string, string, TextEdit[], string, number[], [number, number][]]>([
    ['one', 'abcdef', [edit(1, 3, 'X')], 'aXdef', [0], []],
    ['any order', 'abcdef', [edit(4, 5, 'Y'), edit(1, 2, 'X')], 'aXcdYf', [0, 1], []],
    ['touching', 'abcdef', [edit(1, 3, 'X'), edit(3, 4, 'Y')], 'aXYef', [0, 1], []],
    [
      'the outer comes first and wins',
      'n(n(1))',
      [edit(0, 7, 'N(n(1))'), edit(2, 6, 'N(1)')],
      'N(n(1))',
      [0],
      [[1, 0]],
    ],
    ['identical ones are one', 'abc', [edit(1, 2, 'X'), edit(1, 2, 'X')], 'aXc', [0, 1], []],
    ['same range, other text', 'abc', [edit(1, 2, 'X'), edit(1, 2, 'Y')], 'aXc', [0], [[1, 0]]],
    ['after a conflict', 'abcdef', [edit(0, 3, 'X'), edit(2, 5, 'Y'), edit(3, 6, 'Z')], 'XZ', [0, 2], [[1, 0]]],
    ['insertions at one place keep their order', 'ab', [edit(1, 1, 'X'), edit(1, 1, 'Y')], 'aXYb', [0, 1], []],
    ['insertion before a replacement', 'abc', [edit(1, 2, 'X'), edit(1, 1, 'I')], 'aIXc', [0, 1], []],
    ['insertion inside a replacement', 'abcd', [edit(1, 3, 'X'), edit(2, 2, 'I')], 'aXd', [0], [[1, 0]]],
    ['none', 'abc', [], 'abc', [], []],
  ])('%s', (_, text, edits, expected, applied, conflicts) => {
    expect(applyEdits(text, edits)).toEqual({
      text: expected,
      applied: applied.map((at) => edits[at]),
      conflicts: conflicts.map(([at, rival]) => ({ edit: edits[at], with: edits[rival] })),
    });
  });
});

describe('an empty replacement takes the line break after it along', () => {
  test.each([
    ['foo()\nbar()\n', 0, 5, 'bar()\n'],
    ['a\nfoo()\nbar()\n', 2, 7, 'a\nbar()\n'],
    ['a\r\nfoo()\r\nbar()\r\n', 3, 8, 'a\r\nbar()\r\n'],
    ['  foo()\nbar()\n', 2, 7, '  \nbar()\n'],
    ['foo();\nbar()\n', 0, 5, ';\nbar()\n'],
    ['foo()', 0, 5, ''],
    ['foo()\n\nbar()\n', 0, 6, '\nbar()\n'],
    ['foo()\nbar()\n', 0, 0, 'foo()\nbar()\n'],
  ])('%j [%i, %i)', (text, start, end, expected) => {
    expect(applyEdits(text, [edit(start, end, '')]).text).toBe(expected);
  });
});

test('edits that do not overlap give what replacing piece by piece gives', () => {
  const piece = fc.record({ keep: fc.string(), drop: fc.string(), put: fc.string({ minLength: 1 }) });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (pieces, keys) => {
      let text = '';
      const edits: TextEdit[] = [];
      for (const { keep, drop, put } of pieces) {
        const start = text.length + keep.length + 1;
        text += `${keep}|${drop}`;
        edits.push(edit(start, start + drop.length, put));
      }
      const shuffled = edits.map((each) => ({ each, key: keys.next().value })).sort((a, b) => a.key - b.key);
      const result = applyEdits(
        text,
        shuffled.map(({ each }) => each),
      );
      expect(result.text).toBe(pieces.map(({ keep, put }) => `${keep}|${put}`).join(''));
      expect(result.conflicts).toEqual([]);
    }),
  );
});

test('every edit is either applied or in conflict with an applied one', () => {
  const anyEdit = fc.tuple(fc.nat(20), fc.nat(6), fc.constantFrom('', 'X', 'YY'));
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 10 }), (list) => {
      const edits = list.map(([start, length, text]) => edit(start, Math.min(20, start + length), text));
      const { applied, conflicts } = applyEdits('0123456789\n123456789', edits);
      const settled = [...applied, ...conflicts.map((conflict) => conflict.edit)];
      expect(settled).toHaveLength(edits.length);
      for (const each of edits) expect(settled).toContain(each);
      for (const conflict of conflicts) expect(applied).toContain(conflict.with);
    }),
  );
});
