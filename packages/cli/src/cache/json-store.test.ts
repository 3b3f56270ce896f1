import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../targets/testing/temporary-folder.ts';
import { JsonStore } from './json-store.ts';

test('what was written is read again; anything else is nothing', () => {
  const folder = join(makeFolder(), 'new', 'folder');
  const store = new JsonStore(folder);
  expect(store.read('a.json')).toBeNull();
  store.write('a.json', { files: {} });
  expect(store.read('a.json')).toEqual({ files: {} });
  writeFileSync(join(folder, 'b.json'), '{"files":');
  expect(store.read('b.json')).toBeNull();
});

test('old files go, and the oldest of too many', () => {
  const folder = makeFolder();
  const daysAgo = (days: number) => Date.now() / 1000 - days * 24 * 60 * 60;
  for (let at = 0; at < 45; at++) {
    const path = join(folder, `${at}.json`);
    writeFileSync(path, '{}');
    utimesSync(path, daysAgo(0.1 * at), daysAgo(0.1 * at));
  }
  const old = join(folder, 'old.json');
  writeFileSync(old, '{}');
  utimesSync(old, daysAgo(31), daysAgo(31));
  new JsonStore(folder).write('new.json', {});
  const left = readdirSync(folder);
  expect(left).toHaveLength(40);
  expect(left).toContain('new.json');
  expect(left).toContain('0.json');
  expect(left).not.toContain('44.json');
  expect(existsSync(old)).toBe(false);
});
