import { describe, expect, test } from 'vitest';
import { locateLines, readPatch } from './patch-lines.ts';

const PATCH = `@@ -1,3 +1,4 @@ def f():
 one
-two
+2
+  eval(x)
 three
@@ -20,2 +21,3 @@
 twenty
+eval(y)
 
\\ No newline at end of file`;

test('lines of the new side, with their old numbers', () => {
  const rows = readPatch(PATCH).map((hunk) =>
    hunk.map(({ line, oldLine, text }) => `${line} ${oldLine ?? '+'} ${text}`),
  );
  expect(rows).toEqual([
    ['1 1 one', '2 + 2', '3 +   eval(x)', '4 3 three'],
    ['21 20 twenty', '22 + eval(y)', '23 21 '],
  ]);
  expect(readPatch('')).toEqual([]);
});

describe('where code stands', () => {
  const hunks = readPatch(PATCH);
  const at = (lines: string[], start: number) => {
    const range = locateLines(hunks, lines, start);
    return range === null ? null : [range.first.line, range.last.line, range.isWhole];
  };
  test.each<[string, string[], number, ReturnType<typeof at>]>([
    ['at its number', ['  eval(x)'], 3, [3, 3, true]],
    ['at another, as in a merge', ['  eval(x)'], 90, [3, 3, true]],
    ['several lines', ['2', '  eval(x)'], 2, [2, 3, true]],
    ['blanks at the end of lines', ['eval(y)', ''], 22, [22, 23, true]],
    ['over two hunks: its first line', ['three', 'four', 'twenty'], 4, [4, 4, false]],
    ['some of its lines', ['def g():', '  eval(x)', '  return'], 2, [3, 3, false]],
    ['none', ['eval(z)'], 3, null],
    ['indented otherwise', ['eval(x)'], 3, null],
  ])('%s', (_, lines, start, expected) => {
    expect(at(lines, start)).toEqual(expected);
  });

  test('of several places the nearest; of one line of many, only one that there is no doubt about', () => {
    const twice = readPatch('@@ -1,0 +1,5 @@\n+pass\n+a\n+pass\n+b\n+pass');
    expect(locateLines(twice, ['pass'], 4)?.first.line).toBe(3);
    expect(locateLines(twice, ['missing', 'pass'], 9)).toBe(null);
    expect(locateLines(twice, ['missing', 'pass'], 2)?.first.line).toBe(3);
  });
});
