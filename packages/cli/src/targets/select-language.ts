import { basename } from 'node:path';
import { languagesOfFile, languagesOfShebang } from '@lockstep/engine';
import { readHead } from './file-content-checks.ts';
import type { Target } from './target.ts';

/** Rule languages that take any file, whatever its name. */
const universalLanguages: ReadonlySet<string> = new Set(['regex', 'generic', 'aliengrep']);

/**
 * Canonical names of the languages a file is in (semantics 01 §1.6): by extension or base name, and for an executable
 * also by its `#!` line. Usually one; `.h` is C and C++. Opens the file only if it is executable.
 */
export function languagesOfTarget(target: Pick<Target, 'absolutePath' | 'executable'>): string[] {
  const languages = languagesOfFile(basename(target.absolutePath));
  if (!target.executable) return languages;
  const command = shebangCommand(readHead(target.absolutePath, 256));
  return command === null ? languages : [...new Set([...languages, ...languagesOfShebang(command)])];
}

/**
 * Under which of a rule's languages (canonical, as in `Rule.languages`) it runs on a file; empty if it does not.
 * `fileLanguages` is what `languagesOfTarget` said.
 */
export function selectLanguages(
  ruleLanguages: readonly string[],
  fileLanguages: readonly string[],
  target: Pick<Target, 'absolutePath' | 'anyLanguage'>,
): string[] {
  const selected = ruleLanguages.filter((name) => universalLanguages.has(name) || fileLanguages.includes(name));
  if (selected.length > 0 || !target.anyLanguage) return selected;
  // It is the name that has to be unknown: an executable without extension counts, whatever its `#!` line says.
  return languagesOfFile(basename(target.absolutePath)).length === 0 ? [...ruleLanguages] : [];
}

/** `#!/usr/bin/python3 -u` → `python3`; `#!/usr/bin/env -S node --flag` → `node`. */
function shebangCommand(head: Uint8Array | null): string | null {
  const line = /^#!([^\r\n]*)/.exec(Buffer.from(head ?? []).toString('latin1'))?.[1];
  const [path, ...words] = line?.trim().split(/[ \t]+/) ?? [];
  if (path === undefined) return null;
  const command = basename(path);
  if (command !== 'env') return command;
  return (words[0] === '-S' ? words[1] : words[0]) ?? null;
}
