import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '@lockstep/engine';
import {
  type BundledSource,
  type GitSource,
  type LockedSource,
  lockDifference,
  type NpmSource,
  type Source,
  sourceName,
} from '@lockstep/guardrails';
import { bundledNames } from './bundled-guardrails.ts';
import { isWithin } from './is-within.ts';
import type { SourceCache } from './source-cache.ts';
import { hashSource, readSourceFolder, SourceFault, type SourceFiles } from './source-files.ts';

/** A source of guardrails as it lies on this machine. */
export interface OpenSource {
  source: Source;
  /** The folders to read, absolute, and how messages name them. */
  folders: { shown: string; absolute: string }[];
  /** What the lock is to say of it; nothing of a folder of the repository, which its commits pin already. */
  locked: LockedSource[];
  /** How it differs from what the lock says, in words. */
  differences: string[];
}

export interface OpenOptions {
  /** Absolute, free of links. */
  root: string;
  /** What the lock says, by name. */
  lock: ReadonlyMap<string, LockedSource>;
  /** Where the lock is to be written anew: what it says of other versions is no difference then. */
  relock: boolean;
  offline: boolean;
  cache: SourceCache;
  /** Folder of the guardrails that come with Lockstep, absolute; null if there are none. */
  bundledGuardrails: string | null;
}

/** Opens a source, fetching it where it is not in the cache. Throws `SourceFault`. */
export async function openSource(source: Source, options: OpenOptions): Promise<OpenSource> {
  switch (source.kind) {
    case 'folder':
      return { source, folders: [openFolder(source.folder, options.root)], locked: [], differences: [] };
    case 'bundled':
      return openBundled(source, options);
    case 'git':
    case 'npm':
      return openRemote(source, options);
  }
}

function openFolder(folder: string, root: string): { shown: string; absolute: string } {
  const absolute = join(root, folder);
  const isFolder = statSync(absolute, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isFolder) throw new SourceFault('there is no such folder', 'Correct the path, or make the folder.');
  if (!isWithin(root, realpathSync(absolute))) throw leadsOut();
  return { shown: folder, absolute };
}

/** What is checked must be in the repository: a link out of it means something else on each machine. */
export function leadsOut(): SourceFault {
  return new SourceFault('it is a link that leads out of the repository', 'Put the files themselves there.');
}

function openBundled(source: BundledSource, { bundledGuardrails, lock, relock }: OpenOptions): OpenSource {
  if (bundledGuardrails === null) {
    throw new SourceFault('this build comes without guardrails', 'Remove `lockstep` from the sources.');
  }
  const known = bundledNames(bundledGuardrails);
  const names = source.names.includes('default') ? known : [...new Set(source.names)].sort();
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined) {
    const hint = didYouMean(missing, known) || 'lockstep guardrail list lockstep:default shows those there are';
    throw new SourceFault(`no guardrail ${missing} comes with Lockstep`, hint);
  }
  const locked = names.map((name) => {
    const files = readSourceFolder(join(bundledGuardrails, name));
    return entryFor(`lockstep:${name}`, files, null, null);
  });
  return {
    source,
    folders: names.map((name) => ({ shown: `lockstep:${name}`, absolute: join(bundledGuardrails, name) })),
    locked,
    differences: relock ? [] : locked.flatMap((entry) => differenceOf(lock.get(entry.source), entry)),
  };
}

function differenceOf(known: LockedSource | undefined, actual: LockedSource): string[] {
  if (known === undefined) return [`${actual.source} is not in it`];
  const difference = lockDifference(known, actual);
  return difference === null ? [] : [`${actual.source}: ${difference}`];
}

async function openRemote(source: GitSource | NpmSource, options: OpenOptions): Promise<OpenSource> {
  const { lock, relock, offline, cache } = options;
  const shown = sourceName(source);
  const revision = source.kind === 'git' ? source.commit : source.version;
  const known = lock.get(shown);
  const isLocked = known !== undefined && known.revision === revision;
  if (!isLocked && !relock) {
    const difference = known === undefined ? 'is not in it' : `is locked at ${known.revision}, not at ${revision}`;
    return { source, folders: [], locked: [], differences: [`${shown} ${difference}`] };
  }
  const cached = isLocked ? cache.find(known.sha256) : null;
  if (isLocked && cached !== null) {
    return { source, folders: [{ shown, absolute: cached }], locked: [known], differences: [] };
  }
  if (offline) {
    throw new SourceFault('it is not in the cache, and --offline forbids fetching', 'Run once without --offline.');
  }
  const { files, integrity } = await fetchSource(source);
  const entry = entryFor(shown, files, revision, integrity);
  const difference = isLocked ? lockDifference(known, entry) : null;
  if (difference !== null) throw servedAnew(difference);
  return { source, folders: [{ shown, absolute: cache.keep(files) }], locked: [entry], differences: [] };
}

/** One revision is one content: whoever sees another has been given something that nobody agreed to. */
function servedAnew(difference: string): SourceFault {
  return new SourceFault(
    `what is served under this very revision is not what was locked: ${difference}`,
    'Find out why before you trust it. To accept it, remove its entry from lockstep.lock and run lockstep lock.',
  );
}

/** Loaded where something is fetched at all. */
async function fetchSource(source: GitSource | NpmSource): Promise<{ files: SourceFiles; integrity: string | null }> {
  if (source.kind === 'npm') return (await import('./fetch-npm.ts')).fetchNpm(source);
  const { fetchGit } = await import('./fetch-git.ts');
  return { files: await fetchGit(source), integrity: null };
}

function entryFor(source: string, files: SourceFiles, revision: string | null, integrity: string | null): LockedSource {
  return { source, revision, integrity, files: files.size, sha256: hashSource(files) };
}
