import type { Condition } from '../rules/rule.ts';
import { type LiteralRequirement, requiredLiteral } from '../text/literal-requirement.ts';
import { parseRegex } from '../text/pcre/parse.ts';

/** What a condition lets a metavariable be. */
export type PossibleName =
  /** One of these words. */
  | { kind: 'words'; words: readonly string[] }
  /** Something that holds certain text. */
  | { kind: 'literal'; literal: LiteralRequirement };

/** Metavariables that cannot be just anything, and what they can be. */
export type PossibleWords = ReadonlyMap<string, PossibleName>;

export const ANY_WORDS: PossibleWords = new Map();

/** `^(run|call)$`: nothing but words to choose from, and nothing around them. */
const CHOICE = /^\^(?:\((?:\?:)?(\w+(?:\|\w+)*)\)|(\w+))\$$/;

/** What conditions let metavariables be. */
export function possibleWords(conditions: readonly Condition[]): PossibleWords {
  const possible = new Map<string, PossibleName>();
  for (const condition of conditions) {
    if (condition.kind !== 'regex') continue;
    const name = possibleName(condition.regex);
    if (name !== null && possible.get(condition.metavariable)?.kind !== 'words') {
      possible.set(condition.metavariable, name);
    }
  }
  return possible;
}

function possibleName(regex: string): PossibleName | null {
  const choice = CHOICE.exec(regex);
  if (choice !== null) return { kind: 'words', words: (choice[1] ?? choice[2] ?? '').split('|') };
  const syntax = parseRegex(regex, { multiline: false });
  const literal = 'kind' in syntax ? null : requiredLiteral(syntax);
  return literal === null ? null : { kind: 'literal', literal };
}
