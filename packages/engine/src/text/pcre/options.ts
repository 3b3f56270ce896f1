import type { Cursor } from './cursor.ts';

/** What `(?imsxnUJ)` sets; scoped to the enclosing group. */
export interface Options {
  caseless: boolean;
  multiline: boolean;
  dotAll: boolean;
  extended: boolean;
  /** `(?xx)` */
  extendedMore: boolean;
  noAutoCapture: boolean;
  ungreedy: boolean;
  duplicateNames: boolean;
}

export function initialOptions(multiline: boolean): Options {
  return {
    caseless: false,
    multiline,
    dotAll: false,
    extended: false,
    extendedMore: false,
    noAutoCapture: false,
    ungreedy: false,
    duplicateNames: false,
  };
}

const LETTERS = new Map<string, keyof Options>([
  ['i', 'caseless'],
  ['m', 'multiline'],
  ['s', 'dotAll'],
  ['x', 'extended'],
  ['n', 'noAutoCapture'],
  ['U', 'ungreedy'],
  ['J', 'duplicateNames'],
]);

const UNSET_BY_CARET = {
  caseless: false,
  multiline: false,
  dotAll: false,
  noAutoCapture: false,
  extended: false,
  extendedMore: false,
};

/** Reads `i-s)` or `i-s:` behind `(?`; a colon means that a group follows, for which alone the options hold. */
export function takeOptions(
  cursor: Cursor,
  current: Options,
  start: number,
): { options: Options; opensGroup: boolean } {
  const options = { ...current };
  const reset = cursor.take('^');
  if (reset) Object.assign(options, UNSET_BY_CARET);
  let value = true;
  for (;;) {
    if (cursor.atEnd) cursor.fail('the parenthesis is not closed', start);
    const letter = cursor.peek();
    cursor.offset++;
    if (letter === ')' || letter === ':') return { options, opensGroup: letter === ':' };
    if (letter === '-') {
      if (!value || reset) cursor.fail('the hyphen is misplaced', start);
      value = false;
    } else setOption(cursor, options, letter, value, start);
  }
}

function setOption(cursor: Cursor, options: Options, letter: string, value: boolean, start: number): void {
  const key = LETTERS.get(letter);
  if (key === undefined) cursor.fail(`unknown option or group type "${letter}"`, start);
  options[key] = value;
  if (key === 'extended') options.extendedMore = value && cursor.take('x');
}

const HARMLESS_AT_START =
  /\(\*(?:UTF8?|NO_JIT|NO_START_OPT|NO_AUTO_POSSESS|NO_DOTSTAR_ANCHOR|LF|BSR_UNICODE|LIMIT_(?:MATCH|DEPTH|HEAP|RECURSION)=\d+)\)/y;
const OTHERS_AT_START = /\(\*(UCP|CR|CRLF|ANYCRLF|ANY|NUL|BSR_ANYCRLF|NOTEMPTY|NOTEMPTY_ATSTART)\)/y;

/** Reads settings such as `(*UTF)` at the start of a pattern. */
export function skipStartSettings(cursor: Cursor): void {
  while (cursor.takeMatch(HARMLESS_AT_START));
  const start = cursor.offset;
  const other = cursor.takeMatch(OTHERS_AT_START);
  if (other) cursor.unsupported(`(*${other[1]})`, start);
}
