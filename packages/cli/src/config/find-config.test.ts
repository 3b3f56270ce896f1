import { execFile, execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '../targets/testing/temporary-folder.ts';
import { type Config, configValues, findConfig } from './find-config.ts';

/** Finds, and answers with one line per file: prefix, path, and the guardrail it belongs to. */
async function outline(cwd: string, values: string[], bundledGuardrails: string | null = null): Promise<string[]> {
  const config = await findConfig(values, { cwd, bundledGuardrails });
  expect(config.problems).toEqual([]);
  return describe(config);
}

function describe(config: Config): string[] {
  const rules = config.ruleFiles.map(
    ({ path, idPrefix, guardrail }) => `${idPrefix}<id> ${path}${guardrail === null ? '' : ` of ${guardrail}`}`,
  );
  return [
    ...rules,
    ...config.guardrails.map(
      ({ path, folder, bundled }) => `guardrail ${path} in ${folder}${bundled ? ' (bundled)' : ''}`,
    ),
  ];
}

async function problems(cwd: string, values: string[], bundledGuardrails: string | null = null): Promise<string[]> {
  const config = await findConfig(values, { cwd, bundledGuardrails });
  return config.problems.map(({ code, level, message, remedy }) => `${level} ${code}: ${message}. ${remedy}`);
}

function files(...paths: string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, `content of ${path}`]));
}

test('a folder is read recursively, hidden parts included, tests and fixes left out', async () => {
  const root = makeFolder(
    files(
      'cfg/a.yml',
      'cfg/sub/b.yaml',
      'cfg/.hid/c.yml',
      'cfg/.hidf.yml',
      'cfg/k.foo.yml',
      'cfg/m.test.foo.yml',
      'cfg/fixed.yml',
      'cfg/test.yml',
      'cfg/tests/l.yml',
      'cfg/z.fixed.d/n.yml',
      'cfg/no.test.yml',
      'cfg/no.fixed.yml',
      'cfg/no.fixed.test.yaml',
      'cfg/no.YML',
      'cfg/no.json',
      'cfg/no.fixed',
      'cfg/lockstep.yaml',
      'other/real.yml',
    ),
  );
  symlinkSync('../other/real.yml', join(root, 'cfg/link.yml'));
  symlinkSync('../other', join(root, 'cfg/linked-folder'));
  symlinkSync('nowhere.yml', join(root, 'cfg/broken.yml'));
  expect(await outline(root, ['cfg'])).toEqual([
    'cfg..hid.<id> cfg/.hid/c.yml',
    'cfg.<id> cfg/.hidf.yml',
    'cfg.<id> cfg/a.yml',
    'cfg.<id> cfg/fixed.yml',
    'cfg.<id> cfg/k.foo.yml',
    'cfg.<id> cfg/link.yml',
    'cfg.<id> cfg/m.test.foo.yml',
    'cfg.sub.<id> cfg/sub/b.yaml',
    'cfg.<id> cfg/test.yml',
    'cfg.tests.<id> cfg/tests/l.yml',
    'cfg.z.fixed.d.<id> cfg/z.fixed.d/n.yml',
  ]);
});

test('a file is read whatever its name, a linked folder if named itself', async () => {
  const root = makeFolder(files('x/q.txt', 'x/noext', 'x/x.test.yaml', 'real/r.yml'));
  symlinkSync('real', join(root, 'link'));
  expect(await outline(root, ['x/q.txt', './x/noext', 'x/x.test.yaml', 'link', 'link/r.yml'])).toEqual([
    'x.<id> x/q.txt',
    'x.<id> x/noext',
    'x.<id> x/x.test.yaml',
    'link.<id> link/r.yml',
  ]);
});

test('two spellings of a file are one, two prefixes are two', async () => {
  const root = makeFolder(files('cfg/a.yml'));
  expect(await outline(root, ['cfg', './cfg/', 'cfg/a.yml', join(root, 'cfg'), 'cfg/../cfg'])).toEqual([
    'cfg.<id> cfg/a.yml',
    'cfg....cfg.<id> cfg/../cfg/a.yml',
  ]);
  expect(await outline(join(root, 'cfg'), ['.', '../cfg/a.yml'])).toEqual(['<id> a.yml', 'cfg.<id> ../cfg/a.yml']);
});

test('texts are read, odd names and all', async () => {
  const names = ['we ird.yml', 'né.yml', 'new\nline.yml', '-dash.yml', '*.yml', '😀.yaml'];
  const { ruleFiles } = await findConfig(['.'], { cwd: makeFolder(files(...names)), bundledGuardrails: null });
  expect(ruleFiles.map(({ path, text }) => [path, text])).toEqual(
    [...names].sort().map((name) => [name, `content of ${name}`]),
  );
});

test('a pipe can be a config', async () => {
  const root = makeFolder();
  execFileSync('mkfifo', [join(root, 'pipe')]);
  execFile('sh', ['-c', 'echo rules > pipe'], { cwd: root });
  const { ruleFiles } = await findConfig(['pipe'], { cwd: root, bundledGuardrails: null });
  expect(ruleFiles).toMatchObject([{ path: 'pipe', text: 'rules\n' }]);
});

test('a guardrail folder: its manifest and tests are no rule files', async () => {
  const root = makeFolder(
    files(
      'guardrails/columns/guardrail.yaml',
      'guardrails/columns/rules.yaml',
      'guardrails/columns/more/extra.yml',
      'guardrails/columns/tests/rules.yaml',
      'guardrails/columns/lesson.md',
      'guardrails/only-manifest/guardrail.yml',
      'guardrails/plain/tests/rule.yaml',
    ),
  );
  const columns = [
    'guardrails.columns.more.<id> guardrails/columns/more/extra.yml of guardrails/columns',
    'guardrails.columns.<id> guardrails/columns/rules.yaml of guardrails/columns',
  ];
  const manifest = 'guardrail guardrails/columns/guardrail.yaml in guardrails/columns';
  expect(await outline(root, ['guardrails'])).toEqual([
    ...columns,
    'guardrails.plain.tests.<id> guardrails/plain/tests/rule.yaml',
    manifest,
    'guardrail guardrails/only-manifest/guardrail.yml in guardrails/only-manifest',
  ]);
  expect(await outline(root, ['guardrails/columns/'])).toEqual([...columns, manifest]);
  expect(await outline(root, ['guardrails/columns/guardrail.yaml'])).toEqual([...columns, manifest]);
  expect(await outline(join(root, 'guardrails/only-manifest'), ['guardrail.yml'])).toEqual([
    'guardrail guardrail.yml in ',
  ]);
});

test('bundled guardrails are named by lockstep:, wherever they are installed', async () => {
  const bundled = makeFolder(
    files('columns/guardrail.yaml', 'columns/rules.yaml', 'xss/guardrail.yaml', 'xss/rules.yaml', 'notes/x.md'),
  );
  const cwd = makeFolder();
  const columns = '<id> lockstep:columns/rules.yaml of lockstep:columns';
  expect(await outline(cwd, ['lockstep:columns'], bundled)).toEqual([
    columns,
    'guardrail lockstep:columns/guardrail.yaml in lockstep:columns (bundled)',
  ]);
  expect(await outline(cwd, ['lockstep:default', 'lockstep:xss'], bundled)).toEqual([
    columns,
    '<id> lockstep:xss/rules.yaml of lockstep:xss',
    'guardrail lockstep:columns/guardrail.yaml in lockstep:columns (bundled)',
    'guardrail lockstep:xss/guardrail.yaml in lockstep:xss (bundled)',
  ]);
  expect(await problems(cwd, ['lockstep:nope', 'lockstep:../columns', 'lockstep:'], bundled)).toEqual([
    'fatal unknown-guardrail: lockstep:nope cannot be used: there is no such guardrail. Known: default, columns, xss.',
    'fatal unknown-guardrail: lockstep:../columns cannot be used: there is no such guardrail. Known: default, columns, xss.',
    'fatal unknown-guardrail: lockstep: cannot be used: there is no such guardrail. Known: default, columns, xss.',
  ]);
  expect(await problems(cwd, ['lockstep:default'])).toEqual([
    'fatal unknown-guardrail: lockstep:default cannot be used: this build comes without guardrails. Pass the path of a rule file or folder.',
  ]);
});

test.each([
  ['auto', "Semgrep's automatic configuration"],
  ['p/python', 'a registry name'],
  ['r/x.y', 'a registry name'],
  ['s/me:rule', 'a registry name'],
  ['https://semgrep.dev/p/ci', 'a URL'],
  ['git+ssh://host/x', 'a URL'],
])('%s is never fetched', async (value, what) => {
  const root = makeFolder(files('p/python/a.yml', 'auto/a.yml'));
  const [problem, ...others] = (await findConfig([value], { cwd: root, bundledGuardrails: null })).problems;
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: 'config-remote', level: 'fatal', subject: value });
  expect(problem?.message).toBe(`${value} is ${what}, and Lockstep works offline by design: nothing is fetched`);
});

test('a local folder with a registry’s name is reached by ./', async () => {
  const root = makeFolder(files('p/python/a.yml'));
  expect(await outline(root, ['./p/python'])).toEqual(['p.python.<id> p/python/a.yml']);
  expect((await problems(root, ['p/python']))[0]).toContain('A local path of that name is spelled ./p/python.');
});

test('missing and empty values', async () => {
  const root = makeFolder(files('empty/x.txt', 'cfg/a.yml'));
  const remedy =
    'Pass a rule file or a folder of them, or lockstep:default for the guardrails that come with Lockstep.';
  expect(await problems(root, ['nope', '', 'cfg/*.yml', 'cfg', '-'])).toEqual([
    `fatal config-not-found: unable to find a config; path \`nope\` does not exist. ${remedy}`,
    `fatal config-not-found: A --config value is empty. ${remedy}`,
    `fatal config-not-found: unable to find a config; path \`cfg/*.yml\` does not exist. ${remedy}`,
    `fatal config-not-found: unable to find a config; path \`-\` does not exist. ${remedy}`,
  ]);
  const nothing =
    'config-empty: empty holds no rule files. Rule files end in .yml or .yaml; *.test.yaml and *.fixed.* are not read.';
  expect(await problems(root, ['empty', 'cfg'])).toEqual([`warning ${nothing}`]);
  expect(await problems(root, ['empty'])).toEqual([`fatal ${nothing}`]);
});

test('the home folder can be written ~', async () => {
  expect(await problems('/', ['~/no-such-rules.yml'])).toHaveLength(1);
  const home = process.env['HOME'];
  const root = makeFolder(files('cfg/a.yml'));
  process.env['HOME'] = root;
  onTestFinished(() => {
    process.env['HOME'] = home;
  });
  expect(homedir()).toBe(root);
  expect(await outline(root, ['~/cfg'])).toEqual([`cfg.<id> ${root}/cfg/a.yml`]);
});

test.each<[string[], NodeJS.ProcessEnv, string[]]>([
  [['a'], { SEMGREP_RULES: 'b' }, ['a']],
  [[], { SEMGREP_RULES: ' b  ./c ' }, ['b', './c']],
  [[], { SEMGREP_RULES: 'b', LOCKSTEP_RULES: 'd' }, ['d']],
  [[], { SEMGREP_RULES: '' }, []],
  [[], {}, []],
])('%j with %j → %j', (given, env, expected) => {
  expect(configValues(given, env)).toEqual(expected);
});
