import { languageNamed } from '../languages/languages.ts';
import { loadParser } from '../syntax/parser.ts';
import type { LoadedLanguage } from './parse-pattern.ts';

/** Canonical language name → the language with its grammar. */
export type LoadedLanguages = ReadonlyMap<string, LoadedLanguage>;

/**
 * Loads the grammars of the named languages; names the engine has no grammar for are left out. `readGrammar` gives the
 * bytes of a grammar file. `initSyntax` must have finished.
 */
export async function loadLanguages(
  names: Iterable<string>,
  readGrammar: (file: string) => Promise<Uint8Array>,
): Promise<LoadedLanguages> {
  const loaded = new Map<string, LoadedLanguage>();
  for (const name of new Set(names)) {
    const language = languageNamed(name);
    if (language === null) continue;
    const parser = await loadParser(await readGrammar(language.grammarFile));
    loaded.set(name, { language, parser, lowering: language.createLowering(parser.grammar) });
  }
  return loaded;
}
