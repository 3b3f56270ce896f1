import { findLanguage } from '../languages/language-table.ts';
import { findEntry, type YamlMap } from './yaml-tree.ts';

/** What the readers of formulas need to know about where they are. */
export interface FormulaScope {
  /** Canonical name of the language that pattern texts are written in. */
  language: string;
  /** In rules for `regex` every string is a regular expression, and the key `pattern` is refused (06 §6.1). */
  regexRule: boolean;
  /** Inside `metavariable-pattern`, whose metavariable is the positive term that a conjunction otherwise needs. */
  hasContext: boolean;
}

/**
 * The scope of the patterns of a rule or model: they are written in the first of its `languages`. What is wrong with
 * that list is reported elsewhere.
 */
export function formulaScope(map: YamlMap): FormulaScope {
  const languages = findEntry(map, 'languages')?.value;
  const first = languages?.kind === 'seq' ? languages.items[0] : undefined;
  const key = first?.kind === 'scalar' && typeof first.value === 'string' ? first.value : '';
  const language = findLanguage(key)?.name ?? key;
  return { language, regexRule: language === 'regex', hasContext: false };
}
