import { type GitOptions, type GitResult, runGit } from './git.ts';
import { isShallow, resolveCommit } from './revisions.ts';

type FetchOptions = Pick<GitOptions, 'cwd' | 'timeoutMs'>;

/** Where a commit comes from: a branch of the remote, the commit itself, or both. */
export interface WantedCommit {
  /** Full hash, or null. */
  hash: string | null;
  /** Name of a branch, without `refs/heads/`; `HEAD` for the remote's default branch; or null. */
  branch: string | null;
  /** URL of the repository that has it, where that may be another than `origin`; or null. */
  remote: string | null;
}

/**
 * How many commits are asked for beyond the boundary of a shallow clone, step by step. 6,000 in all: few branches left
 * their target longer ago, and servers take minutes for more.
 */
const DEEPEN_STEPS = [20, 80, 400, 1500, 4000] as const;

/** Makes a commit available, from what is here or else from its remote. Null where neither has it. */
export async function obtainCommit(wanted: WantedCommit, options: FetchOptions): Promise<string | null> {
  const here = await localCommit(wanted, options);
  if (here !== null) return here;
  const depth = (await isShallow(options)) ? ['--depth=1'] : [];
  for (const [remote, what] of sourcesOf(wanted)) {
    const fetched = await fetchQuietly([...depth, remote, what], options);
    const hash = fetched.ok ? await localCommit(wanted, options) : null;
    if (hash !== null) return hash;
  }
  return null;
}

/** A hash says more than a branch, which may have moved on since the change was looked at. */
async function localCommit({ hash, branch }: WantedCommit, options: FetchOptions): Promise<string | null> {
  const names = [
    ...(hash === null ? [] : [hash]),
    ...(branch === null ? [] : [`refs/remotes/origin/${branch}`, `refs/lockstep/${branch}`]),
  ];
  for (const name of names) {
    const result = await resolveCommit(name, options);
    if (result.ok) return result.hash;
  }
  return null;
}

function sourcesOf({ hash, branch, remote }: WantedCommit): [remote: string, what: string][] {
  const whats = [
    ...(hash === null ? [] : [hash]),
    ...(branch === null ? [] : [`+${branch === 'HEAD' ? '' : 'refs/heads/'}${branch}:refs/lockstep/${branch}`]),
  ];
  const remotes = ['origin', ...(remote === null ? [] : [remote])];
  return remotes.flatMap((each) => whats.map((what): [string, string] => [each, what]));
}

/**
 * Fetches more and more history of a shallow clone until `isEnough`. Answers whether it was; a clone that is not shallow
 * is left alone.
 */
export async function deepenUntil(
  isEnough: () => Promise<boolean>,
  tips: readonly string[],
  options: FetchOptions,
): Promise<boolean> {
  for (const step of DEEPEN_STEPS) {
    if (!(await isShallow(options))) return false;
    const deepen = `--deepen=${step}`;
    const some = await fetchQuietly([deepen, 'origin', ...tips], options);
    // Old servers give branches only, and no commits by their hash.
    if (!some.ok && !(await fetchQuietly([deepen, 'origin'], options)).ok) return false;
    if (await isEnough()) return true;
  }
  return false;
}

/** Fetches into the object database alone: no tags, no submodules, and no hook or program of the repository is run. */
function fetchQuietly(what: readonly string[], options: FetchOptions): Promise<GitResult> {
  const settings = ['-c', 'core.hooksPath=/dev/null', '-c', 'fetch.recurseSubmodules=false', '-c', 'gc.auto=0'];
  return runGit([...settings, 'fetch', '--quiet', '--no-tags', '--no-recurse-submodules', ...what], options);
}
