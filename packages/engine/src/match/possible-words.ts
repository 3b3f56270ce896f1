import type { Condition } from '../rules/rule.ts';

/** Metavariables that can only be certain words, and which. */
export type PossibleWords = ReadonlyMap<string, readonly string[]>;

export const ANY_WORDS: PossibleWords = new Map();

/** `^(run|call)$`: nothing but words to choose from, and nothing around them. */
const CHOICE = /^\^(?:\((?:\?:)?(\w+(?:\|\w+)*)\)|(\w+))\$$/;

/** What conditions let metavariables be, of those that can only be one of a few words. */
export function possibleWords(conditions: readonly Condition[]): PossibleWords {
  const possible = new Map<string, readonly string[]>();
  for (const condition of conditions) {
    if (condition.kind !== 'regex') continue;
    const choice = CHOICE.exec(condition.regex);
    if (choice !== null) possible.set(condition.metavariable, (choice[1] ?? choice[2] ?? '').split('|'));
  }
  return possible;
}
