import { expect, test } from 'vitest';
import { decoratorWords } from './decorator-words.ts';

test.each([
  ['get(x)\n', ''],
  ['@app.get("/")\ndef f(): put()\n', 'app get'],
  ['  @a[0].get(\n    b,\n  ).post(c)\n  # and\n  @other\n  async def f(): put()\n', 'a and b c get other post'],
  ['@x\nclass C: put()\n', 'x'],
  ['from a import get as g\n@g\ndef f(): pass\n', 'a as from g get import'],
  ['from a import (\n  get as g,\n  put,\n)\n@g\ndef f(): post()\n', 'a as from g get import put'],
  ['if x: import a.b, \\\n  c; y()\n@g\ndef f(): post()\n', 'a b c g if import x y'],
  ['from a.b \\\n  import c\n@g\ndef f(): post()\n', 'a b c from g import'],
  ['x = a @ b\nget(x)\n', ''],
])('%j', (text, words) => {
  expect([...decoratorWords(text)].sort().join(' ')).toBe(words);
});

test.each(['from ', 'import (', '@\n', ' \n@x', '\\\n@import', '(import\n'])(
  'takes its time for no text: %j',
  (part) => {
    const begun = performance.now();
    decoratorWords(`@${part.repeat(1_000_000 / part.length)}`);
    expect(performance.now() - begun).toBeLessThan(5000);
  },
);
