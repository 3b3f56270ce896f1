import { expect, onTestFinished, test } from 'vitest';
import { git, makeFolder, makeRepository } from '../targets/testing/temporary-folder.ts';
import { gitTimeout, runGit, splitNul } from './git.ts';

test('gives the output of a command', async () => {
  const cwd = makeRepository({ 'a b\n.py': '' });
  const result = await runGit(['ls-files', '-z'], { cwd });
  expect(result.ok && splitNul(result.stdout)).toEqual(['a b\n.py']);
});

test('passes input', async () => {
  const result = await runGit(['hash-object', '--stdin'], { cwd: makeRepository(), input: 'hello\n' });
  expect(result.ok && result.stdout.toString()).toBe('ce013625030ba8dba906f756967f9e9ca394464a\n');
});

test('failures are values', async () => {
  const cwd = makeFolder();
  expect(await runGit(['rev-parse', 'HEAD'], { cwd })).toEqual({
    ok: false,
    code: 'git-failed',
    message: 'fatal: not a git repository (or any of the parent directories): .git',
  });
  expect(await runGit(['hash-object', '--stdin-paths'], { cwd, timeoutMs: 1, input: '\n'.repeat(1e6) })).toMatchObject({
    ok: false,
  });
  setEnv('PATH', '/nonexistent');
  expect(await runGit(['status'], { cwd })).toEqual({ ok: false, code: 'git-missing', message: 'git was not found' });
});

test('a command that takes too long is stopped', async () => {
  const cwd = makeRepository();
  git(cwd, 'config', 'alias.wait', '!sleep 3');
  const started = performance.now();
  const result = await runGit(['wait'], { cwd, timeoutMs: 50 });
  expect(result).toEqual({ ok: false, code: 'git-timeout', message: 'git wait took more than 0.05 s' });
  expect(performance.now() - started).toBeLessThan(2000);
});

test('no program that a repository names is run', async () => {
  const cwd = makeRepository({ 'a.py': '' });
  git(cwd, 'config', 'core.fsmonitor', 'touch ran; false');
  const args = ['ls-files', '--others', '-z'];
  const result = await runGit(args, { cwd });
  expect(result.ok && splitNul(result.stdout)).toEqual([]);
  expect(git(cwd, ...args)).toBe('ran\0');
});

test.each([
  [{}, 300_000],
  [{ SEMGREP_GIT_COMMAND_TIMEOUT: '2' }, 2000],
  [{ SEMGREP_GIT_COMMAND_TIMEOUT: '2', LOCKSTEP_GIT_COMMAND_TIMEOUT: '7' }, 7000],
  [{ SEMGREP_GIT_COMMAND_TIMEOUT: 'soon' }, 300_000],
  [{ SEMGREP_GIT_COMMAND_TIMEOUT: '-1' }, 300_000],
  [{ SEMGREP_GIT_COMMAND_TIMEOUT: '1e9' }, 2_147_483_647],
])('time limit for %j is %i ms', (env, expected) => {
  expect(gitTimeout(env)).toBe(expected);
});

function setEnv(name: string, value: string): void {
  const before = process.env[name];
  process.env[name] = value;
  onTestFinished(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
}
