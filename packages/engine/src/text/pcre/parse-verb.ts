import type { Cursor } from './cursor.ts';
import type { RegexNode } from './syntax.ts';

/** Reads a verb such as `FAIL)` behind `(*`; null for one that does nothing. */
export function takeVerb(cursor: Cursor, inLook: boolean, start: number): RegexNode | null {
  const verb = cursor.takeMatch(/([A-Z]*)(?::([^)]*))?\)/y);
  const [, name, argument] = verb ?? [];
  switch (name) {
    case 'F':
    case 'FAIL':
      return { kind: 'verb', verb: 'fail' };
    case 'ACCEPT':
    case 'COMMIT':
    case 'PRUNE':
    case 'SKIP':
      if (inLook) cursor.unsupported(`(*${name}) in a look-around`, start);
      if (name === 'SKIP' && argument !== undefined) cursor.unsupported('(*SKIP) with a name', start);
      return { kind: 'verb', verb: VERBS[name] };
    case 'MARK':
    case '':
      return argument ? null : cursor.fail('a mark needs a name', start);
    case 'THEN':
      return cursor.unsupported('(*THEN)', start);
    default:
      return cursor.fail('unknown verb or assertion', start);
  }
}

const VERBS = { ACCEPT: 'accept', COMMIT: 'commit', PRUNE: 'prune', SKIP: 'skip' } as const;

/** Reads a callout behind `(?C`. It does nothing here, but must be well-formed. */
export function skipCallout(cursor: Cursor, start: number): null {
  const callout = cursor.takeMatch(/(?:(\d*)|([`'"^%#$])(?:(?!\2)[\s\S]|\2\2)*\2|\{(?:[^}]|\}\})*\})\)/y);
  if (callout === null || Number(callout[1] ?? 0) > 255) cursor.fail('the callout is malformed', start);
  return null;
}

export type NamedAssertion = 'atomic' | { direction: 'ahead' | 'behind'; negative: boolean };

const AHEAD = { direction: 'ahead', negative: false } as const;
const NOT_AHEAD = { direction: 'ahead', negative: true } as const;
const BEHIND = { direction: 'behind', negative: false } as const;
const NOT_BEHIND = { direction: 'behind', negative: true } as const;

const ASSERTIONS = new Map<string, NamedAssertion>([
  ['atomic', 'atomic'],
  ['pla', AHEAD],
  ['positive_lookahead', AHEAD],
  ['nla', NOT_AHEAD],
  ['negative_lookahead', NOT_AHEAD],
  ['plb', BEHIND],
  ['positive_lookbehind', BEHIND],
  ['nlb', NOT_BEHIND],
  ['negative_lookbehind', NOT_BEHIND],
]);

const UNSUPPORTED_ASSERTIONS = new Set([
  'napla',
  'non_atomic_positive_lookahead',
  'naplb',
  'non_atomic_positive_lookbehind',
  'sr',
  'script_run',
  'asr',
  'atomic_script_run',
]);

/** Reads `pla:` and the like behind `(*`; null if there is none. */
export function takeNamedAssertion(cursor: Cursor, start: number): NamedAssertion | null {
  const name = cursor.takeMatch(/([a-z_]+):/y)?.[1];
  if (name === undefined) return null;
  if (UNSUPPORTED_ASSERTIONS.has(name)) cursor.unsupported(`(*${name}:`, start);
  return ASSERTIONS.get(name) ?? cursor.fail(`unknown assertion "${name}"`, start);
}
