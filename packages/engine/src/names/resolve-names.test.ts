import { describe, expect, test } from 'vitest';
import { allNodes } from '../testing/find-nodes.ts';
import { lower } from '../testing/load-engine.ts';
import { isIdentifier } from '../tree/equal.ts';
import { resolveNames } from './resolve-names.ts';

/**
 * What each occurrence of a name resolves to, in source order: the dotted path of an import, `#1`, `#2`, … for the
 * declarations of the file in the order they are met, `-` for a name that nothing declares.
 */
function resolutions(code: string, name: string): string {
  const tree = lower(code);
  resolveNames(tree);
  const occurrences = allNodes(tree)
    .filter(isIdentifier)
    .filter((node) => node.name === name);
  const numbers = new Map<number, number>();
  const texts = occurrences
    .sort((a, b) => a.start - b.start)
    .map(({ reference }) => {
      if (reference === null || reference.declaration === 0) return '-';
      if (reference.canonical !== null) return reference.canonical.join('.');
      const number = numbers.get(reference.declaration) ?? numbers.size + 1;
      numbers.set(reference.declaration, number);
      return `#${number}`;
    });
  return texts.join(' ');
}

/** Code, the name, and its resolutions; semantics 03 §6 and §7 say why. */
const TOPICS: Record<string, [code: string, name: string, resolutions: string][]> = {
  imports: [
    ['import os\nos.x', 'os', '- -'],
    ['import a.b as c\nc', 'c', 'a.b a.b'],
    ['from a.b import c\nc', 'c', 'a.b.c a.b.c'],
    ['from a import b as c\nb\nc', 'c', 'a.b a.b'],
    ['from a import b as c\nb\nc', 'b', '- -'],
    ['from .a import c\nc', 'c', '.a.c .a.c'],
    ['from . import c\nc', 'c', '..c ..c'],
    ['c\nfrom a import c\nc', 'c', '- a.c a.c'],
    ['from a import c\nfrom b import c\nc', 'c', 'a.c b.c b.c'],
    ['if x:\n  from a import c\nc', 'c', 'a.c a.c'],
    ['def f():\n  from a import c\nc', 'c', 'a.c a.c'],
    ['from a import *\nc', 'c', '-'],
  ],
  'what shadows an import': [
    ['from a import c\ndef f(c):\n  c\nc', 'c', 'a.c #1 #1 a.c'],
    ['from a import c\nc: int = 1\nc', 'c', 'a.c #1 #1'],
    ['from a import c\nfor c in x:\n  c\nc', 'c', 'a.c #1 #1 #1'],
    ['from a import c\ndef f():\n  with x as c:\n    c\n  c\nc', 'c', 'a.c #1 #1 #1 a.c'],
    ['from a import c\ntry: pass\nexcept E as c:\n  c', 'c', 'a.c #1 #1'],
    ['from a import c\n[c for c in x]\nc', 'c', 'a.c #1 #1 a.c'],
    ['from a import c\nlambda c: c\nc', 'c', 'a.c #1 #1 a.c'],
    ['def f(c):\n  from a import c\n  c', 'c', '#1 a.c #1'],
  ],
  'what does not': [
    ['from a import c\nc = 1\nc', 'c', 'a.c a.c a.c'],
    ['from a import c\nc, d = 1\nc', 'c', 'a.c a.c a.c'],
    ['from a import c\n(c := 1)\nc', 'c', 'a.c a.c a.c'],
    ['from a import c\ndef c(): pass\nc', 'c', 'a.c - a.c'],
    ['from a import c\nclass c: pass\nc', 'c', 'a.c - a.c'],
    ['from a import c\nclass D:\n  c = 1\nc', 'c', 'a.c a.c a.c'],
    ['from a import c\ndef f(*c, **d):\n  c', 'c', 'a.c - a.c'],
  ],
  variables: [
    ['x', 'x', '-'],
    ['x = 1\nx = 2\nx', 'x', '#1 #1 #1'],
    ['x = 1\ndef f():\n  x\n  x = 2\n  x\nx', 'x', '#1 #1 #2 #2 #1'],
    ['x = 1\ndef f():\n  global x\n  x = 2\nx', 'x', '#1 #1 #1 #1'],
    ['def f():\n  global x\n  x = 2\nx', 'x', '#1 #1 #1'],
    ['def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = 2\n  x', 'x', '#1 #1 #1 #1'],
    ['def f():\n  x = 1\n  def g():\n    x\n  x', 'x', '#1 #1 #1'],
    ['def f(x): x\ndef g(x): x', 'x', '#1 #1 #2 #2'],
    ['x = 1\nfor x in y: x\nx', 'x', '#1 #2 #2 #2'],
    ['x = 1\n[x for x in x]\nx', 'x', '#1 #2 #2 #1 #1'],
    ['x: int = 1\nx: str = 2\nx', 'x', '#1 #2 #2'],
    ['a, (x, *y) = z\nx\ny', 'y', '#1 #1'],
    ['x.y = 1\ny', 'y', '- -'],
    ['f(x=1)\nx = 2', 'x', '- #1'],
    ['x = 1\nx.x(x=x)', 'x', '#1 #1 - - #1'],
    ['x = 1\ndef f(a=x, x=2): x', 'x', '#1 #1 #2 #2'],
    ['@x\ndef f(x): x', 'x', '- #1 #1'],
  ],
};

describe.each(Object.entries(TOPICS))('%s', (_topic, rows) => {
  test.each(rows)('%j: %s', (code, name, expected) => {
    expect(resolutions(code, name)).toBe(expected);
  });
});

test('top-level wildcard imports and aliases are listed', () => {
  const code =
    'from a.b import *\nfrom . import *\ndef f():\n  from c import *\nimport d.e as g\nfrom h import i as j\n';
  expect(resolveNames(lower(code))).toMatchInlineSnapshot(`
    {
      "aliases": [
        {
          "canonical": [
            "d",
            "e",
          ],
          "local": "g",
        },
        {
          "canonical": [
            "h",
            "i",
          ],
          "local": "j",
        },
      ],
      "wildcards": [
        [
          "a",
          "b",
        ],
      ],
    }
  `);
});
