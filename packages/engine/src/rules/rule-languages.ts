/** A rule's `languages` (semantics 01 §1.6). */
import { allLanguages, findLanguage } from '../languages/language-table.ts';
import { didYouMean } from './closest-name.ts';
import type { FileContext } from './file-context.ts';
import { findEntry, type YamlMap, type YamlNode } from './yaml-tree.ts';

/** Canonical names without repeats; whatever is wrong has been reported. */
export function readLanguages(context: FileContext, rule: YamlMap, path: string): string[] {
  const entry = findEntry(rule, 'languages');
  if (entry === undefined) {
    context.missingKey(rule, path, 'languages', 'a list such as `[python]`');
    return [];
  }
  const listPath = `${path}.languages`;
  const items = context.seq(entry.value, listPath, 'a list of strings')?.items;
  if (items === undefined) return [];
  if (items.length === 0) context.report('no-language', entry.value, listPath, 'expected at least one language');
  const names = items.map((item, index) => readLanguage(context, item, `${listPath}.${index}`));
  const known = names.filter((name) => name !== null);
  const alone = known.find((name) => name === 'generic' || name === 'regex');
  if (alone !== undefined && items.length > 1) {
    const message = `\`${alone}\` must be the only language of a rule`;
    context.report('language-alone', entry.value, listPath, message, 'write one rule for each');
  }
  return [...new Set(known)];
}

function readLanguage(context: FileContext, node: YamlNode, path: string): string | null {
  const key = context.string(node, path, 'a string: the name of a language');
  if (key === null) return null;
  const language = findLanguage(key);
  if (language !== null) return language.name;
  const keys = allLanguages().flatMap((info) => info.keys);
  context.report('unknown-language', node, path, `unknown language \`${key}\``, didYouMean(key, keys));
  return null;
}
