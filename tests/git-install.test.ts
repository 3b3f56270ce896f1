import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { addFiles, git, makeRepository } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { VERSION } from '../packages/cli/src/version.ts';
import { guardrail } from './testing/ci-repository.ts';
import { lockstep } from './testing/lockstep.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-git-install-')));
const launcher = join(folder, 'prefix/lib/node_modules/lockstep-workspace/packages/cli/bin/lockstep.js');

/** Installed from a clone without anything built, with the command that pre-commit 4.7 installs hooks by. */
beforeAll(async () => {
  const source = join(folder, 'source');
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  for (const path of files.toString().split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    cpSync(join(ROOT, path), join(source, path));
  }
  git(source, 'init', '--quiet');
  git(source, 'add', '--all');
  git(source, 'commit', '--quiet', '--message', 'what is here');
  const flags = ['--allow-git=root', '--install-links', '--global', `--prefix=${join(folder, 'prefix')}`];
  // Whoever runs the tests through npm hands down what this repository's .npmrc says.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  await run('npm', ['install', ...flags, `git+file://${source}`], { cwd: folder, env });
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the program is there, and nothing that built it', async () => {
  const installed = join(folder, 'prefix/lib/node_modules/lockstep-workspace');
  expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'package.json', 'packages']);
  expect(readdirSync(join(installed, 'packages/cli')).sort()).toEqual(['bin', 'dist', 'schema']);
  const { stdout } = await run(join(folder, 'prefix/bin/lockstep'), ['--version'], { cwd: folder });
  expect(stdout).toBe(`${VERSION}\n`);
});

describe('hooks of pre-commit', () => {
  const hooks = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as { id: string; entry: string }[];
  /** The words after `lockstep` of the command that a hook runs. */
  const entry = (id: string) =>
    hooks
      .find((hook) => hook.id === id)
      ?.entry.split(' ')
      .slice(1) ?? [];

  test('lockstep-ci: what is staged, by stages', async () => {
    const cwd = makeRepository({ ...guardrail('blocks'), ...guardrail('monitors', { stage: 'monitor' }) });
    addFiles(cwd, { 'a.py': 'monitors()\n' });
    git(cwd, 'add', '--all');
    const watched = await lockstep(entry('lockstep-ci'), { cwd, launcher });
    expect(watched).toEqual({ code: 0, stdout: '', stderr: '' });
    addFiles(cwd, { 'a.py': 'monitors()\nblocks()\n' });
    git(cwd, 'add', '--all');
    const blocked = await lockstep(entry('lockstep-ci'), { cwd, launcher });
    expect(blocked.code).toBe(1);
    expect(blocked.stdout).toContain('a.py:2:1');
  });

  test('lockstep: the files that pre-commit names, but for those that are ignored', async () => {
    const shell = 'import subprocess\n\ndef run(x):\n    subprocess.run(x, shell=True)\n';
    const cwd = makeRepository({ 'a.py': shell, 'b.py': shell, 'tests/c.py': shell, 'd.txt': 'text\n' });
    const { code, stdout } = await lockstep([...entry('lockstep'), 'a.py', 'tests/c.py', 'd.txt'], { cwd, launcher });
    expect(code).toBe(1);
    expect(stdout).toContain('a.py:4:20');
    expect(stdout).not.toMatch(/^(?:b\.py|tests)/m);
    expect(await lockstep([...entry('lockstep'), 'd.txt'], { cwd, launcher })).toMatchObject({ code: 0, stdout: '' });
  });
});

test('the workspace has the version of the program', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(version).toBe(VERSION);
});
