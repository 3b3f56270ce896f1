import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockstep, lockstepJson, outline } from './testing/lockstep.ts';

const CLI = fileURLToPath(new URL('../packages/cli', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('../examples/flask-shop/shop', import.meta.url));

const run = promisify(execFile);
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-packed-')));
const cwd = join(folder, 'project');
const installed = join(cwd, 'node_modules/lockstep');
const launcher = join(installed, 'bin/lockstep.js');

/** Packed as for the registry, and installed in an empty folder without a network. */
beforeAll(async () => {
  mkdirSync(cwd);
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: CLI });
  const [{ filename }] = JSON.parse(stdout);
  writeFileSync(join(cwd, 'package.json'), '{"private": true}\n');
  const cache = join(folder, 'empty-cache');
  await run('npm', ['install', '--offline', '--cache', cache, join(folder, filename)], { cwd });
  cpSync(EXAMPLE, join(cwd, 'shop'), { recursive: true });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('nothing else had to be installed', () => {
  expect(readdirSync(join(cwd, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['lockstep']);
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(dependencies ?? {}).toEqual({});
});

test('npx finds it', async () => {
  const { stdout } = await run('npx', ['--no-install', 'lockstep', '--version'], { cwd });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('it scans with the guardrails that come with it', async () => {
  const all = await lockstepJson(['--config', 'lockstep:default', 'shop'], { cwd, launcher });
  expect(all).toMatchObject({ code: 0, errors: [] });
  expect(outline(all)).toContainEqual(expect.stringMatching(/^shop\/models\.py:\d+ sensitive-columns$/));
  // A guardrail that takes what it knows from models.
  expect(outline(all)).toContainEqual(expect.stringMatching(/^shop\/views\/admin\.py:\d+ path-traversal$/));
  const one = await lockstepJson(['--config', 'lockstep:sql-from-strings', 'shop'], { cwd, launcher });
  expect(new Set(outline(one).map((line) => line.split(' ')[1]))).toEqual(new Set(['sql-from-strings-sqlalchemy']));
});

test('it lists the guardrails that come with it', async () => {
  const { code, stdout } = await lockstep(['guardrail', 'list', 'lockstep:default'], { cwd, launcher });
  expect(code).toBe(0);
  for (const name of ['sql-from-strings', 'sensitive-columns']) expect(stdout).toContain(name);
});

test("it scans with rules of one's own, Python, generic and regex, here and in threads", async () => {
  const rule = (id: string, language: string, pattern: string) =>
    `  - {id: ${id}, languages: [${language}], severity: INFO, message: m, ${pattern}}\n`;
  writeFileSync(
    join(cwd, 'rules.yaml'),
    'rules:\n' +
      rule('tree', 'python', 'pattern: f($X)') +
      rule('words', 'generic', 'pattern: f($X)') +
      rule('text', 'regex', "pattern-regex: 'f.x'"),
  );
  mkdirSync(join(cwd, 'code'), { recursive: true });
  writeFileSync(join(cwd, 'code/a.py'), 'f(x)\n');
  writeFileSync(join(cwd, 'code/b.txt'), 'f(x)\n');
  const expected = [
    'code/a.py:1 text',
    'code/a.py:1 tree',
    'code/a.py:1 words',
    'code/b.txt:1 text',
    'code/b.txt:1 words',
  ];
  const small = await lockstepJson(['--config', 'rules.yaml', 'code'], { cwd, launcher });
  expect(outline(small).sort()).toEqual(expected);
  writeFileSync(join(cwd, 'code/long.py'), 'y = 1\n'.repeat(50_000));
  const large = await lockstepJson(['--config', 'rules.yaml', 'code'], { cwd, launcher });
  expect(outline(large).sort()).toEqual(expected);
});

test('it names what it is made of', () => {
  const notices = readFileSync(join(installed, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of ['commander', 'js-yaml', 'web-tree-sitter', 'tree-sitter-python', 'yaml']) {
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(\\w+\\)$`, 'm'));
  }
});

test('editors find the schema of guardrails in it', async () => {
  await lockstep(['guardrail', 'new', 'no-os', '-t', 'forbid', '-e', 'os.system', '--instead', 'run'], {
    cwd,
    launcher,
  });
  const folder = join(cwd, 'guardrails/no-os');
  const [, schema] = /\$schema=(\S+)/.exec(readFileSync(join(folder, 'guardrail.yaml'), 'utf8')) ?? [];
  expect(JSON.parse(readFileSync(join(folder, schema ?? ''), 'utf8'))).toHaveProperty('properties.promise');
});

test('guardrails come without their tests', async () => {
  expect(readdirSync(join(installed, 'dist/guardrails/sensitive-columns')).sort()).toEqual([
    'guardrail.yaml',
    'lesson.md',
    'rules.yaml',
  ]);
  const { code, stdout } = await lockstep(['validate', 'lockstep:default'], { cwd, launcher });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^✓ 0 errors/) });
});
