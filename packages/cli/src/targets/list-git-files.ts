import { runGit, splitNul } from '../git/git.ts';

export type GitListing = { ok: true; paths: string[] } | { ok: false; message: string };

/**
 * The files git knows below a folder of a working tree, as paths relative to it: tracked ones, even if an ignore rule
 * names them, and untracked ones that no ignore rule names (semantics 10 §1). Submodules, untracked repositories and
 * tracked files that were deleted are in the list, too: whoever looks at the paths drops what is no regular file.
 */
export async function listGitFiles(folder: string): Promise<GitListing> {
  const result = await runGit(['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: folder,
    repository: 'discovered',
  });
  if (!result.ok) return { ok: false, message: result.message };
  // A file in conflict is listed once per side.
  return { ok: true, paths: [...new Set(splitNul(result.stdout))] };
}
