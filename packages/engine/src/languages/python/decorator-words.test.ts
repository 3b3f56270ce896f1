import { expect, test } from 'vitest';
import { decoratorWords } from './decorator-words.ts';

test.each([
  ['get(x)\n', ''],
  ['@app.get("/")\ndef f(): put()\n', 'app def get'],
  ['  @a[0].get(\n    b,\n  ).post(c)\n  # and\n  @other\n  async def f(): put()\n', 'a and async b c get other post'],
  ['@x\nclass C: put()\n', 'class x'],
  ['from a import get as g\n@g\ndef f(): pass\n', 'as def g get import'],
  ['from a import (\n  get as g,\n  put,\n)\n@g\ndef f(): post()\n', 'as def g get import put'],
  ['if x: import a.b, \\\n  c; y()\n@g\ndef f(): post()\n', 'a b c def g import y'],
  ['x = a @ b\nget(x)\n', ''],
])('%j', (text, words) => {
  expect([...decoratorWords(text)].sort().join(' ')).toBe(words);
});
