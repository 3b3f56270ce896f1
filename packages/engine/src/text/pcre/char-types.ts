import { type CharSet, complementOf, setOfRanges } from './char-set.ts';

/** The escapes and POSIX classes that denote a fixed set. Without PCRE2's UCP option they are ASCII. */

const DIGIT = setOfRanges([0x30, 0x39]);
const SPACE = setOfRanges([0x09, 0x0d, 0x20, 0x20]);
const WORD = setOfRanges([0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a]);
const HORIZONTAL_SPACE = setOfRanges([
  0x09, 0x09, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x180e, 0x180e, 0x2000, 0x200a, 0x202f, 0x202f, 0x205f, 0x205f,
  0x3000, 0x3000,
]);
const VERTICAL_SPACE = setOfRanges([0x0a, 0x0d, 0x85, 0x85, 0x2028, 0x2029]);

export const NOT_NEWLINE: CharSet = complementOf(setOfRanges([0x0a, 0x0a]));
/** What `\R` matches besides CR LF. */
export const NEWLINE_CHARS: CharSet = VERTICAL_SPACE;

export const ESCAPED_SETS: ReadonlyMap<string, CharSet> = new Map([
  ['d', DIGIT],
  ['D', complementOf(DIGIT)],
  ['s', SPACE],
  ['S', complementOf(SPACE)],
  ['w', WORD],
  ['W', complementOf(WORD)],
  ['h', HORIZONTAL_SPACE],
  ['H', complementOf(HORIZONTAL_SPACE)],
  ['v', VERTICAL_SPACE],
  ['V', complementOf(VERTICAL_SPACE)],
]);

const ALPHA = setOfRanges([0x41, 0x5a, 0x61, 0x7a]);

const POSIX_SETS: ReadonlyMap<string, CharSet> = new Map([
  ['alpha', ALPHA],
  ['lower', setOfRanges([0x61, 0x7a])],
  ['upper', setOfRanges([0x41, 0x5a])],
  ['alnum', setOfRanges([0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a])],
  ['ascii', setOfRanges([0, 0x7f])],
  ['blank', setOfRanges([0x09, 0x09, 0x20, 0x20])],
  ['cntrl', setOfRanges([0, 0x1f, 0x7f, 0x7f])],
  ['digit', DIGIT],
  ['graph', setOfRanges([0x21, 0x7e])],
  ['print', setOfRanges([0x20, 0x7e])],
  ['punct', setOfRanges([0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e])],
  ['space', SPACE],
  ['word', WORD],
  ['xdigit', setOfRanges([0x30, 0x39, 0x41, 0x46, 0x61, 0x66])],
]);

/** The set of `[:name:]` or `[:^name:]`; caselessly, upper and lower mean alpha. Null for an unknown name. */
export function posixSet(written: string, caseless: boolean): CharSet | null {
  const negated = written.startsWith('^');
  const name = negated ? written.slice(1) : written;
  const set = caseless && (name === 'lower' || name === 'upper') ? ALPHA : POSIX_SETS.get(name);
  if (set === undefined) return null;
  return negated ? complementOf(set) : set;
}
