import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { lockstep, lockstepJson } from './testing/lockstep.ts';
import { pythonRule, ruleFile } from './testing/sample-rules.ts';

const RULES = ruleFile(pythonRule('eval', 'eval($X)', ['fix: literal_eval($X)']));
const CODE = '# é\r\neval(eval(a))\r\n\teval(b)  # nosem\r\neval(c)\r\n';
const FIXED = '# é\r\nliteral_eval(eval(a))\r\n\teval(b)  # nosem\r\nliteral_eval(c)\r\n';

function project() {
  const cwd = makeFolder({ 'rules.yaml': RULES, 'a.py': CODE, 'latin.py': Buffer.from('eval("é")\n', 'latin1') });
  return { cwd, read: (name: string) => readFileSync(join(cwd, name)).toString('latin1') };
}

test('--autofix changes the files and says so', async () => {
  const { cwd } = project();
  const { code, stderr } = await lockstep(['--config', 'rules.yaml', '--autofix', '.'], { cwd });
  expect(code).toBe(0);
  expect(readFileSync(join(cwd, 'a.py'), 'utf8')).toBe(FIXED);
  expect(stderr.split('\n\n').at(-1)).toMatchInlineSnapshot(`
    "fixed 2 findings in 1 file
    1 more overlap with these: run again to apply them
    latin.py was not fixed: it is not valid UTF-8
    "
  `);
});

test('bytes that are not UTF-8 are never rewritten', async () => {
  const { cwd, read } = project();
  const before = read('latin.py');
  await lockstep(['--config', 'rules.yaml', '--autofix', '.'], { cwd });
  expect(read('latin.py')).toBe(before);
});

test('--dryrun changes nothing and shows what would be', async () => {
  const { cwd } = project();
  const { mtimeMs } = statSync(join(cwd, 'a.py'));
  const { results } = await lockstepJson(['--config', 'rules.yaml', '--autofix', '--dryrun', 'a.py'], { cwd });
  expect(results.map(({ extra }) => [extra['fix'], extra['fixed_lines']])).toMatchInlineSnapshot(`
    [
      [
        "literal_eval(eval(a))",
        [
          "literal_eval(eval(a))",
        ],
      ],
      [
        "literal_eval(a)",
        [
          "eval(literal_eval(a))",
        ],
      ],
      [
        "literal_eval(c)",
        [
          "literal_eval(c)",
        ],
      ],
    ]
  `);
  expect(readFileSync(join(cwd, 'a.py'), 'utf8')).toBe(CODE);
  expect(statSync(join(cwd, 'a.py')).mtimeMs).toBe(mtimeMs);
});

test('--replacement', async () => {
  const { cwd } = project();
  const args = ['-l', 'python', '-e', 'eval($X)', '--replacement', 'safe($X)', '--autofix', 'a.py'];
  await lockstep(args, { cwd });
  expect(readFileSync(join(cwd, 'a.py'), 'utf8')).toBe(FIXED.replaceAll('literal_eval', 'safe'));
});

test('what came through standard input is reported and not fixed', async () => {
  const { cwd } = project();
  const { code, stdout, stderr } = await lockstep(['--config', 'rules.yaml', '--autofix', '-'], {
    cwd,
    input: 'eval(x)\n',
  });
  expect(code).toBe(0);
  expect(stdout).toContain('+ literal_eval(x)');
  expect(stderr).toContain('- was not fixed: it is not a file');
});
