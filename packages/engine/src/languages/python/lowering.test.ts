import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lower } from '../../testing/load-engine.ts';
import { printTree } from '../../testing/print-tree.ts';

function sample(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../../fixtures/python/${name}.py`, import.meta.url)), 'utf8');
}

test.each(['assorted', 'python2', 'broken'])('the uniform tree of %s.py', async (name) => {
  await expect(`${printTree(lower(sample(name)))}\n`).toMatchFileSnapshot(`../../../fixtures/python/${name}.tree`);
});
