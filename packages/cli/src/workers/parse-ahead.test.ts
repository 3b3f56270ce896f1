import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { makeFolder } from '../targets/testing/temporary-folder.ts';
import { parseAhead } from './parse-ahead.ts';

// The grammars that are installed with the program are not there before it is built.
vi.mock('./grammars.ts', async () => {
  const { languages } = await import('../../../engine/src/testing/load-engine.ts');
  return { loadGrammars: async () => languages };
});

test('ordinary files in languages with a grammar are parsed, as long as they are not too much', async () => {
  const long = '# a comment of fifty characters, with its line end\n'.repeat(7000);
  const files = { 'a.py': 'x = 1\n', 'b.txt': 'x = 1\n', 'c.py': long, 'd.py': `${long}\n`, 'e.py': 'y = 2\n' };
  const folder = makeFolder(files);
  symlinkSync(join(folder, 'a.py'), join(folder, 'link.py'));
  const paths = ['a.py', 'b.txt', 'c.py', 'd.py', 'e.py', 'link.py', 'missing.py'];
  let told = 0;
  const ahead = await parseAhead(
    paths.map((path) => ({ path, absolutePath: join(folder, path) })),
    () => told++,
  );
  const texts: Record<string, string> = { ...files, 'link.py': 'x = 1\n', 'missing.py': '' };
  const parsed = paths.filter((path) => ahead.take(path, texts[path] ?? '', 'python') !== null);
  expect(parsed).toEqual(['a.py', 'c.py', 'e.py']);
  expect(told).toBe(paths.length);
});
