import { type GitOptions, runGit } from './git.ts';

/**
 * The parents that a commit names, in order; also those that a shallow clone does not hold, which `git log` and `HEAD^`
 * act as if they did not exist. Empty for a first commit, and where the commit is missing.
 */
export async function readParents(commit: string, options: Pick<GitOptions, 'cwd' | 'timeoutMs'>): Promise<string[]> {
  const result = await runGit(['cat-file', 'commit', commit], options);
  if (!result.ok) return [];
  const [header = ''] = result.stdout.toString('latin1').split('\n\n');
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, hash = '']) => hash);
}
