import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';

/** Makes a folder with the given files (path → content), removed when the test ends. Returns its real path. */
export function makeFolder(files: Record<string, string | Uint8Array> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  addFiles(folder, files);
  return folder;
}

export function addFiles(folder: string, files: Record<string, string | Uint8Array>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Runs git in a folder, untouched by the settings of whoever runs the tests. Returns its output, trimmed. */
export function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'protocol.file.allow=always'];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', [...identity, ...args], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Makes a git repository with the given files committed. */
export function makeRepository(files: Record<string, string | Uint8Array> = {}): string {
  const folder = makeFolder(files);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commitAll(folder, 'first');
  return folder;
}

export function commitAll(folder: string, message: string): void {
  git(folder, 'add', '--all', '--force');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
}

/** Makes a git repository in the middle of a merge: `a.py` is `three` here and `two` there. */
export function makeConflict(): string {
  const folder = makeRepository({ 'a.py': 'one' });
  git(folder, 'checkout', '--quiet', '-b', 'other');
  addFiles(folder, { 'a.py': 'two' });
  commitAll(folder, 'two');
  git(folder, 'checkout', '--quiet', 'main');
  addFiles(folder, { 'a.py': 'three' });
  commitAll(folder, 'three');
  expect(() => git(folder, 'merge', 'other')).toThrow();
  return folder;
}
