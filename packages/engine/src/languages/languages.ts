import type { Language } from './language.ts';
import { python } from './python/python.ts';

/** Every language with a folder here; a new one is one line. */
const LANGUAGES: readonly Language[] = [python];

const BY_NAME = new Map(LANGUAGES.map((language) => [language.name, language]));

/** The language of a canonical name, or null where the engine cannot parse it (yet). */
export function languageNamed(name: string): Language | null {
  return BY_NAME.get(name) ?? null;
}

/** Languages that are matched as text, without a grammar. */
export const TEXT_LANGUAGES: ReadonlySet<string> = new Set(['regex', 'generic']);
