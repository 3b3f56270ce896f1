import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compareTexts } from '@lockstep/engine';
import { guardrailManifestNames, isGuardrailManifest, isRuleFileName } from './rule-file-names.ts';

/** All paths are relative to the listed folder, which itself is the empty path. */
export interface RuleFileListing {
  /** Sorted. */
  ruleFiles: { path: string; guardrail: string | null }[];
  /** Guardrail folders and their `guardrail.yaml`, sorted. */
  guardrails: { folder: string; manifest: string }[];
  unreadable: { path: string; message: string }[];
}

/**
 * Lists the rule files of a config folder, recursively (semantics 01 §1.1). Of a guardrail folder, `guardrail.yaml` and
 * everything in its `tests` folder are no rule files. Linked files are read, as mounted configuration often consists
 * of links; linked folders are not entered.
 */
export function listRuleFiles(absoluteFolder: string): RuleFileListing {
  const listing: RuleFileListing = { ruleFiles: [], guardrails: [], unreadable: [] };
  listInto(listing, absoluteFolder, '', null);
  listing.ruleFiles.sort((a, b) => compareTexts(a.path, b.path));
  listing.guardrails.sort((a, b) => compareTexts(a.folder, b.folder));
  return listing;
}

function listInto(listing: RuleFileListing, start: string, folder: string, outerGuardrail: string | null): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(start, folder), { withFileTypes: true });
  } catch (error) {
    listing.unreadable.push({ path: folder, message: (error as Error).message });
    return;
  }
  const manifest = guardrailManifestNames.find((name) => entries.some((entry) => entry.name === name));
  if (manifest !== undefined) addManifest(listing, start, folder, manifest);
  const guardrail = manifest === undefined ? outerGuardrail : folder;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (manifest === undefined || entry.name !== 'tests') listInto(listing, start, path, guardrail);
    } else if (isRuleFileName(entry.name) && !isGuardrailManifest(entry.name) && isFile(entry, join(start, path))) {
      listing.ruleFiles.push({ path, guardrail });
    }
  }
}

/** A device would be read for ever. */
function addManifest(listing: RuleFileListing, start: string, folder: string, name: string): void {
  const manifest = join(folder, name);
  const stats = statSync(join(start, manifest), { throwIfNoEntry: false });
  if (stats?.isFile() === true) listing.guardrails.push({ folder, manifest });
  else listing.unreadable.push({ path: manifest, message: 'it is no regular file' });
}

function isFile(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(path).isFile();
  } catch {
    return false; // A link to nowhere, which Semgrep passes over as well.
  }
}
