import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { compareTexts } from '@lockstep/engine';
import { type GitOptions, runGit } from './git.ts';
import { type GitProblem, problemFrom } from './git-problem.ts';
import { type DiffEntry, parseRawDiff, RAW_DIFF_FLAGS } from './raw-diff.ts';
import { readBlobs } from './read-blobs.ts';
import { resolveCommit } from './revisions.ts';

export interface Baseline {
  /** As given, e.g. `origin/main`. */
  revision: string;
  /** Full hash of the commit. */
  commit: string;
  /** Absolute top folder of the working tree. */
  repositoryRoot: string;
  /** Files that differ between the commit and the index, sorted by path. */
  changes: BaselineChange[];
  /** Files of the commit that the index no longer has under any name, sorted by path. */
  removed: { path: string; oldBlob: string }[];
}

/** A file of the index that is new or differs from the baseline. Paths are relative to the repository's root. */
export interface BaselineChange {
  path: string;
  /** In the working tree. */
  absolutePath: string;
  /** Its path as of the baseline; differs after a rename, null if it is new. */
  oldPath: string | null;
  /** Hash of the old content; null if it is new. */
  oldBlob: string | null;
}

export type BaselineResult = { ok: true; baseline: Baseline } | { ok: false; problem: GitProblem };

/** `cwd` is any folder of the working tree, absolute. */
export type BaselineOptions = Pick<GitOptions, 'cwd' | 'timeoutMs'>;

/**
 * Compares the index with a revision (semantics 10 §6, last paragraph): what is committed since or staged counts;
 * unstaged edits and untracked files do not. Submodules and symbolic links are left out, as they are in a scan.
 */
export async function findBaseline(revision: string, options: BaselineOptions): Promise<BaselineResult> {
  const commit = await resolveCommit(revision, options);
  if (!commit.ok) return commit;
  const top = await runGit(['rev-parse', '--show-toplevel'], options);
  if (!top.ok) return { ok: false, problem: problemFrom(top) };
  const repositoryRoot = realpathSync(top.stdout.toString().replace(/\n$/, ''));
  const diff = ['diff-index', '--cached', ...RAW_DIFF_FLAGS, commit.hash, '--'];
  const raw = await runGit(diff, { ...options, cwd: repositoryRoot });
  if (!raw.ok) return { ok: false, problem: problemFrom(raw) };
  const entries = parseRawDiff(raw.stdout);
  const changes = entries.flatMap((entry) => toChange(entry, repositoryRoot));
  const removed = entries.flatMap(({ isFile, wasFile, oldPath, oldBlob }) =>
    wasFile && !isFile ? [{ path: oldPath, oldBlob }] : [],
  );
  return {
    ok: true,
    baseline: {
      revision,
      commit: commit.hash,
      repositoryRoot,
      changes: changes.sort(byPath),
      removed: removed.sort(byPath),
    },
  };
}

/**
 * Reads contents as of the baseline: from the object database, without a second working tree and without running
 * filters. Takes `oldBlob` hashes; a hash that is missing there (a partial clone without network) is absent from the map.
 */
export async function readOldContents(
  baseline: Baseline,
  oldBlobs: readonly string[],
  options: Pick<GitOptions, 'timeoutMs'> = {},
): Promise<{ ok: true; contents: Map<string, Uint8Array> } | { ok: false; problem: GitProblem }> {
  return readBlobs(oldBlobs, { ...options, cwd: baseline.repositoryRoot });
}

function toChange({ isFile, wasFile, oldPath, oldBlob, path }: DiffEntry, repositoryRoot: string): BaselineChange[] {
  if (!isFile) return [];
  const absolutePath = join(repositoryRoot, path);
  return [{ path, absolutePath, oldPath: wasFile ? oldPath : null, oldBlob: wasFile ? oldBlob : null }];
}

function byPath(a: { path: string }, b: { path: string }): number {
  return compareTexts(a.path, b.path);
}
