import type { Condition } from '../rules/rule.ts';

/** `^(run|call)$`: nothing but words to choose from, and nothing around them. */
const CHOICE = /^\^(?:\((?:\?:)?(\w+(?:\|\w+)*)\)|(\w+))\$$/;

/** What conditions let metavariables be, of those that can only be one of a few words. */
export function possibleWords(conditions: readonly Condition[]): Map<string, readonly string[]> {
  const possible = new Map<string, readonly string[]>();
  for (const condition of conditions) {
    const choice = condition.kind === 'regex' ? CHOICE.exec(condition.regex) : null;
    if (choice === null || condition.kind !== 'regex') continue;
    possible.set(condition.metavariable, (choice[1] ?? choice[2] ?? '').split('|'));
  }
  return possible;
}
