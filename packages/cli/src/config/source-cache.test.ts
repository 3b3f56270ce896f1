import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../targets/testing/temporary-folder.ts';
import { cacheFolder, SourceCache } from './source-cache.ts';
import { hashSource } from './source-files.ts';

const FILES = new Map([
  ['a/b.yaml', Buffer.from('b')],
  ['a.yaml', Buffer.from('a')],
  ['é.yaml', Buffer.alloc(0)],
]);

test('what is kept is found, and kept once', () => {
  const folder = makeFolder();
  const cache = new SourceCache(folder);
  const sha256 = hashSource(FILES);
  expect(cache.find(sha256)).toBeNull();
  const kept = cache.keep(FILES);
  expect(cache.keep(FILES)).toBe(kept);
  expect(cache.find(sha256)).toBe(kept);
  expect(readFileSync(join(kept, 'a/b.yaml'), 'utf8')).toBe('b');
  expect(readdirSync(join(folder, 'sources'))).toEqual([sha256]);
});

test.each<[string, (kept: string) => void]>([
  ['changed', (kept) => writeFileSync(join(kept, 'a.yaml'), 'evil')],
  ['added to', (kept) => writeFileSync(join(kept, 'more.yaml'), '')],
  ['emptied', (kept) => execFileSync('rm', ['-r', join(kept, 'a')])],
])('what somebody has %s is not used, and put right', (_, tamper) => {
  const cache = new SourceCache(makeFolder());
  const kept = cache.keep(FILES);
  tamper(kept);
  expect(cache.find(hashSource(FILES))).toBeNull();
  expect(cache.keep(FILES)).toBe(kept);
  expect(cache.find(hashSource(FILES))).toBe(kept);
});

test('a link is no file of a source', () => {
  const cache = new SourceCache(makeFolder());
  const kept = cache.keep(FILES);
  symlinkSync('/etc/passwd', join(kept, 'passwd.yaml'));
  expect(cache.find(hashSource(FILES))).toBeNull();
});

test('the hash is the one that sha256sum gives', () => {
  const kept = new SourceCache(makeFolder()).keep(FILES);
  const command = "find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum";
  expect(execFileSync('sh', ['-c', command], { cwd: kept, encoding: 'utf8' }).slice(0, 64)).toBe(hashSource(FILES));
});

test.runIf(process.getuid?.() !== 0)('a folder that cannot be written to is named', () => {
  const folder = makeFolder();
  chmodSync(folder, 0o500);
  expect(() => new SourceCache(folder).keep(FILES)).toThrow(`it cannot be kept in ${folder}`);
});

test('a file in the place of the folder is named', () => {
  const folder = makeFolder({ sources: 'a file' });
  expect(() => new SourceCache(folder).keep(FILES)).toThrow(`it cannot be kept in ${folder}/sources`);
  expect(existsSync(join(folder, 'sources', hashSource(FILES)))).toBe(false);
});

test.each([
  [{ LOCKSTEP_CACHE: '/c', XDG_CACHE_HOME: '/x' }, '/c'],
  [{ LOCKSTEP_CACHE: '', XDG_CACHE_HOME: '/x' }, '/x/lockstep'],
])('%o → %s', (env, expected) => {
  expect(cacheFolder(env)).toBe(expected);
});

test('a cache folder that depends on where one stands is not used', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: 'x' })).toMatch(/^\/.*\/\.cache\/lockstep$/);
});
