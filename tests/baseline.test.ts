import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitAll, git, makeRepository } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { lockstep, lockstepJson, outline } from './testing/lockstep.ts';
import { EVAL_RULE } from './testing/sample-rules.ts';

/** A repository whose first commit has findings. */
function oldRepository(): string {
  return makeRepository({
    'rules.yaml': EVAL_RULE,
    'same.py': 'eval(same)\n',
    'changed.py': 'eval(old)\n',
    'moved.py': `eval(moved)\n${'x = 1\n'.repeat(20)}`,
  });
}

async function newFindings(cwd: string, ...args: string[]): Promise<string[]> {
  return outline(await lockstepJson(['--config', 'rules.yaml', '--baseline-commit', 'main', ...args, '.'], { cwd }));
}

test('only what is new since the baseline is reported', async () => {
  const cwd = oldRepository();
  git(cwd, 'checkout', '--quiet', '-b', 'feature');
  writeFileSync(join(cwd, 'changed.py'), 'x = 1\n\neval(old)\neval(new)\neval(old)\n');
  renameSync(join(cwd, 'moved.py'), join(cwd, 'renamed.py'));
  writeFileSync(join(cwd, 'added.py'), 'eval(added)\n');
  commitAll(cwd, 'second');
  const expected = ['added.py:1 eval', 'changed.py:4 eval', 'changed.py:5 eval'];
  expect(await newFindings(cwd)).toEqual(expected);
  expect(await newFindings(cwd, '-j', '1', '--include', 'changed.py')).toEqual(expected.slice(1));
  const { code } = await lockstep(['--config', 'rules.yaml', '--error', 'same.py'], {
    cwd,
    env: { SEMGREP_BASELINE_COMMIT: 'main' },
  });
  expect(code).toBe(0);
});

test('what is staged counts, what is not does not', async () => {
  const cwd = oldRepository();
  writeFileSync(join(cwd, 'staged.py'), 'eval(staged)\n');
  git(cwd, 'add', 'staged.py');
  writeFileSync(join(cwd, 'same.py'), 'eval(same)\neval(unstaged)\n');
  writeFileSync(join(cwd, 'untracked.py'), 'eval(untracked)\n');
  expect(await newFindings(cwd)).toEqual(['staged.py:1 eval']);
});

test('nothing has changed', async () => {
  const cwd = oldRepository();
  const { code, stdout, stderr } = await lockstep(
    ['--config', 'rules.yaml', '--baseline-commit', 'HEAD', '--error', '.'],
    { cwd },
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toContain('0 files scanned');
});

test('a revision that does not exist', async () => {
  const { code, stderr } = await lockstep(['--config', 'rules.yaml', '--baseline-commit', 'nowhere', '.'], {
    cwd: oldRepository(),
  });
  expect(code).toBe(2);
  expect(stderr).toContain('Unknown revision: nowhere');
});
