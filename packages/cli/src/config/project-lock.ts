import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, type RuleProblem } from '@lockstep/engine';
import { type LockedSource, readLock } from '@lockstep/guardrails';
import { readFault } from './own-file.ts';

/** What the lock beside a `lockstep.yaml` says. */
export interface ProjectLock {
  /** Absolute. */
  path: string;
  /** Empty where there is no lock. */
  text: string;
  /** null where there is none. */
  lockstep: string | null;
  sources: ReadonlyMap<string, LockedSource>;
  problems: RuleProblem[];
  /** Why the file could not be read at all; null where it could, or is not there. */
  unreadable: string | null;
}

export const LOCK_FILE = 'lockstep.lock';

/** Each of some hundred sources takes 300 bytes. */
const MAX_BYTES = 5_000_000;

/** Reads the `lockstep.lock` of a folder. Never throws. */
export function openLock(root: string): ProjectLock {
  const path = join(root, LOCK_FILE);
  const lock: ProjectLock = {
    path,
    text: '',
    lockstep: null,
    sources: new Map(),
    problems: [],
    unreadable: null,
  };
  try {
    if (!existsSync(path)) return lock;
    const fault = readFault(path, root, MAX_BYTES);
    if (fault !== null) return { ...lock, unreadable: fault };
    const text = readFileSync(path, 'utf8');
    const { lock: value, problems } = readLock(text, LOCK_FILE);
    const sources = new Map((value?.sources ?? []).map((each) => [each.source, each]));
    return { ...lock, text, lockstep: value?.lockstep ?? null, sources, problems };
  } catch (error) {
    return { ...lock, unreadable: messageOf(error) };
  }
}
