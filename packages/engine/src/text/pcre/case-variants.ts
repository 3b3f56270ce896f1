import { type CharSet, setOfChar, setOfRanges } from './char-set.ts';

const KELVIN_SIGN = 0x212a;
const LONG_S = 0x17f;

/** Adds to each range of a set the characters that differ from a member only by case (simple folding, as PCRE2). */
export function withCaseVariants(set: CharSet): CharSet {
  const extra: number[] = [];
  for (let i = 0; i < set.ranges.length; i += 2) {
    addVariants(set.ranges[i] as number, set.ranges[i + 1] as number, extra);
  }
  return setOfRanges([...set.ranges, ...extra]);
}

/** Whether a member of the set has variants. Properties count as if they had. */
export function hasCaseVariants(set: CharSet): boolean {
  if (set.properties.length > 0) return true;
  const variants: number[] = [];
  for (let i = 0; i < set.ranges.length; i += 2) {
    addVariants(set.ranges[i] as number, set.ranges[i + 1] as number, variants);
  }
  return variants.length > 0;
}

/** The set of one character and its variants. Letters of a caseless pattern are the common case, so they are kept. */
export function caselessChar(codePoint: number): CharSet {
  let set = cachedChars.get(codePoint);
  if (set === undefined) {
    set = withCaseVariants(setOfChar(codePoint));
    if (codePoint < 0x80) cachedChars.set(codePoint, set);
  }
  return set;
}

const cachedChars = new Map<number, CharSet>();

function addVariants(first: number, last: number, out: number[]): void {
  addShifted(first, last, 0x41, 0x5a, 0x20, out);
  addShifted(first, last, 0x61, 0x7a, -0x20, out);
  if (overlaps(first, last, 'k') || overlaps(first, last, 'K')) out.push(KELVIN_SIGN, KELVIN_SIGN);
  if (overlaps(first, last, 's') || overlaps(first, last, 'S')) out.push(LONG_S, LONG_S);
  if (last < 0x80) return;
  const table = nonAsciiVariants();
  if (last - first < 64) {
    for (let c = first; c <= last; c++) for (const v of table.get(c) ?? []) out.push(v, v);
  } else {
    for (const [c, variants] of table) if (c >= first && c <= last) for (const v of variants) out.push(v, v);
  }
}

function addShifted(first: number, last: number, low: number, high: number, shift: number, out: number[]): void {
  const from = Math.max(first, low);
  const to = Math.min(last, high);
  if (from <= to) out.push(from + shift, to + shift);
}

function overlaps(first: number, last: number, char: string): boolean {
  const code = char.charCodeAt(0);
  return first <= code && code <= last;
}

let cachedVariants: Map<number, number[]> | null = null;

/** Built on first use (about 30 ms): only caseless patterns with non-ASCII letters need it. */
function nonAsciiVariants(): Map<number, number[]> {
  cachedVariants ??= buildVariants();
  return cachedVariants;
}

function buildVariants(): Map<number, number[]> {
  const classes = new Map<number, number[]>();
  for (const char of casedChars()) {
    const codePoint = char.codePointAt(0) as number;
    const key = foldChar(codePoint);
    const members = classes.get(key);
    if (members === undefined) classes.set(key, [codePoint]);
    else members.push(codePoint);
  }
  const variants = new Map<number, number[]>();
  for (const members of classes.values()) {
    if (members.length < 2) continue;
    for (const c of members)
      if (c >= 0x80)
        variants.set(
          c,
          members.filter((other) => other !== c),
        );
  }
  return variants;
}

/** Scripts with case lie in the first two planes, Adlam (U+1E943) last. */
const CASED_LIMIT = 0x1f000;

function casedChars(): string[] {
  const chunks: string[] = [];
  for (let c = 0x41; c < CASED_LIMIT; c += 0x1000) {
    const chunk = Array.from({ length: 0x1000 }, (_, i) => c + i).filter((code) => code < 0xd800 || code > 0xdfff);
    chunks.push(String.fromCodePoint(...chunk));
  }
  return chunks.join('').match(/\p{Changes_When_Casemapped}/gu) ?? [];
}

/** Characters with equal folds match each other caselessly. Mappings to several characters do not count. */
export function foldChar(codePoint: number): number {
  if (codePoint === 0x130 || codePoint === 0x131) return codePoint; // dotted and dotless i have no partner
  if (codePoint === 0x1e9e) return 0xdf;
  const upper = mapSingle(codePoint, (text) => text.toUpperCase());
  return mapSingle(upper, (text) => text.toLowerCase());
}

function mapSingle(codePoint: number, map: (text: string) => string): number {
  const mapped = map(String.fromCodePoint(codePoint));
  const result = mapped.codePointAt(0) as number;
  return mapped.length === (result > 0xffff ? 2 : 1) ? result : codePoint;
}
