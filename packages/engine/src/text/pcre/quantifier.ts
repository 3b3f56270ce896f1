import type { Cursor } from './cursor.ts';
import type { Look, RegexNode, RepeatMode } from './syntax.ts';

export interface Bounds {
  min: number;
  /** `Infinity` where there is none. */
  max: number;
}

const QUANTIFIER = /[*+?]|\{(\d+)(?:(,)(\d*))?\}/y;
const MAX_REPEAT = 65535;

/** Reads `*`, `{2,5}` and the like without the mode; null if there is none. Other braces are literals. */
export function takeBounds(cursor: Cursor): Bounds | null {
  const start = cursor.offset;
  const quantifier = cursor.takeMatch(QUANTIFIER);
  if (quantifier === null) return null;
  const [symbol, low, comma, high] = quantifier;
  if (symbol === '*') return { min: 0, max: Number.POSITIVE_INFINITY };
  if (symbol === '+') return { min: 1, max: Number.POSITIVE_INFINITY };
  if (symbol === '?') return { min: 0, max: 1 };
  const min = Number(low);
  let max = min;
  if (comma) max = high ? Number(high) : Number.POSITIVE_INFINITY;
  if (min > MAX_REPEAT || (max > MAX_REPEAT && Number.isFinite(max))) {
    cursor.fail('the number in the quantifier is larger than 65535', start);
  }
  if (max < min) cursor.fail('the numbers in the quantifier are out of order', start);
  return { min, max };
}

export function isQuantifierNext(cursor: Cursor): boolean {
  QUANTIFIER.lastIndex = cursor.offset;
  return QUANTIFIER.test(cursor.source);
}

/** The mode behind a quantifier; `ungreedy` swaps greedy and lazy. */
export function takeMode(cursor: Cursor, ungreedy: boolean): RepeatMode {
  if (cursor.take('+')) return 'possessive';
  return cursor.take('?') === ungreedy ? 'greedy' : 'lazy';
}

export function isQuantifiable(node: RegexNode): boolean {
  if (node.kind === 'verb') return node.verb === 'accept';
  return node.kind !== 'assert' && node.kind !== 'keep';
}

/** What stands in parentheses can be repeated, whatever it is. */
export function asUnit(node: RegexNode): RegexNode {
  return isQuantifiable(node) ? node : { kind: 'sequence', items: [node] };
}

export function repeated(body: RegexNode, bounds: Bounds, mode: RepeatMode): RegexNode {
  return body.kind === 'look' ? repeatedLook(body, bounds, mode) : { kind: 'repeat', body, ...bounds, mode };
}

/** Asking twice changes nothing, so a repeated look-around is taken at most once. */
function repeatedLook(look: Look, { min, max }: Bounds, mode: RepeatMode): RegexNode {
  return min > 0 ? look : { kind: 'repeat', body: look, min: 0, max: Math.min(max, 1), mode };
}
