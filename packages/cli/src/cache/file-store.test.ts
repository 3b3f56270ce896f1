import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../targets/testing/temporary-folder.ts';
import { FileStore } from './file-store.ts';
import { jsonFormat, StoredValue } from './stored-value.ts';

test('what was written is read again', () => {
  const store = new FileStore(join(makeFolder(), 'new', 'folder'));
  expect(store.read('a.json')).toBeNull();
  store.write('a.json', '{"files":{}}');
  expect(store.read('a.json')).toBe('{"files":{}}');
});

test('a value is written if it has changed; what is damaged is nothing', () => {
  const folder = makeFolder({ 'damaged.json': '{"files":', 'other.json': 'null', 'empty.json': '{}' });
  const store = new FileStore(folder);
  const valueIn = (name: string) =>
    new StoredValue(
      store,
      name,
      jsonFormat(() => ({ files: 0 })),
    );
  for (const name of ['none.json', 'damaged.json', 'other.json', 'empty.json']) {
    expect(valueIn(name).value).toEqual({ files: 0 });
  }
  const value = valueIn('a.json');
  value.save();
  expect(existsSync(join(folder, 'a.json'))).toBe(false);
  value.value.files = 1;
  value.changed();
  value.save();
  expect(valueIn('a.json').value).toEqual({ files: 1 });
  value.replace({ files: 2 });
  value.save();
  expect(valueIn('a.json').value).toEqual({ files: 2 });
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
  new FileStore(folder).write('new.json', '{}');
  const left = readdirSync(folder);
  expect(left).toHaveLength(40);
  expect(left).toContain('new.json');
  expect(left).toContain('0.json');
  expect(left).not.toContain('44.json');
  expect(existsSync(old)).toBe(false);
});

test('of more than the folder may hold, the oldest go', () => {
  const folder = makeFolder();
  for (const [age, name] of ['a', 'b', 'c'].entries()) {
    writeFileSync(join(folder, name), 'x'.repeat(10));
    utimesSync(join(folder, name), Date.now() / 1000 - 10 - age, Date.now() / 1000 - 10 - age);
  }
  new FileStore(folder, 25).write('new', 'y');
  expect(readdirSync(folder).sort()).toEqual(['a', 'b', 'new']);
});
