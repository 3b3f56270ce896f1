import { type GitOptions, runGit } from './git.ts';
import { type GitProblem, problemFrom } from './git-problem.ts';

export type CommitResult = { ok: true; hash: string } | { ok: false; problem: GitProblem };

type RevisionOptions = Pick<GitOptions, 'cwd' | 'timeoutMs'>;

/** The full hash of the commit that a revision (branch, tag, hash, `HEAD~2`, …) names. */
export async function resolveCommit(revision: string, options: RevisionOptions): Promise<CommitResult> {
  // A leading dash would be an option to git, and is never a revision.
  if (revision === '' || revision.startsWith('-')) return { ok: false, problem: unknownRevision(revision) };
  const result = await runGit(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], options);
  if (result.ok) return { ok: true, hash: result.stdout.toString().trim() };
  if (result.code !== 'git-failed') return { ok: false, problem: problemFrom(result) };
  return { ok: false, problem: await explainUnknown(revision, options) };
}

/** The best common ancestor of two revisions: where a branch left its target. */
export async function findMergeBase(a: string, b: string, options: RevisionOptions): Promise<CommitResult> {
  const first = await resolveCommit(a, options);
  if (!first.ok) return first;
  const second = await resolveCommit(b, options);
  if (!second.ok) return second;
  return mergeBaseOf({ name: a, hash: first.hash }, { name: b, hash: second.hash }, options);
}

/** The same, of commits whose full hashes are known; the names are for messages. */
export async function mergeBaseOf(a: NamedCommit, b: NamedCommit, options: RevisionOptions): Promise<CommitResult> {
  const result = await runGit(['merge-base', a.hash, b.hash], options);
  if (result.ok) return { ok: true, hash: result.stdout.toString().trim() };
  if (result.code !== 'git-failed') return { ok: false, problem: problemFrom(result) };
  if (await isShallow(options)) return { ok: false, problem: shallowClone(`${a.name} and ${b.name} meet`) };
  const message = `${a.name} and ${b.name} have no common ancestor`;
  return { ok: false, problem: { code: 'no-merge-base', message, remedy: 'Name a baseline of the same history.' } };
}

export interface NamedCommit {
  name: string;
  hash: string;
}

async function explainUnknown(revision: string, options: RevisionOptions): Promise<GitProblem> {
  const repository = await runGit(['rev-parse', '--is-shallow-repository'], options);
  if (!repository.ok) return problemFrom(repository);
  if (repository.stdout.toString().trim() === 'true') return shallowClone(`${revision} is found`);
  return unknownRevision(revision);
}

/** Whether the clone holds only a part of the history. */
export async function isShallow(options: RevisionOptions): Promise<boolean> {
  const result = await runGit(['rev-parse', '--is-shallow-repository'], options);
  return result.ok && result.stdout.toString().trim() === 'true';
}

function unknownRevision(revision: string): GitProblem {
  return {
    code: 'unknown-revision',
    message: `Unknown revision: ${revision}`,
    remedy: 'Name a commit, branch or tag that exists here; a remote branch may have to be fetched first.',
  };
}

function shallowClone(whatFails: string): GitProblem {
  return {
    code: 'shallow-clone',
    message: `This clone is too shallow: its history ends before ${whatFails}`,
    remedy: 'Fetch more history: git fetch --unshallow, or fetch-depth: 0 in the checkout step of your CI.',
  };
}
