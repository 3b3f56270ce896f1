import { didYouMean, type FileContext, findEntry, findLanguage, type YamlMap } from '@lockstep/engine';

/** Readers of single values: what is missing or wrong is reported, and something harmless returned in its place. */

/** A text that must be there and say something. `prefix` is the path of the mapping, with a final dot. */
export function readText(context: FileContext, map: YamlMap, key: string, expected: string, prefix = ''): string {
  const node = findEntry(map, key)?.value;
  if (node === undefined) return context.missingKey(map, prefix.slice(0, -1), key, expected) ?? '';
  const text = context.string(node, prefix + key)?.trim() ?? null;
  if (text === '') context.report('bad-value', node, prefix + key, `\`${key}\` is empty`, `expected ${expected}`);
  return text ?? '';
}

/** A text that may be missing. */
export function readTextOr(context: FileContext, map: YamlMap, key: string, prefix = ''): string | null {
  const node = findEntry(map, key)?.value;
  return node === undefined ? null : context.string(node, prefix + key);
}

export function readUrl(context: FileContext, map: YamlMap, key: string, prefix = ''): string | null {
  const text = readTextOr(context, map, key, prefix);
  const node = findEntry(map, key)?.value;
  if (text !== null && node !== undefined && !/^https?:\/\/[^\s/]+/.test(text)) {
    context.report('bad-value', node, prefix + key, `\`${text}\` is not a URL`, 'start it with `https://`');
  }
  return text;
}

/** One of some words; null after reporting that it is none of them or missing. */
export function readChoice<T extends string>(
  context: FileContext,
  map: YamlMap,
  key: string,
  choices: readonly T[],
  prefix = '',
): T | null {
  const list = choices.map((choice) => `\`${choice}\``).join(', ');
  const node = findEntry(map, key)?.value;
  if (node === undefined) return context.missingKey(map, prefix.slice(0, -1), key, `one of ${list}`);
  const text = context.string(node, prefix + key, `one of ${list}`);
  const choice = choices.find((each) => each === text) ?? null;
  if (text !== null && choice === null) {
    context.report('bad-value', node, prefix + key, `expected one of ${list}`, didYouMean(text, choices));
  }
  return choice;
}

/** Canonical names. */
export function readLanguages(context: FileContext, map: YamlMap): string[] {
  const node = findEntry(map, 'languages')?.value;
  if (node === undefined) return [];
  return (context.strings(node, 'languages') ?? []).flatMap((name) => {
    const language = findLanguage(name);
    if (language === null) context.report('unknown-language', node, 'languages', `unknown language \`${name}\``);
    return language === null ? [] : [language.name];
  });
}

/** A mapping that may be missing. */
export function section(context: FileContext, map: YamlMap, key: string, known: readonly string[]): YamlMap | null {
  const node = findEntry(map, key)?.value;
  const found = node === undefined ? null : context.map(node, key);
  if (found !== null) warnOfUnknownKeys(context, found, known, `${key}.`);
  return found;
}

export function warnOfUnknownKeys(context: FileContext, map: YamlMap, known: readonly string[], prefix: string): void {
  for (const entry of map.entries) if (!known.includes(entry.key)) context.unknownKey(entry, prefix + entry.key, known);
}
