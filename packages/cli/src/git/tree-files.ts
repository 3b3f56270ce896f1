import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type GitOptions, runGit, splitNul } from './git.ts';
import { type GitProblem, problemFrom } from './git-problem.ts';
import { isFileMode } from './raw-diff.ts';
import { readBlobs } from './read-blobs.ts';

type TreeOptions = Pick<GitOptions, 'timeoutMs'> & {
  /** Absolute top folder of the working tree. */
  cwd: string;
};

/** An entry of a commit's tree; paths are relative to its root. */
export interface TreeEntry {
  path: string;
  kind: 'file' | 'link' | 'submodule';
  blob: string;
  isExecutable: boolean;
}

export type TreeListing = { ok: true; entries: TreeEntry[] } | { ok: false; problem: GitProblem };

/** The files of a commit, all or those at or below some paths; a path that the commit does not have yields none. */
export async function listTree(commit: string, paths: readonly string[], options: TreeOptions): Promise<TreeListing> {
  const args = ['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...paths];
  const result = await runGit(['--literal-pathspecs', ...args], options);
  if (!result.ok) return { ok: false, problem: problemFrom(result) };
  return { ok: true, entries: splitNul(result.stdout).map(parseEntry) };
}

/** `<mode> <type> <hash>\t<path>` */
function parseEntry(line: string): TreeEntry {
  const tab = line.indexOf('\t');
  const [mode = '', , blob = ''] = line.slice(0, tab).split(' ');
  const kind = isFileMode(mode) ? 'file' : mode === '120000' ? 'link' : 'submodule';
  return { path: line.slice(tab + 1), kind, blob, isExecutable: mode === '100755' };
}

export type Written = Pick<TreeEntry, 'path' | 'blob' | 'isExecutable'>;

/**
 * Writes files of the object database into a folder that nobody else can write to, without filters. Only regular files
 * are ever made, so that no link leads out of it. Answers with the paths of those that could not be written: names that
 * lead elsewhere, and objects that git does not have.
 */
export async function writeFiles(
  files: readonly Written[],
  folder: string,
  options: TreeOptions,
): Promise<{ ok: true; missing: string[] } | { ok: false; problem: GitProblem }> {
  const blobs = await readBlobs(
    files.map(({ blob }) => blob),
    options,
  );
  if (!blobs.ok) return blobs;
  const missing = files.filter(({ path, blob, isExecutable }) => {
    const content = blobs.contents.get(blob);
    if (content === undefined || !isSafe(path)) return true;
    mkdirSync(join(folder, dirname(path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, path), content, { mode: isExecutable ? 0o700 : 0o600 });
    return false;
  });
  return { ok: true, missing: missing.map(({ path }) => path) };
}

/** git itself refuses such names, but not in a tree that was made by hand. */
function isSafe(path: string): boolean {
  return !path.startsWith('/') && path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
}
