import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findModels } from './find-models.ts';

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'lockstep-models-'));
  for (const folder of ['bundled', 'own/tests', 'empty']) mkdirSync(join(cwd, folder), { recursive: true });
  for (const file of ['bundled/web.yaml', 'own/b.yml', 'own/a.yaml', 'own/tests/a.yaml', 'own/README.md']) {
    writeFileSync(join(cwd, file), `text of ${file}`);
  }
});

afterAll(() => rmSync(cwd, { recursive: true }));

test('the models that come with Lockstep, then those of each folder, without what lies below', async () => {
  const { files, problems } = await findModels(['./own'], { cwd, bundledModels: join(cwd, 'bundled') });
  expect(problems).toEqual([]);
  expect(files).toEqual([
    { path: 'lockstep:models/web.yaml', text: 'text of bundled/web.yaml' },
    { path: 'own/a.yaml', text: 'text of own/a.yaml' },
    { path: 'own/b.yml', text: 'text of own/b.yml' },
  ]);
});

test('a folder that is not there or holds no models ends the run', async () => {
  const { files, problems } = await findModels(['nowhere', 'empty', 'own/a.yaml'], { cwd, bundledModels: null });
  expect(files).toEqual([]);
  expect(problems).toMatchObject([
    { code: 'models-unreadable', level: 'fatal', message: 'nowhere cannot be read: ENOENT' },
    { level: 'fatal', message: 'empty holds no model files' },
    { level: 'fatal', message: 'own/a.yaml cannot be read: ENOTDIR' },
  ]);
});
