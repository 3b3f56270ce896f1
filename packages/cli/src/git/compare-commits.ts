import { compareTexts } from '@lockstep/engine';
import { type GitOptions, runGit } from './git.ts';
import { type GitProblem, problemFrom } from './git-problem.ts';
import { type DiffEntry, parseRawDiff, RAW_DIFF_FLAGS } from './raw-diff.ts';

type ChangeResult = { ok: true; entries: DiffEntry[] } | { ok: false; problem: GitProblem };

/** What differs between two commits, by path; renames are followed. The working tree and the index play no part. */
export async function compareCommits(
  base: string,
  head: string,
  options: Pick<GitOptions, 'cwd' | 'timeoutMs'>,
): Promise<ChangeResult> {
  const result = await runGit(['diff-tree', '-r', ...RAW_DIFF_FLAGS, base, head, '--'], options);
  if (!result.ok) return { ok: false, problem: problemFrom(result) };
  return { ok: true, entries: parseRawDiff(result.stdout).sort((a, b) => compareTexts(a.path, b.path)) };
}
