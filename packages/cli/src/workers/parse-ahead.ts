import { lstatSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { languageNamed, languagesOfFile, ParsedAhead } from '@lockstep/engine';
import { loadGrammars } from './grammars.ts';
import { decodeSource } from './source-text.ts';

/** A file that will be scanned, most likely: the rules that want it are not known yet. */
export interface FileAhead {
  /** As spelled in reports. */
  path: string;
  absolutePath: string;
}

/** What waiting for rules leaves time for, about: more would keep the rules waiting. */
const MAX_BYTES = 400_000;

/** Parses files as what their names say they are; `onFile` is told before each. */
export async function parseAhead(files: readonly FileAhead[], onFile: () => void): Promise<ParsedAhead> {
  const wanted = files.map((file) => ({ ...file, languages: parsableAs(file.path) }));
  const ahead = new ParsedAhead(await loadGrammars([...new Set(wanted.flatMap(({ languages }) => languages))]));
  let bytes = 0;
  for (const { path, absolutePath, languages } of wanted) {
    onFile();
    const content = languages.length === 0 ? null : readFile(absolutePath, MAX_BYTES - bytes);
    if (content === null) continue;
    bytes += content.length;
    const { text } = decodeSource(content);
    for (const language of languages) ahead.parse(path, text, language);
  }
  return ahead;
}

function parsableAs(path: string): string[] {
  return languagesOfFile(basename(path)).filter((name) => languageNamed(name) !== null);
}

/** null for what is no ordinary file of so many bytes at most; why will be told when it is scanned. */
function readFile(path: string, maxBytes: number): Uint8Array | null {
  try {
    const stat = lstatSync(path);
    return stat.isFile() && stat.size <= maxBytes ? readFileSync(path) : null;
  } catch {
    return null;
  }
}
