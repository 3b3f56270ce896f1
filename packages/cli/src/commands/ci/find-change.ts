import { realpathSync } from 'node:fs';
import { readParents } from '../../git/commit-parents.ts';
import { compareCommits } from '../../git/compare-commits.ts';
import { deepenUntil, obtainCommit, type WantedCommit } from '../../git/fetch-commits.ts';
import { runGit } from '../../git/git.ts';
import { type GitProblem, problemFrom } from '../../git/git-problem.ts';
import type { DiffEntry } from '../../git/raw-diff.ts';
import { isShallow, mergeBaseOf, type NamedCommit, resolveCommit } from '../../git/revisions.ts';
import type { Trigger } from './providers.ts';

/** What is to be scanned, and what it is compared with. */
export interface Change {
  /** Absolute top folder of the working tree. */
  repositoryRoot: string;
  /** Full hash of a commit; of what is staged, that of its tree. */
  head: string;
  isStaged: boolean;
  /** Whether `head` is what is checked out. */
  isCheckedOut: boolean;
  /** Where the change begins; null: it has no beginning, and everything is scanned. */
  base: { commit: string; entries: DiffEntry[] } | null;
}

export type ChangeResult = { ok: true; change: Change } | { ok: false; problem: GitProblem };

export interface ChangeOptions {
  /** Absolute, in the working tree. */
  cwd: string;
  /** `--base`; null: what the build service says. */
  base: string | null;
  /** What is staged is the change, and nothing else matters. */
  staged: boolean;
  trigger: Trigger;
}

type Found<T> = { ok: true; value: T } | { ok: false; problem: GitProblem };

/** Finds what a change consists of. The network is asked only for commits that are not here. */
export async function findChange({ cwd, base, staged, trigger }: ChangeOptions): Promise<ChangeResult> {
  const top = await runGit(['rev-parse', '--show-toplevel'], { cwd });
  if (!top.ok) return { ok: false, problem: asCiProblem(problemFrom(top)) };
  const repositoryRoot = realpathSync(top.stdout.toString().replace(/\n$/, ''));
  const options = { cwd: repositoryRoot };
  const checkout = await resolveCommit('HEAD', options);
  if (!checkout.ok) return { ok: false, problem: noCommit() };
  if (staged) return findStaged(checkout.hash, repositoryRoot);
  const head = await findHead(trigger, checkout.hash, options);
  if (!head.ok) return head;
  const start = await findBase({ base, trigger, head: head.value }, options);
  if (!start.ok) return start;
  const isCheckedOut = head.value === checkout.hash;
  const change = { repositoryRoot, head: head.value, isStaged: false, isCheckedOut, base: null };
  if (start.value === null) return { ok: true, change };
  const compared = await compareCommits(start.value, head.value, options);
  if (!compared.ok) return compared;
  return { ok: true, change: { ...change, base: { commit: start.value, entries: compared.entries } } };
}

/** What is staged, as a tree in the object database: it is read from there as a commit would be. */
async function findStaged(checkout: string, repositoryRoot: string): Promise<ChangeResult> {
  const options = { cwd: repositoryRoot };
  const tree = await runGit(['write-tree'], options);
  if (!tree.ok)
    return { ok: false, problem: { ...problemFrom(tree), remedy: 'Resolve the conflicts that git status lists.' } };
  const head = tree.stdout.toString().trim();
  const compared = await compareCommits(checkout, head, options);
  if (!compared.ok) return compared;
  const base = { commit: checkout, entries: compared.entries };
  return { ok: true, change: { repositoryRoot, head, isStaged: true, isCheckedOut: true, base } };
}

type GitOptions = { cwd: string };

/**
 * The commit that holds the change: what is checked out, be it the change itself or a merge of it into its target. Some
 * runs (`pull_request_target`) have the target checked out, in which nothing would ever be new.
 */
async function findHead(trigger: Trigger, checkout: string, options: GitOptions): Promise<Found<string>> {
  if (trigger.kind !== 'request' || trigger.head === null || trigger.head === checkout) return found(checkout);
  if ((await readParents(checkout, options)).includes(trigger.head)) return found(checkout);
  const isOlder = trigger.target.hash === checkout;
  const head = await obtainCommit({ hash: trigger.head, branch: null, remote: null }, options);
  if (head !== null) return found(head);
  // Somebody may have checked out a later commit of the same change on purpose.
  if (!isOlder) return found(checkout);
  return problem({
    code: 'unknown-revision',
    message: `What is checked out is the target of the change, and the change itself (${short(trigger.head)}) is not here`,
    remedy: 'Check out the change: on GitHub, run on `pull_request`, or give actions/checkout the `ref` of its head.',
  });
}

async function findBase(
  { base, trigger, head }: { base: string | null; trigger: Trigger; head: string },
  options: GitOptions,
): Promise<Found<string | null>> {
  if (base !== null) return findGivenBase(base, head, options);
  switch (trigger.kind) {
    case 'push':
      return found(null);
    case 'request':
      return findRequestBase(trigger, head, options);
    case 'unknown': {
      const remote = await resolveCommit('refs/remotes/origin/HEAD', options);
      return remote.ok ? mergeBase({ name: 'origin/HEAD', hash: remote.hash }, head, options) : found(null);
    }
  }
}

/** `--base`: a revision that is known here, or else a branch of the remote. */
async function findGivenBase(base: string, head: string, options: GitOptions): Promise<Found<string>> {
  const known = await resolveCommit(base, options);
  const commit = known.ok ? known.hash : await obtainCommit(asWanted(base), options);
  if (commit !== null) return mergeBase({ name: base, hash: commit }, head, options);
  return known.ok ? missing(base) : { ok: false, problem: known.problem };
}

function asWanted(base: string): WantedCommit {
  const isHash = /^[0-9a-f]{40}$/.test(base);
  const isBranch = /^[\w./-]+$/.test(base) && !base.startsWith('-');
  return {
    hash: isHash ? base : null,
    branch: isBranch && !isHash ? base.replace(/^origin\//, '') : null,
    remote: null,
  };
}

async function findRequestBase(
  { target, head: ownHead }: Extract<Trigger, { kind: 'request' }>,
  head: string,
  options: GitOptions,
): Promise<Found<string>> {
  const merged = await mergedInto({ ownHead, target, head }, options);
  // What a merge of the change adds to its target is the change, and no history is needed to see it.
  if (merged !== null) {
    const commit = await obtainCommit({ ...target, hash: merged, branch: null }, options);
    if (commit !== null) return found(commit);
  }
  const commit = await obtainCommit(target, options);
  const name = target.branch ?? short(target.hash ?? '');
  return commit === null ? missing(name) : mergeBase({ name, hash: commit }, head, options);
}

/** The commit of the target that a service has merged the change into; null where `head` is no such merge. */
async function mergedInto(
  { ownHead, target, head }: { ownHead: string | null; target: WantedCommit; head: string },
  options: GitOptions,
): Promise<string | null> {
  const [first, second, ...others] = await readParents(head, options);
  if (first === undefined || second === undefined || others.length > 0) return null;
  // The author may have merged the target too: that merge has the change as its first parent.
  return second === ownHead || (ownHead === null && first === target.hash) ? first : null;
}

async function mergeBase(target: NamedCommit, head: string, options: GitOptions): Promise<Found<string>> {
  const look = () => mergeBaseOf(target, { name: 'the change', hash: head }, options);
  let result = await look();
  if (!result.ok) {
    const isEnough = async () => {
      result = await look();
      return result.ok;
    };
    await deepenUntil(isEnough, [head, target.hash], options);
  }
  if (result.ok) return found(result.hash);
  if (await isShallow(options)) {
    return problem({
      code: 'shallow-clone',
      message: `This clone is too shallow: it does not hold the commit at which the change left ${target.name}, and fetching more did not help`,
      remedy:
        'Let the checkout fetch all history: fetch-depth: 0 (GitHub), GIT_DEPTH: 0 (GitLab), clone: depth: full (Bitbucket), fetchDepth: 0 (Azure).',
    });
  }
  return {
    ok: false,
    problem: { ...result.problem, message: `the change and ${target.name} have no common ancestor` },
  };
}

function missing(name: string): Found<never> {
  return problem({
    code: 'unknown-revision',
    message: `What the change is compared with, ${name}, is neither here nor at the remote`,
    remedy: 'Name another commit or branch with --base, or let the checkout fetch all history (fetch-depth: 0).',
  });
}

function noCommit(): GitProblem {
  return {
    code: 'unknown-revision',
    message: 'This repository has no commit yet',
    remedy: 'lockstep scan needs none.',
  };
}

function asCiProblem(problem: GitProblem): GitProblem {
  if (problem.code !== 'not-a-repository') return problem;
  return { ...problem, message: 'lockstep ci needs a git repository', remedy: 'Run it in one, or use lockstep scan.' };
}

function short(hash: string): string {
  return hash.slice(0, 12);
}

function found<T>(value: T): Found<T> {
  return { ok: true, value };
}

function problem(value: GitProblem): Found<never> {
  return { ok: false, problem: value };
}
