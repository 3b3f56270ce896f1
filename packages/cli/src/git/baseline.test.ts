import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findTargets } from '../targets/find-targets.ts';
import {
  addFiles,
  commitAll,
  git,
  makeConflict,
  makeFolder,
  makeRepository,
} from '../targets/testing/temporary-folder.ts';
import { type Baseline, findBaseline, readOldContents } from './baseline.ts';
import { findMergeBase, resolveCommit } from './revisions.ts';

const long = (word: string) => Array.from({ length: 30 }, (_, line) => `${word} ${line}`).join('\n');

async function baselineOf(cwd: string, revision: string): Promise<Baseline> {
  const result = await findBaseline(revision, { cwd });
  if (!result.ok) throw new Error(result.problem.message);
  return result.baseline;
}

/** `new <- old` per change, with the old content. */
async function outline(cwd: string, revision: string): Promise<string[]> {
  const baseline = await baselineOf(cwd, revision);
  const old = await readOldContents(
    baseline,
    baseline.changes.flatMap(({ oldBlob }) => oldBlob ?? []),
  );
  if (!old.ok) throw new Error(old.problem.message);
  return baseline.changes.map(({ path, oldPath, oldBlob }) => {
    const content = oldBlob === null ? '' : `: ${Buffer.from(old.contents.get(oldBlob)!).toString().slice(0, 10)}`;
    return `${path} <- ${oldPath}${content}`;
  });
}

test('what is committed or staged since the revision counts; unstaged and untracked does not', async () => {
  const root = makeRepository({
    'same.py': 'same',
    'committed.py': 'v1',
    'staged.py': 'v1',
    'unstaged.py': 'v1',
    'gone.py': 'v1',
  });
  addFiles(root, { 'committed.py': 'v2', 'sub/added.py': 'new' });
  rmSync(join(root, 'gone.py'));
  commitAll(root, 'second');
  addFiles(root, { 'staged.py': 'v2', 'unstaged.py': 'v2', 'untracked.py': 'new' });
  git(root, 'add', 'staged.py');

  expect(await outline(root, 'HEAD~1')).toEqual([
    'committed.py <- committed.py: v1',
    'staged.py <- staged.py: v1',
    'sub/added.py <- null',
  ]);
  expect(await outline(join(root, 'sub'), 'HEAD')).toEqual(['staged.py <- staged.py: v1']);
  const { removed, commit, repositoryRoot } = await baselineOf(root, 'HEAD~1');
  expect(removed).toEqual([{ path: 'gone.py', oldBlob: git(root, 'rev-parse', 'HEAD~1:gone.py') }]);
  expect(commit).toBe(git(root, 'rev-parse', 'HEAD~1'));
  expect(repositoryRoot).toBe(root);
});

test('renames are followed, whatever the repository’s settings say', async () => {
  const root = makeRepository({ 'a.py': long('a'), 'b.py': long('b'), 'c.py': 'short' });
  git(root, 'config', 'diff.renames', 'false');
  git(root, 'config', 'diff.relative', 'true');
  mkdirSync(join(root, 'moved'));
  renameSync(join(root, 'a.py'), join(root, 'moved/a.py'));
  renameSync(join(root, 'b.py'), join(root, 'b2.py'));
  writeFileSync(join(root, 'b2.py'), `${long('b')}\nmore`);
  git(root, 'add', '--all');
  expect(await outline(join(root, 'moved'), 'HEAD')).toEqual([
    'b2.py <- b.py: b 0\nb 1\nb ',
    'moved/a.py <- a.py: a 0\na 1\na ',
  ]);
});

test('odd names, links, modes and submodules', async () => {
  const root = makeRepository({
    'new\nline.py': 'v1',
    ' sp ace.py': 'v1',
    '-dash': 'v1',
    'né.py': 'v1',
    'x.sh': 'v1',
    'becomes-link': 'v1',
  });
  symlinkSync('x.sh', join(root, 'becomes-file'));
  commitAll(root, 'link');
  addFiles(root, { 'new\nline.py': 'v2', ' sp ace.py': 'v2', '-dash': 'v2', 'né.py': 'v2' });
  chmodSync(join(root, 'x.sh'), 0o755);
  for (const name of ['becomes-link', 'becomes-file']) rmSync(join(root, name));
  symlinkSync('x.sh', join(root, 'becomes-link'));
  addFiles(root, { 'becomes-file': 'v2' });
  git(root, 'submodule', '--quiet', 'add', makeRepository({ 'o.py': '' }), 'mod');
  git(root, 'add', '--all');
  expect(await outline(root, 'HEAD')).toEqual([
    ' sp ace.py <-  sp ace.py: v1',
    '-dash <- -dash: v1',
    '.gitmodules <- null',
    'becomes-file <- null',
    'new\nline.py <- new\nline.py: v1',
    'né.py <- né.py: v1',
    'x.sh <- x.sh: v1',
  ]);
  expect((await baselineOf(root, 'HEAD')).removed.map(({ path }) => path)).toEqual(['becomes-link']);
});

test('a file in conflict counts as changed', async () => {
  const root = makeConflict();
  expect(await outline(root, 'main')).toEqual(['a.py <- a.py: three']);
});

test('the index of a running hook is the one that counts', async () => {
  const root = makeRepository({ 'a.py': 'v1', 'b.py': 'v1' });
  addFiles(root, { 'a.py': 'v2', 'b.py': 'v2' });
  git(root, 'add', 'a.py');
  const other = join(root, '.git/other-index');
  git(root, 'read-tree', '--index-output', other, 'HEAD');
  process.env['GIT_INDEX_FILE'] = other;
  onTestFinished(() => {
    delete process.env['GIT_INDEX_FILE'];
  });
  git(root, 'add', 'b.py');
  expect(await outline(root, 'HEAD')).toEqual(['b.py <- b.py: v1']);
});

test('changes name files as targets do', async () => {
  const root = makeRepository({ 's/a.py': 'v1', 's/b.py': 'v1' });
  addFiles(root, { 's/a.py': 'v2' });
  git(root, 'add', '--all');
  symlinkSync(join(root, 's'), join(root, 'link'));
  const baseline = await baselineOf(root, 'HEAD');
  const changed = new Set(baseline.changes.map(({ absolutePath }) => absolutePath));
  const { targets } = await findTargets(['s', 'link/a.py', 'link/b.py'], { cwd: root });
  expect(targets.filter(({ absolutePath }) => changed.has(absolutePath)).map(({ path }) => path)).toEqual([
    'link/a.py',
    's/a.py',
  ]);
});

test('old contents come back byte for byte; unknown hashes are absent', async () => {
  const bytes = Buffer.from([0, 10, 13, 255, 10]);
  const root = makeRepository({ 'bin.dat': bytes, 'empty.py': '' });
  const baseline = await baselineOf(root, 'HEAD');
  const hash = git(root, 'rev-parse', 'HEAD:bin.dat');
  const emptyHash = git(root, 'rev-parse', 'HEAD:empty.py');
  const tree = git(root, 'rev-parse', 'HEAD^{tree}');
  const old = await readOldContents(baseline, ['0'.repeat(40), tree, hash, emptyHash, hash]);
  expect(old).toEqual({
    ok: true,
    contents: new Map([
      [hash, bytes],
      [emptyHash, Buffer.alloc(0)],
    ]),
  });
  expect(await readOldContents(baseline, [])).toEqual({ ok: true, contents: new Map() });
});

test.each(['nope', 'HEAD~99', '', '--all', '-x', 'a b', 'HEAD:a.py', '$(touch x)'])(
  'revision %j is unknown',
  async (revision) => {
    const result = await findBaseline(revision, { cwd: makeRepository({ 'a.py': '' }) });
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'unknown-revision', message: `Unknown revision: ${revision}` },
    });
  },
);

test('outside a repository, and without git', async () => {
  const cwd = makeFolder();
  expect(await findBaseline('HEAD', { cwd })).toMatchObject({ ok: false, problem: { code: 'not-a-repository' } });
  const path = process.env['PATH'];
  process.env['PATH'] = '/nonexistent';
  onTestFinished(() => {
    process.env['PATH'] = path;
  });
  expect(await findBaseline('HEAD', { cwd })).toMatchObject({ ok: false, problem: { code: 'git-missing' } });
});

test('a shallow clone says so', async () => {
  const root = makeRepository({ 'a.py': '1' });
  git(root, 'checkout', '--quiet', '-b', 'topic');
  for (const content of ['2', '3']) {
    addFiles(root, { 'a.py': content });
    commitAll(root, content);
  }
  git(root, 'checkout', '--quiet', 'main');
  addFiles(root, { 'b.py': '' });
  commitAll(root, 'main moves on');
  const clone = join(makeFolder(), 'clone');
  git(root, 'clone', '--quiet', '--depth=1', '--no-single-branch', `file://${root}`, clone);
  expect(await findBaseline('HEAD~1', { cwd: clone })).toMatchObject({ ok: false, problem: { code: 'shallow-clone' } });
  expect(await findMergeBase('origin/main', 'origin/topic', { cwd: clone })).toMatchObject({
    ok: false,
    problem: { code: 'shallow-clone' },
  });
});

test('the merge base is where a branch left its target', async () => {
  const root = makeRepository({ 'a.py': '1' });
  const fork = git(root, 'rev-parse', 'HEAD');
  git(root, 'checkout', '--quiet', '-b', 'topic');
  commitAll(root, 'on topic');
  git(root, 'checkout', '--quiet', 'main');
  commitAll(root, 'on main');
  expect(await findMergeBase('main', 'topic', { cwd: root })).toEqual({ ok: true, hash: fork });
  git(root, 'checkout', '--quiet', '--orphan', 'stranger');
  commitAll(root, 'unrelated');
  expect(await findMergeBase('main', 'stranger', { cwd: root })).toMatchObject({
    ok: false,
    problem: { code: 'no-merge-base' },
  });
  expect(await findMergeBase('main', 'nope', { cwd: root })).toMatchObject({
    ok: false,
    problem: { code: 'unknown-revision' },
  });
  expect(await resolveCommit('stranger', { cwd: root })).toEqual({ ok: true, hash: git(root, 'rev-parse', 'HEAD') });
});
