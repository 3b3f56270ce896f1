import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Rule } from '@lockstep/engine';
import type { GitProblem } from '../../git/git-problem.ts';
import type { DiffEntry } from '../../git/raw-diff.ts';
import { readBlobSizes } from '../../git/read-blobs.ts';
import { type TreeEntry, type Written, writeFiles } from '../../git/tree-files.ts';
import { findTargets } from '../../targets/find-targets.ts';
import type { TargetReport } from '../../targets/target.ts';
import { takesAnyFile } from '../scan/plan-scan.ts';
import type { ScanSettings } from '../scan/settings.ts';
import type { Change } from './find-change.ts';
import { isAtOrBelow } from './policy-tree.ts';

export interface ChangeTargetOptions {
  change: Change;
  rules: readonly Rule[];
  targets: ScanSettings['targets'];
  /** Only what lies below, from the repository's root; empty: everything. */
  subdir: string;
  /** As the policy has them; null: as they are. */
  ignoreFiles: readonly TreeEntry[] | null;
  /** A folder that nobody else can write to. */
  workspace: string;
}

export type ChangeTargetResult = { ok: true; report: TargetReport } | { ok: false; problem: GitProblem };

/**
 * The files to scan, by their paths in the repository. Those of a change are written from the object database into a folder
 * of their own: what is scanned is then what was committed, links lead nowhere, and a repository of any size costs what
 * the change costs.
 */
export async function findChangeTargets(options: ChangeTargetOptions): Promise<ChangeTargetResult> {
  const { change, rules, subdir, workspace } = options;
  const excludeBinaryFiles = options.targets.excludeBinaryFiles && takesAnyFile(rules);
  const settings = { ...options.targets, excludeBinaryFiles };
  if (change.base === null) {
    const report = await findTargets([subdir || '.'], { ...settings, cwd: change.repositoryRoot });
    return { ok: true, report };
  }
  const folder = join(workspace, 'files');
  mkdirSync(folder, { mode: 0o700 });
  const changed = changedFiles(change.base.entries, subdir);
  const sizes = await readBlobSizes(
    changed.map(({ blob }) => blob),
    { cwd: change.repositoryRoot },
  );
  if (!sizes.ok) return sizes;
  const { maxTargetBytes } = settings;
  // Films and archives are not even read.
  const isTooLarge = ({ blob }: Written) => maxTargetBytes > 0 && (sizes.sizes.get(blob) ?? 0) > maxTargetBytes;
  const files = changed.filter((file) => !isTooLarge(file));
  const isPolicy = ({ path }: Written) =>
    options.ignoreFiles !== null && settings.ignoreFileNames.includes(basename(path));
  const written = await writeFiles(
    [...files.filter((file) => !isPolicy(file)), ...(options.ignoreFiles ?? [])],
    folder,
    {
      cwd: change.repositoryRoot,
    },
  );
  if (!written.ok) return written;
  const found = await findTargets(['.'], {
    ...settings,
    cwd: folder,
    projectRoot: folder,
    noVersionControl: true,
    useGitIgnore: false,
  });
  const own = new Set(files.map(({ path }) => path));
  const missing = written.missing.map((path) => ({ path, reason: 'Nonexistent_file' as const }));
  const large = changed.filter(isTooLarge).map(({ path }) => ({ path, reason: 'exceeded_size_limit' as const }));
  return {
    ok: true,
    report: {
      ...found,
      targets: found.targets.filter(({ path }) => own.has(path)),
      skipped: [...found.skipped.filter(({ path }) => own.has(path)), ...missing, ...large],
    },
  };
}

/** What is new or has other content; a file that was only moved holds nothing new. */
function changedFiles(entries: readonly DiffEntry[], subdir: string): Written[] {
  return entries
    .filter(({ isFile, newBlob, oldBlob, path }) => isFile && newBlob !== oldBlob && isAtOrBelow(path, subdir))
    .map(({ path, newBlob, isExecutable }) => ({ path, blob: newBlob, isExecutable }));
}
