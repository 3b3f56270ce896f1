/**
 * Sets of code points, as character classes and escapes denote them.
 *
 * A set is a list of ranges plus Unicode properties, the whole possibly negated. Ranges are kept sorted and merged,
 * and a set without properties is never `negated` (its complement is computed), so that most sets are plain ranges
 * and can be compared, intersected and tested without Unicode tables.
 */
export interface CharSet {
  /** Inclusive pairs, flat: `[first, last, first, last, …]`. */
  readonly ranges: readonly number[];
  readonly properties: readonly UnicodeProperty[];
  readonly negated: boolean;
}

/** `name` as JavaScript spells it inside `\p{…}`. */
export interface UnicodeProperty {
  readonly name: string;
  readonly negated: boolean;
}

export const LAST_CODE_POINT = 0x10ffff;

export function setOfRanges(pairs: readonly number[]): CharSet {
  return { ranges: mergeRanges(pairs), properties: [], negated: false };
}

export function setOfChar(codePoint: number): CharSet {
  return { ranges: [codePoint, codePoint], properties: [], negated: false };
}

export function setOfProperty(name: string, negated: boolean): CharSet {
  return { ranges: [], properties: [{ name, negated }], negated: false };
}

export const EMPTY_SET: CharSet = setOfRanges([]);
export const ANY_CHAR: CharSet = setOfRanges([0, LAST_CODE_POINT]);

/** No operand may be negated with properties: classes negate last. */
export function unionOf(sets: readonly CharSet[]): CharSet {
  if (sets.some((set) => set.negated)) throw new Error('a negated set cannot be an operand of a union');
  return {
    ranges: mergeRanges(sets.flatMap((set) => set.ranges)),
    properties: sets.flatMap((set) => set.properties),
    negated: false,
  };
}

export function complementOf(set: CharSet): CharSet {
  if (set.properties.length === 0) return setOfRanges(invertRanges(set.ranges));
  if (set.ranges.length === 0 && set.properties.length === 1 && !set.negated) {
    const [property] = set.properties as [UnicodeProperty];
    return setOfProperty(property.name, !property.negated);
  }
  return { ...set, negated: !set.negated };
}

/** The single member of a one-character set, else null. */
export function onlyChar(set: CharSet): number | null {
  const [first, last] = set.ranges;
  const single = set.properties.length === 0 && set.ranges.length === 2 && first === last;
  return single && first !== undefined ? first : null;
}

export function sameSet(a: CharSet, b: CharSet): boolean {
  return (
    a.negated === b.negated &&
    a.ranges.length === b.ranges.length &&
    a.ranges.every((value, i) => value === b.ranges[i]) &&
    a.properties.length === b.properties.length &&
    a.properties.every((property, i) => {
      const other = b.properties[i];
      return property.name === other?.name && property.negated === other.negated;
    })
  );
}

/** May answer true for disjoint sets where properties are involved, never false for overlapping ones. */
export function mayOverlap(a: CharSet, b: CharSet): boolean {
  if (a.properties.length > 0 || b.properties.length > 0) return true;
  let i = 0;
  let j = 0;
  while (i < a.ranges.length && j < b.ranges.length) {
    if (at(a.ranges, i + 1) < at(b.ranges, j)) i += 2;
    else if (at(b.ranges, j + 1) < at(a.ranges, i)) j += 2;
    else return true;
  }
  return false;
}

/** A membership test, compiled once per set: a table for ASCII, binary search and a native class beyond. */
export function compileMembership(set: CharSet): (codePoint: number) => boolean {
  const native = set.properties.length > 0 ? new RegExp(`^${toJsClass(set)}$`, 'u') : null;
  const slow = native
    ? (codePoint: number) => native.test(String.fromCodePoint(codePoint))
    : (codePoint: number) => inRanges(set.ranges, codePoint);
  const ascii = new Uint8Array(128);
  for (let c = 0; c < 128; c++) ascii[c] = slow(c) ? 1 : 0;
  return (codePoint) => (codePoint < 128 ? ascii[codePoint] === 1 : slow(codePoint));
}

/** The set as a JavaScript class or character, for a pattern with the `u` flag. */
export function toJsClass(set: CharSet): string {
  const single = onlyChar(set);
  if (single !== null) return toJsChar(single);
  if (set.properties.length === 0) {
    if (set.ranges.length === 0) return '[]';
    const inverted = invertRanges(set.ranges);
    if (inverted.length === 0) return '[^]';
    return inverted.length <= set.ranges.length ? `[^${rangesToJs(inverted)}]` : `[${rangesToJs(set.ranges)}]`;
  }
  const properties = set.properties.map(({ name, negated }) => `\\${negated ? 'P' : 'p'}{${name}}`).join('');
  return `[${set.negated ? '^' : ''}${rangesToJs(set.ranges)}${properties}]`;
}

export function toJsChar(codePoint: number): string {
  const char = String.fromCodePoint(codePoint);
  if (/[A-Za-z0-9_ "#%&',:;<=>@`~!]/.test(char)) return char;
  if (/[\^$\\.*+?()[\]{}|/]/.test(char)) return `\\${char}`;
  return codePoint < 0x100 ? `\\x${codePoint.toString(16).padStart(2, '0')}` : `\\u{${codePoint.toString(16)}}`;
}

function rangesToJs(ranges: readonly number[]): string {
  let out = '';
  for (let i = 0; i < ranges.length; i += 2) {
    const first = at(ranges, i);
    const last = at(ranges, i + 1);
    out += toJsChar(first);
    if (last > first) out += `${last > first + 1 ? '-' : ''}${toJsChar(last)}`;
  }
  return out;
}

function mergeRanges(pairs: readonly number[]): number[] {
  const sorted: [number, number][] = [];
  for (let i = 0; i < pairs.length; i += 2) sorted.push([at(pairs, i), at(pairs, i + 1)]);
  sorted.sort((a, b) => a[0] - b[0]);
  const merged: number[] = [];
  for (const [first, last] of sorted) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous + 1) merged[merged.length - 1] = Math.max(previous, last);
    else merged.push(first, last);
  }
  return merged;
}

function invertRanges(ranges: readonly number[]): number[] {
  const inverted: number[] = [];
  let next = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    if (at(ranges, i) > next) inverted.push(next, at(ranges, i) - 1);
    next = at(ranges, i + 1) + 1;
  }
  if (next <= LAST_CODE_POINT) inverted.push(next, LAST_CODE_POINT);
  return inverted;
}

function inRanges(ranges: readonly number[], codePoint: number): boolean {
  let low = 0;
  let high = ranges.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (codePoint < at(ranges, 2 * middle)) high = middle - 1;
    else if (codePoint > at(ranges, 2 * middle + 1)) low = middle + 1;
    else return true;
  }
  return false;
}

function at(values: readonly number[], index: number): number {
  return values[index] as number;
}
