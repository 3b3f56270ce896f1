import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commitAll, git, makeRepository } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { lockstep, lockstepJson, outline } from './testing/lockstep.ts';
import { EVAL_RULE, pythonRule, ruleFile } from './testing/sample-rules.ts';
import { sharedFolder } from './testing/shared-folder.ts';

const cwd = sharedFolder({
  'rules/team/rules.yaml': ruleFile(
    pythonRule('eval', 'eval($X)'),
    pythonRule('exec', 'exec($X)').replace('ERROR', 'WARNING'),
    pythonRule('in-src', 'exec($X)', ['paths: {include: [src/]}']),
    pythonRule('not-in-src', 'eval($X)', ['paths: {exclude: [src/]}']),
  ),
  'a.py': 'eval(x)\nexec(x)\n',
  'src/b.py': 'eval(x)\nexec(x)  # nosemgrep: team.exec, in-src\n',
  'src/c.txt': 'eval(x)\n',
  'tests/d.py': 'eval(x)\n',
});

const withWeakHash = sharedFolder({ 'a.py': 'import hashlib\nhashlib.md5(text)\n' });

/** What is passed, and what is found, as `path:line rule` with the common prefix of the rules cut off. */
const CASES: [args: string[], found: string[]][] = [
  [['.'], ['a.py:1 eval', 'a.py:1 not-in-src', 'a.py:2 exec', 'src/b.py:1 eval']],
  [['--include', 'src', '.'], ['src/b.py:1 eval']],
  [
    ['--exclude', 'src', '.'],
    ['a.py:1 eval', 'a.py:1 not-in-src', 'a.py:2 exec'],
  ],
  [['--exclude-rule', 'eval', '--exclude-rule=rules.team.exec', '.'], ['a.py:1 not-in-src']],
  [['--severity', 'WARNING', '.'], ['a.py:2 exec']],
  [['--severity', 'WARNING', '--severity', 'INFO', '.'], ['a.py:2 exec']],
  [
    ['--disable-nosem', '--include', 'src', '.'],
    ['src/b.py:1 eval', 'src/b.py:2 exec', 'src/b.py:2 in-src'],
  ],
  // Without version control a scan root is a project of its own: `src/` is nowhere in it.
  [['src'], ['src/b.py:1 eval', 'src/b.py:1 not-in-src']],
  [['src/c.txt'], []],
  [['--scan-unknown-extensions', 'src/c.txt'], ['src/c.txt:1 eval']],
  [['tests/d.py'], ['tests/d.py:1 eval', 'tests/d.py:1 not-in-src']],
  [
    ['--exclude', 'a.py', 'a.py'],
    ['a.py:1 eval', 'a.py:1 not-in-src', 'a.py:2 exec'],
  ],
  [['--force-exclude', '--exclude', 'a.py', 'a.py'], []],
];

test.concurrent.each(CASES)('%j', async (args, found) => {
  const report = await lockstepJson(['--config', 'rules', ...args], { cwd });
  expect(outline(report).map((line) => line.replace('rules.team.', ''))).toEqual(found);
  expect(report).toMatchObject({ code: 0, errors: [] });
});

test('rule ids keep their short form where asked', async () => {
  const report = await lockstepJson(['--config', 'rules', '--no-rewrite-rule-ids', 'a.py'], { cwd });
  expect(outline(report)).toEqual(['a.py:1 eval', 'a.py:1 not-in-src', 'a.py:2 exec']);
});

test('the environment names the rules, unless flags do', async () => {
  const env = { SEMGREP_RULES: 'nowhere.yaml', LOCKSTEP_RULES: 'rules' };
  const named = await lockstepJson(['--severity', 'WARNING', '.'], { cwd, env });
  expect(outline(named)).toEqual(['a.py:2 rules.team.exec']);
  const { code } = await lockstepJson(['.'], { cwd, env: { SEMGREP_RULES: 'nowhere.yaml' } });
  expect(code).toBe(7);
});

test('without any rules, those that come with Lockstep are used', async () => {
  const { code, stdout, stderr } = await lockstep(['scan', 'a.py'], { cwd: withWeakHash });
  expect(code).toBe(0);
  expect(stderr).toContain('using lockstep:default');
  expect(stdout).toContain('weak-hash');
});

test('a pattern on the command line', async () => {
  const { stdout, stderr } = await lockstep(['-l', 'py', '-e', 'exec($X)', '.'], { cwd });
  expect(stdout).toMatchInlineSnapshot(`
    "a.py

          a.py:2:1
          1 │ eval(x)
          2 │ exec(x)
            │ ^^^^^^^

    src/b.py

          src/b.py:2:1
          1 │ eval(x)
          2 │ exec(x)  # nosemgrep: team.exec, in-src
            │ ^^^^^^^
    "
  `);
  expect(stderr).toContain('2 findings');
});

test('standard input', async () => {
  const rules = ['--config', 'rules/team/rules.yaml', '--exclude-rule', 'not-in-src'];
  const report = await lockstepJson([...rules, '-'], { cwd, input: 'x = 1\neval(x)\n' });
  expect(outline(report)).toEqual(['-:2 rules.team.eval']);
});

test('git says which files there are', async () => {
  const repository = makeRepository({
    '.gitignore': 'ignored.py\n',
    'rules.yaml': EVAL_RULE,
    'tracked.py': 'eval(x)\n',
  });
  git(repository, 'rm', '--cached', '--quiet', 'rules.yaml');
  writeFileSync(`${repository}/ignored.py`, 'eval(x)\n');
  writeFileSync(`${repository}/untracked.py`, 'eval(x)\n');
  const found = async (...args: string[]) =>
    outline(await lockstepJson(['--config', 'rules.yaml', ...args, '.'], { cwd: repository }));
  expect(await found()).toEqual(['tracked.py:1 eval', 'untracked.py:1 eval']);
  expect(await found('--no-git-ignore')).toEqual(['ignored.py:1 eval', 'tracked.py:1 eval', 'untracked.py:1 eval']);
  commitAll(repository, 'all');
  expect(await found()).toEqual(['ignored.py:1 eval', 'tracked.py:1 eval', 'untracked.py:1 eval']);
});
