/** Small readers of a mapping's values, for all parts of a rule. */
import { didYouMean } from './closest-name.ts';
import type { FileContext } from './file-context.ts';
import { findEntry, type YamlMap, type YamlNode } from './yaml-tree.ts';

/** null after reporting a missing key or a value that is no string. */
export function readRequiredString(
  context: FileContext,
  map: YamlMap,
  path: string,
  key: string,
  expected: string,
): string | null {
  const entry = findEntry(map, key);
  if (entry === undefined) return context.missingKey(map, path, key, expected);
  return context.string(entry.value, `${path}.${key}`);
}

/** `otherwise` if the key is absent; null after reporting a wrong value. */
export function readOptionalBoolean(
  context: FileContext,
  map: YamlMap,
  path: string,
  key: string,
  otherwise: boolean,
): boolean | null {
  const entry = findEntry(map, key);
  return entry === undefined ? otherwise : context.boolean(entry.value, `${path}.${key}`);
}

/** One of a few words; null after reporting another value. */
export function readChoice<T extends string>(
  context: FileContext,
  node: YamlNode,
  path: string,
  choices: readonly T[],
): T | null {
  const choice = node.kind === 'scalar' ? choices.find((candidate) => candidate === node.value) : undefined;
  if (choice !== undefined) return choice;
  const written = context.string(node, path, oneOf(choices));
  if (written === null) return null;
  const message = `\`${written}\` is not allowed here; expected ${oneOf(choices)}`;
  context.report('bad-value', node, path, message, didYouMean(written, choices));
  return null;
}

export function oneOf(choices: readonly string[]): string {
  const names = choices.map((choice) => `\`${choice}\``);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
