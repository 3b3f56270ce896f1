import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findTargets } from './find-targets.ts';
import type { TargetOptions } from './target.ts';
import { addFiles, commitAll, git, makeConflict, makeFolder, makeRepository } from './testing/temporary-folder.ts';

/** Scans and answers with one line per path: targets bare, skipped ones with the reason. */
async function outline(cwd: string, roots: string[], options: Partial<TargetOptions> = {}): Promise<string[]> {
  const report = await findTargets(roots, { cwd, ...options });
  expect(report.problems).toEqual([]);
  return [
    ...report.targets.map((target) => target.path),
    ...report.skipped.map(({ path, reason }) => `${path} ${reason}`),
  ];
}

async function problems(cwd: string, roots: string[], options: Partial<TargetOptions> = {}): Promise<string[]> {
  const report = await findTargets(roots, { cwd, ...options });
  expect(report.targets).toEqual([]);
  return report.problems.map(({ code, level, message }) => `${level} ${code}: ${message}`);
}

const oddNames = [
  'we ird.py',
  'né.py',
  'new\nline.py',
  '-dash.py',
  '--/x.py',
  'back\\slash.py',
  '"q".py',
  '*.py',
  ' lead',
  '😀/😀.py',
];

function files(...paths: string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, 'x = 1\n']));
}

test('in a git project, git says which files there are', async () => {
  const root = makeRepository({
    ...files('a.py', 'tracked-ign.py', 'gone.py', 'sub/b.py', 'tests/t.py'),
    '.gitignore': '*ign.py\nuidir/\n',
  });
  symlinkSync('a.py', join(root, 'link.py'));
  symlinkSync('sub', join(root, 'linked-folder'));
  commitAll(root, 'links');
  git(root, 'submodule', '--quiet', 'add', makeRepository(files('o.py')), 'mod');
  rmSync(join(root, 'gone.py'));
  addFiles(root, files('u.py', 'uign.py', 'uidir/q.py', 'tests/u.py', 'nested/n.py'));
  git(join(root, 'nested'), 'init', '--quiet');

  expect(await outline(root, [])).toEqual([
    '.gitignore',
    '.gitmodules',
    'a.py',
    'sub/b.py',
    'tracked-ign.py',
    'u.py',
    'tests/t.py semgrepignore_patterns_match',
    'tests/u.py semgrepignore_patterns_match',
  ]);
  expect(await outline(root, ['uidir', 'tests'])).toEqual([
    'tests/t.py semgrepignore_patterns_match',
    'tests/u.py semgrepignore_patterns_match',
  ]);
  expect(await outline(root, ['mod'])).toEqual(['mod/o.py']);
  expect(await outline(root, ['.'], { useGitIgnore: false })).toEqual([
    '.gitignore',
    '.gitmodules',
    'a.py',
    'mod/o.py',
    'nested/n.py',
    'sub/b.py',
    'tracked-ign.py',
    'u.py',
    'uidir/q.py',
    'uign.py',
    'mod/.git semgrepignore_patterns_match',
    'tests semgrepignore_patterns_match',
  ]);
});

test('a conflict lists a file once', async () => {
  const root = makeConflict();
  expect(await outline(root, [])).toEqual(['a.py']);
});

test('a hook’s GIT_DIR and GIT_INDEX_FILE do not redirect the listing', async () => {
  const root = makeRepository(files('a.py', 'sub/b.py'));
  for (const [name, value] of Object.entries({ GIT_DIR: '/nonexistent', GIT_INDEX_FILE: '.git/index' })) {
    process.env[name] = value;
    onTestFinished(() => {
      delete process.env[name];
    });
  }
  expect(await outline(root, ['sub'])).toEqual(['sub/b.py']);
});

test('the folder is walked where git fails, with a warning', async () => {
  const root = makeFolder({
    ...files('a.py', 'ign.py', 'node_modules/m/i.js'),
    '.gitignore': 'ign.py',
    '.git': 'gitdir: /nonexistent',
  });
  const report = await findTargets([], { cwd: root });
  expect(report.targets.map((target) => target.path)).toEqual(['.gitignore', 'a.py', 'ign.py']);
  expect(report.problems).toMatchObject([{ code: 'git-listing-failed', level: 'warning', subject: '.' }]);
});

test('without version control the tree is walked: no links, no devices, no .git', async () => {
  const root = makeFolder({
    ...files('a.py', '.h/b.py', 'd/c.py', 'd/.git/config', 'ign.py'),
    '.gitignore': 'ign.py',
    '.semgrepignore': '',
  });
  symlinkSync('a.py', join(root, 'link.py'));
  symlinkSync('..', join(root, 'd/loop'));
  symlinkSync('nowhere', join(root, 'broken'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
  expect(await outline(root, [])).toEqual(['.gitignore', '.h/b.py', '.semgrepignore', 'a.py', 'd/c.py', 'ign.py']);
});

test('odd names work in both ways of listing', async () => {
  const expected = [...oddNames].sort();
  expect(await outline(makeFolder(files(...oddNames)), [])).toEqual(expected);
  expect(await outline(makeRepository(files(...oddNames)), [])).toEqual(expected);
  const root = makeRepository(files(...oddNames));
  expect(await outline(root, ['./-dash.py', '--', 'new\nline.py', '*.py'])).toEqual([
    '*.py',
    '--/x.py',
    '-dash.py',
    'new\nline.py',
  ]);
});

test('a name that is not UTF-8 is a problem, not a silence', async () => {
  const root = makeFolder(files('a.py'));
  execFileSync('sh', ['-c', 'touch "$(printf "b\\377.py")"'], { cwd: root });
  const report = await findTargets([], { cwd: root });
  expect(report.targets.map((target) => target.path)).toEqual(['a.py']);
  expect(report.skipped).toEqual([{ path: 'b\uFFFD.py', reason: 'Nonexistent_file' }]);
  expect(report.problems).toMatchObject([{ code: 'undecodable-name', level: 'warning' }]);
});

test('paths keep the spelling of their root; equal spellings are one target', async () => {
  const root = makeRepository(files('s/a.py', 's/t/b.py'));
  expect(await outline(root, ['./s/', 's', './/s//t/../a.py', 's/../s/t', `${root}/s/t`])).toEqual([
    `${root}/s/t/b.py`,
    's/../s/t/b.py',
    's/a.py',
    's/t/../a.py',
    's/t/b.py',
  ]);
  expect(await outline(join(root, 's/t'), ['..', '../../s/t'])).toEqual(['../../s/t/b.py', '../a.py', '../t/b.py']);
});

test('a target knows its paths, and what a rule’s paths see', async () => {
  const root = makeRepository(files('s/a.py', 's/t/b.py'));
  chmodSync(join(root, 's/t/b.py'), 0o755);
  const { targets } = await findTargets(['../s/a.py', 't', `${root}/s/t/b.py`], { cwd: join(root, 's') });
  const common = { anyLanguage: false, sizeBytes: 6 };
  expect(targets).toEqual([
    {
      ...common,
      path: '../s/a.py',
      absolutePath: `${root}/s/a.py`,
      projectRelativePath: 's/a.py',
      rulePath: 's/a.py',
      explicit: true,
      executable: false,
    },
    {
      ...common,
      path: `${root}/s/t/b.py`,
      absolutePath: `${root}/s/t/b.py`,
      projectRelativePath: 's/t/b.py',
      rulePath: `${root}/s/t/b.py`.slice(1),
      explicit: true,
      executable: true,
    },
    {
      ...common,
      path: 't/b.py',
      absolutePath: `${root}/s/t/b.py`,
      projectRelativePath: 's/t/b.py',
      rulePath: 's/t/b.py',
      explicit: false,
      executable: true,
    },
  ]);
});

test('ignore files count from the project root, wherever the scan starts', async () => {
  const tree = { '.semgrepignore': 'sub/x.py\n*.js', ...files('sub/x.py', 'sub/y.py', 'sub/z.js') };
  const ofProject = ['sub/y.py', 'sub/x.py semgrepignore_patterns_match', 'sub/z.js semgrepignore_patterns_match'];
  expect(await outline(makeRepository(tree), ['sub'])).toEqual(ofProject);
  expect(await outline(makeFolder({ ...tree, '.hg/store': '' }), ['sub'])).toEqual(ofProject);
  expect(await outline(makeFolder(tree), ['sub'])).toEqual(['sub/x.py', 'sub/y.py', 'sub/z.js']);
  expect(await outline(makeFolder(tree), ['sub'], { projectRoot: '.' })).toEqual(ofProject);
  expect(await outline(makeRepository(tree), ['sub'], { noVersionControl: true })).toEqual([
    'sub/x.py',
    'sub/y.py',
    'sub/z.js',
  ]);
});

test('a root below a linked folder is fine, and belongs to the project it really lies in', async () => {
  const root = makeRepository({ '.semgrepignore': 'b.py', ...files('real/a.py', 'real/b.py', 'real/d/b.py') });
  symlinkSync('real', join(root, 'link'));
  expect(await outline(root, ['link/d', 'link/a.py'])).toEqual([
    'link/a.py',
    'link/d/b.py semgrepignore_patterns_match',
  ]);
});

test('explicit files pass every filter, unless excludes are forced', async () => {
  const root = makeRepository({
    ...files('tests/t.py', 'a.py', 'b.js'),
    'big.py': 'x'.repeat(2000),
    'p.png': '\x89PNG\r\n\x1a\n',
  });
  const roots = ['tests/t.py', 'a.py', 'big.py', 'b.js', 'p.png'];
  const options = { exclude: ['a.py'], include: ['*.js'], maxTargetBytes: 1000, excludeMinifiedFiles: true };
  expect(await outline(root, roots, options)).toEqual(['a.py', 'b.js', 'big.py', 'p.png', 'tests/t.py']);
  expect(await outline(root, roots, { ...options, forceExclude: true })).toEqual([
    'b.js',
    'big.py',
    'p.png',
    'a.py cli_exclude_flags_match',
    'tests/t.py semgrepignore_patterns_match',
  ]);
});

test('a file named and found is one explicit target', async () => {
  const root = makeFolder(files('a.py', 'tests/t.py'));
  for (const roots of [
    ['.', 'tests/t.py', 'a.py'],
    ['tests/t.py', 'a.py', '.'],
  ]) {
    const { targets, skipped } = await findTargets(roots, { cwd: root });
    expect(targets.map(({ path, explicit }) => [path, explicit])).toEqual([
      ['a.py', true],
      ['tests/t.py', true],
    ]);
    expect(skipped).toEqual([{ path: 'tests', reason: 'semgrepignore_patterns_match' }]);
  }
});

test('size, minified and binary files', async () => {
  const png = Buffer.from('89504e470d0a1a0a00', 'hex');
  const root = makeFolder({
    'at-limit.py': 'x'.repeat(5000),
    'over.py': 'x'.repeat(5001),
    'empty.py': '',
    'min.js': 'var a=1;'.repeat(300),
    'ok.js': 'var a = 1;\n'.repeat(300),
    'x.png': png,
    noext: png,
    'png.py': png,
    'text.png': 'hello',
  });
  expect(await outline(root, [], { maxTargetBytes: 5000, excludeMinifiedFiles: true })).toEqual([
    'empty.py',
    'ok.js',
    'png.py',
    'text.png',
    'at-limit.py minified',
    'min.js minified',
    'noext binary',
    'over.py exceeded_size_limit',
    'x.png binary',
  ]);
  const everything = { maxTargetBytes: 0, excludeBinaryFiles: false };
  expect(await outline(root, [], everything)).toHaveLength(9);
});

test('what may not be read is skipped with a reason', async () => {
  const root = makeFolder(files('a.py', 'secret.py', 'd/b.py'));
  chmodSync(root, 0o755);
  chmodSync(join(root, 'secret.py'), 0o000);
  chmodSync(join(root, 'd'), 0o000);
  onTestFinished(() => chmodSync(join(root, 'd'), 0o700));
  becomeOrdinaryUser();
  const report = await findTargets([], { cwd: root });
  expect(report.targets.map((target) => target.path)).toEqual(['a.py']);
  expect(report.skipped).toEqual([
    { path: 'd', reason: 'insufficient_permissions' },
    { path: 'secret.py', reason: 'insufficient_permissions' },
  ]);
  expect(report.problems).toMatchObject([{ code: 'unreadable-folder', subject: 'd' }]);
});

test('standard input and pipes become temporary files that any rule may look at', async () => {
  const root = makeFolder(files('a.py'));
  const readStandardInput = async () => Buffer.from('from stdin');
  execFileSync('mkfifo', [join(root, 'pipe')]);
  const writer = execFileAsync('sh', ['-c', 'echo from pipe > pipe'], root);
  const report = await findTargets(['-', 'pipe', 'a.py'], { cwd: root, readStandardInput });
  await writer;
  onTestFinished(() => rmSync(report.temporaryFolder!, { recursive: true }));
  expect(
    report.targets.map(({ path, absolutePath, explicit, anyLanguage }) => [
      path,
      readFileSync(absolutePath, 'utf8'),
      explicit,
      anyLanguage,
    ]),
  ).toEqual([
    ['-', 'from stdin', true, true],
    ['a.py', 'x = 1\n', true, false],
    ['pipe', 'from pipe\n', true, true],
  ]);
});

test('bad roots and patterns are fatal, and all of them are named', async () => {
  const root = makeFolder(files('a.py', 'd/b.py'));
  symlinkSync('a.py', join(root, 'l.py'));
  symlinkSync('d', join(root, 'ld'));
  mkdirSync(join(root, 'other'));
  expect(await problems(root, ['nope', '', 'l.py', 'ld/', './ld/.', 'a.py', 'a.py/x'])).toEqual([
    'fatal invalid-root: Invalid scanning root: nope',
    'fatal invalid-root: Invalid scanning root: ',
    'fatal symlink-root: Invalid scanning root: l.py is a symbolic link.',
    'fatal symlink-root: Invalid scanning root: ld is a symbolic link.',
    'fatal symlink-root: Invalid scanning root: ld is a symbolic link.',
    'fatal invalid-root: Invalid scanning root: a.py/x',
  ]);
  expect(await problems(root, ['.'], { include: ['ok', '!a.py', '[a'], exclude: ['b['] })).toEqual([
    'fatal bad-pattern: Invalid --include pattern !a.py: it starts with !',
    'fatal bad-pattern: Invalid --include pattern [a: the [ is never closed',
    'fatal bad-pattern: Invalid --exclude pattern b[: the [ is never closed',
  ]);
  expect(await problems(root, ['d', 'a.py'], { projectRoot: 'other' })).toEqual([
    `fatal outside-project-root: Invalid scanning root: d is not inside the project root ${root}/other`,
  ]);
  expect(await problems(root, ['d'], { projectRoot: 'nope' })).toEqual([
    'fatal invalid-root: Invalid scanning root: nope',
  ]);
});

test('devices are no targets and no errors', async () => {
  expect(await outline(makeFolder(), ['/dev/null'])).toEqual([]);
});

test('the same tree gives the same report', async () => {
  const root = makeRepository({
    '.semgrepignore': '*.js',
    ...files(...oddNames, 'B/a.py', 'a/B.py', 'a/b.js', 'a.py'),
  });
  const reports = await Promise.all([1, 2, 3].map(() => findTargets(['a', '.', 'B'], { cwd: root })));
  expect(reports[1]).toEqual(reports[0]);
  expect(reports[2]).toEqual(reports[0]);
  const walked = await findTargets(['a', '.', 'B'], { cwd: root, useGitIgnore: false });
  expect(walked.targets).toEqual(reports[0]!.targets);
});

/** File modes do not stop root. */
function becomeOrdinaryUser(): void {
  if (process.getuid?.() !== 0) return;
  process.seteuid!(65534);
  onTestFinished(() => process.seteuid!(0));
}

function execFileAsync(command: string, args: string[], cwd: string): Promise<void> {
  return import('node:child_process').then(
    ({ execFile }) =>
      new Promise((done, fail) => execFile(command, args, { cwd }, (error) => (error ? fail(error) : done()))),
  );
}
