import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findRuleTests } from './find-rule-tests.ts';

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rule-tests-'));
  const files = [
    'rules/r.yaml',
    'rules/.hidden.yaml',
    'rules/.git/s.yaml',
    'tests/r.py',
    'tests/r.fixed.py',
    'tests/other.py',
    'g/guardrail.yaml',
    'g/tests/a.py',
  ];
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), '');
  }
});

afterAll(() => rm(root, { recursive: true }));

const find = async (target: string, config: string | null) => {
  const suites = await findRuleTests(join(root, target), config === null ? null : join(root, config));
  const below = (path: string | null) => path?.slice(root.length + 1) ?? null;
  return suites.map(({ config, targets }) => [
    below(config),
    targets.map(({ path, fixed }) => [below(path), below(fixed)]),
  ]);
};

test.each([
  ['tests', 'rules', [['rules/r.yaml', [['tests/r.py', 'tests/r.fixed.py']]]]],
  ['tests/', 'rules/r.yaml', [['rules/r.yaml', [['tests/r.py', 'tests/r.fixed.py']]]]],
  ['tests/r.py', 'rules', [['rules/r.yaml', [['tests/r.py', 'tests/r.fixed.py']]]]],
  ['tests/other.py', 'rules', [['rules/r.yaml', []]]],
  ['tests/other.py', 'rules/r.yaml', [['rules/r.yaml', [['tests/other.py', null]]]]],
  ['g', null, [['g', [['g/tests/a.py', null]]]]],
  ['g/../g/.', null, [['g', [['g/tests/a.py', null]]]]],
])('%s with %s', async (target, config, expected) => {
  expect(await find(target, config)).toEqual(expected);
});

test('a target alone is refused', async () => {
  await expect(find('tests/r.py', null)).rejects.toThrow('--config');
});

test('so is a path that does not exist', async () => {
  await expect(find('nowhere', null)).rejects.toThrow('ENOENT');
});
