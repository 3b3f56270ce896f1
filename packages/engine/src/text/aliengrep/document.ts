import { type Pairing, pairBrackets } from './pairing.ts';
import { type AliengrepSyntax, type BracketRole, bracketRole, foldKey } from './syntax.ts';

/** A text cut into elements: words and single characters; where lines count, also their ends. */
export interface AliengrepDocument {
  text: string;
  count: number;
  /** UTF-16 offsets. */
  starts: Int32Array;
  ends: Int32Array;
  kinds: Uint8Array;
  /** As `foldKey` has it. */
  keys: readonly string[];
  roles: readonly (BracketRole | null)[];
  /** Brackets paired over the whole text, and within lines only; the same where lines do not count. */
  pairing: Pairing;
  linePairing: Pairing;
}

export const ElementKind = {
  Word: 0,
  Other: 1,
  /** LF or CR LF, where lines count. */
  Newline: 2,
  /** Where lines count, a blank that is neither space, tab nor newline: nothing in a pattern matches it. */
  Barrier: 3,
} as const;

export function parseAliengrepDocument(text: string, syntax: AliengrepSyntax): AliengrepDocument {
  const { multiline, wordClass } = syntax;
  const element = new RegExp(`([${wordClass}]+)|([^\\t-\\r ])${multiline ? '' : '|(\\r?\\n)|[\\v\\f\\r]'}`, 'gu');
  const starts: number[] = [];
  const ends: number[] = [];
  const kinds: number[] = [];
  const keys: string[] = [];
  for (const match of text.matchAll(element)) {
    starts.push(match.index);
    ends.push(match.index + match[0].length);
    kinds.push(kindOf(match));
    keys.push(foldKey(match[0], syntax));
  }
  const known = new Map<string, BracketRole>();
  const roles = keys.map((key, i) => (kinds[i] === ElementKind.Other ? cachedRole(known, key, syntax) : null));
  const touches = Uint8Array.from(ends, (end, i) => (end === starts[i + 1] ? 1 : 0));
  const blanks = Uint8Array.from(kinds, (kind) => (kind >= ElementKind.Newline ? 1 : 0));
  const brackets = { roles, kinds: syntax.brackets.length, blanks, touches };
  const pairing = pairBrackets({ ...brackets, acrossBlanks: true });
  return {
    text,
    count: starts.length,
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    kinds: Uint8Array.from(kinds),
    keys,
    roles,
    pairing,
    linePairing: multiline ? pairing : pairBrackets({ ...brackets, acrossBlanks: false }),
  };
}

function kindOf(match: RegExpExecArray): number {
  if (match[1] !== undefined) return ElementKind.Word;
  if (match[2] !== undefined) return ElementKind.Other;
  return match[3] === undefined ? ElementKind.Barrier : ElementKind.Newline;
}

function cachedRole(known: Map<string, BracketRole>, key: string, syntax: AliengrepSyntax): BracketRole {
  let role = known.get(key);
  if (role === undefined) {
    role = bracketRole(key, syntax);
    known.set(key, role);
  }
  return role;
}
