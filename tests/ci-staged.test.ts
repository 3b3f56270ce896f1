import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  addFiles,
  git,
  makeConflict,
  makeFolder,
  makeRepository,
} from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { guardrail } from './testing/ci-repository.ts';
import { lockstep, lockstepJson, outline } from './testing/lockstep.ts';
import { EVAL_RULE } from './testing/sample-rules.ts';

const STAGED = ['ci', '--staged', '--config', 'rules.yaml'];

test('what is staged counts; what was committed before, what is not staged, and the index itself do not matter', async () => {
  const cwd = makeRepository({ 'rules.yaml': EVAL_RULE, 'old.py': 'eval(old)\n', 'clean.py': 'x = 1\n' });
  addFiles(cwd, { 'old.py': 'eval(old)\neval(new)\n', 'added.py': 'eval(added)\n' });
  git(cwd, 'add', '--all');
  addFiles(cwd, { 'clean.py': 'eval(unstaged)\n', 'added.py': 'x = 1\n' });
  const before = git(cwd, 'status', '--porcelain');
  const report = await lockstepJson(STAGED, { cwd });
  expect(outline(report)).toEqual(['added.py:1 eval', 'old.py:2 eval']);
  expect(report.code).toBe(1);
  expect(git(cwd, 'status', '--porcelain')).toBe(before);
  const { stderr } = await lockstep(STAGED, { cwd });
  expect(stderr).toMatch(/What is staged introduces since [0-9a-f]{12}: 2 changed files/);
});

test('a commit with an index of its own, as git makes one for `git commit <file>`, is looked at as such', async () => {
  const cwd = makeRepository({ 'rules.yaml': EVAL_RULE, 'a.py': 'x = 1\n' });
  addFiles(cwd, { 'a.py': 'eval(a)\n', 'b.py': 'eval(b)\n' });
  git(cwd, 'add', 'b.py');
  const hook = join(cwd, '.git/hooks/pre-commit');
  const launcher = join(import.meta.dirname, '../packages/cli/bin/lockstep.js');
  writeFileSync(hook, `#!/bin/sh\nexec '${process.execPath}' '${launcher}' ${STAGED.join(' ')} --quiet\n`, {
    mode: 0o755,
  });
  expect(() => git(cwd, 'commit', '--quiet', '--message', 'partly', 'a.py')).toThrow(/a\.py:1:1/);
  expect(() => git(cwd, 'commit', '--quiet', '--message', 'partly', 'a.py')).not.toThrow(/b\.py/);
});

test('stages hold as they do in a build, and so does what counted before', async () => {
  const cwd = makeRepository({ ...guardrail('blocks'), ...guardrail('monitors', { stage: 'monitor' }) });
  addFiles(cwd, { 'a.py': 'blocks()\nmonitors()\n', ...guardrail('blocks', { stage: 'monitor' }) });
  git(cwd, 'add', '--all');
  const report = await lockstepJson(['ci', '--staged'], { cwd });
  expect(outline(report)).toEqual(['a.py:1 guardrails.blocks.blocks']);
  expect(report.code).toBe(1);
});

test('nothing staged, no commit yet, a merge in the middle, and a base besides', async () => {
  const cwd = makeRepository({ 'rules.yaml': EVAL_RULE });
  expect((await lockstep(STAGED, { cwd })).code).toBe(0);

  const unborn = makeFolder({ 'rules.yaml': EVAL_RULE });
  git(unborn, 'init', '--quiet');
  const first = await lockstep([...STAGED, '--no-suppress-errors'], { cwd: unborn });
  expect(first.code).toBe(2);
  expect(first.stderr).toContain('This repository has no commit yet');

  const merging = await lockstep([...STAGED, '--no-suppress-errors'], { cwd: makeConflict() });
  expect(merging.code).toBe(2);
  expect(merging.stderr).toContain('Resolve the conflicts that git status lists.');

  const both = await lockstep(['ci', '--staged', '--base', 'main'], { cwd });
  expect({ code: both.code, stderr: both.stderr }).toEqual({
    code: 2,
    stderr: 'error: --staged is compared with HEAD: leave out --base\n',
  });
});
