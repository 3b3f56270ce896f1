import { compareTexts } from '@lockstep/engine';
import { formatLock, type LockedSource, lockDifference } from '@lockstep/guardrails';
import type { Project } from '../../config/open-project.ts';
import { openLock, type ProjectLock } from '../../config/project-lock.ts';
import { openSources } from '../../config/project-rules.ts';
import { cacheFolder, SourceCache } from '../../config/source-cache.ts';
import { bundledGuardrails } from '../../installation.ts';
import { quantity } from '../../reports/quantity.ts';
import { VERSION } from '../../version.ts';

export type Locked =
  | {
      ok: true;
      lock: ProjectLock /** What the lock is to be; empty: none is needed. */;
      text: string;
      changes: string[];
    }
  | { ok: false; faults: string[] };

/** Opens all sources; what is not locked yet, or at another version, is taken as it is. */
export async function lockProject(
  project: Pick<Project, 'root' | 'file' | 'config'>,
  offline: boolean,
): Promise<Locked> {
  const lock = openLock(project.root);
  if (lock.unreadable !== null) return { ok: false, faults: [`lockstep.lock cannot be read: ${lock.unreadable}`] };
  const cache = new SourceCache(cacheFolder(process.env));
  const options = { offline, cache, bundledGuardrails: bundledGuardrails(), relock: true };
  const { opened, problems } = await openSources(project, project.config ?? { guardrails: [] }, lock, options);
  if (problems.length > 0) {
    return { ok: false, faults: problems.map(({ message, remedy }) => `${message}\n  ${remedy}`) };
  }
  const sources = opened.flatMap(({ locked }) => locked).sort((a, b) => compareTexts(a.source, b.source));
  const text = sources.length === 0 && lock.text === '' ? '' : formatLock(sources, VERSION);
  return { ok: true, lock, text, changes: changesOf(lock.sources, sources) };
}

function changesOf(before: ReadonlyMap<string, LockedSource>, after: readonly LockedSource[]): string[] {
  const names = new Set(after.map(({ source }) => source));
  const removed = [...before.keys()].filter((name) => !names.has(name)).map((name) => `- ${name}`);
  const changed = after.flatMap((entry) => {
    const known = before.get(entry.source);
    const at = entry.revision === null ? '' : ` at ${entry.revision}`;
    if (known === undefined) return [`+ ${entry.source}${at}, ${quantity(entry.files, 'file')}`];
    const difference = lockDifference(known, entry);
    return difference === null ? [] : [`~ ${entry.source}: ${difference}`];
  });
  return [...changed, ...removed];
}
