import { basename } from 'node:path';
import { compareTexts } from '@lockstep/engine';
import { isGuardrailManifest } from '../../config/rule-file-names.ts';
import type { DiffEntry } from '../../git/raw-diff.ts';
import { isAtOrBelow } from './policy-tree.ts';

export interface PolicyPlaces {
  /** Folders and files of rules, guardrails and models, from the repository's root; null: not in it. */
  folders: readonly (string | null)[];
  ignoreFileNames: readonly string[];
}

/** `lockstep.yaml`, its lock, baselines: whatever is called after Lockstep. */
const OWN_FILE = /^\.?lockstep(?:[.-][\w.-]+)?\.(?:ya?ml|json|lock)$/;

/** The files of a change that say how the change itself is checked, each with what has become of it. */
export function changedPolicyFiles(entries: readonly DiffEntry[], places: PolicyPlaces): string[] {
  return entries
    .filter((entry) => concerns(entry, places))
    .flatMap(describe)
    .sort(compareTexts);
}

function concerns({ path, oldPath }: DiffEntry, { folders, ignoreFileNames }: PolicyPlaces): boolean {
  return [path, oldPath].some((each) => {
    const name = basename(each);
    return (
      folders.some((folder) => folder !== null && isAtOrBelow(each, folder)) ||
      isGuardrailManifest(name) ||
      OWN_FILE.test(name) ||
      each.startsWith('.lockstep/') ||
      ignoreFileNames.includes(name)
    );
  });
}

/** Links count as files here: a guardrail that becomes one is gone. */
function describe({ path, oldPath, oldBlob, newBlob }: DiffEntry): string[] {
  if (/^0+$/.test(oldBlob)) return [`${path} (added)`];
  if (/^0+$/.test(newBlob)) return [`${oldPath} (deleted)`];
  return path === oldPath ? [`${path} (changed)`] : [`${oldPath} (deleted)`, `${path} (added)`];
}
