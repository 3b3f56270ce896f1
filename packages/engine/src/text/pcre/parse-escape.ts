import { type CharSet, complementOf, LAST_CODE_POINT } from './char-set.ts';
import { ESCAPED_SETS, NOT_NEWLINE } from './char-types.ts';
import type { Cursor } from './cursor.ts';
import { propertyNamed } from './properties.ts';
import type { Assertion } from './syntax.ts';

export type Escape =
  | { kind: 'char'; codePoint: number }
  | { kind: 'set'; set: CharSet }
  | { kind: 'assert'; assertion: Assertion }
  | { kind: 'reference'; target: GroupReference }
  | { kind: 'call'; target: GroupReference }
  | { kind: 'newline-sequence' }
  | { kind: 'grapheme' }
  | { kind: 'keep' };

export interface GroupReference {
  group: number | string;
  offset: number;
}

/** What the number of a relative or plain reference depends on. */
export interface EscapeContext {
  /** Groups opened so far. */
  groupsOpened: number;
}

const ASSERTIONS = new Map<string, Assertion>([
  ['A', 'text-start'],
  ['z', 'text-end'],
  ['Z', 'text-end-or-last-newline'],
  ['G', 'search-start'],
  ['b', 'word-boundary'],
  ['B', 'not-word-boundary'],
]);

const CONTROL_CHARS = new Map([
  ['a', 0x07],
  ['e', 0x1b],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
]);

const NOT_IN_CLASS = 'BRX';

/** Reads an escape outside a class; the cursor is behind the backslash. */
export function parseEscape(cursor: Cursor, context: EscapeContext): Escape {
  const start = cursor.offset - 1;
  const char = cursor.peek();
  const assertion = ASSERTIONS.get(char);
  if (assertion) {
    cursor.offset++;
    return { kind: 'assert', assertion };
  }
  if (cursor.take('K')) return { kind: 'keep' };
  if (cursor.take('R')) return { kind: 'newline-sequence' };
  if (cursor.take('X')) return { kind: 'grapheme' };
  if (cursor.take('g')) return parseG(cursor, context, start);
  if (cursor.take('k')) return parseNamedBackreference(cursor, start);
  if (char >= '1' && char <= '9') return parseDigits(cursor, context, start);
  return parseCharEscape(cursor, start);
}

/** Reads an escape inside a class; the cursor is behind the backslash. */
export function parseClassEscape(cursor: Cursor): Escape {
  const start = cursor.offset - 1;
  const char = cursor.peek();
  if (cursor.take('b')) return charEscape(0x08);
  if (cursor.take('g') || cursor.take('k')) return charEscape(char.charCodeAt(0));
  if (char !== '' && NOT_IN_CLASS.includes(char)) cursor.fail(`\\${char} has no meaning in a character class`, start);
  if (char === 'N' && !cursor.startsWith('N{U+')) cursor.fail('\\N has no meaning in a character class', start);
  if (char >= '1' && char <= '9') return charEscape(takeOctal(cursor, 3));
  if (char !== '' && 'AGKZz'.includes(char)) cursor.fail(`\\${char} has no meaning in a character class`, start);
  return parseCharEscape(cursor, start);
}

/** The escapes that mean the same inside and outside a class. */
function parseCharEscape(cursor: Cursor, start: number): Escape {
  if (cursor.atEnd) cursor.fail('the pattern ends with a backslash', start);
  const char = cursor.peek();
  const set = ESCAPED_SETS.get(char);
  if (set) {
    cursor.offset++;
    return { kind: 'set', set };
  }
  const control = CONTROL_CHARS.get(char);
  if (control !== undefined) {
    cursor.offset++;
    return charEscape(control);
  }
  if (!/[A-Za-z0-9]/.test(char)) return charEscape(cursor.takeChar());
  cursor.offset++;
  switch (char) {
    case '0':
      return charEscape(takeOctal(cursor, 2));
    case 'x':
      return charEscape(takeHex(cursor));
    case 'o':
      return charEscape(takeBracedOctal(cursor));
    case 'c':
      return charEscape(takeControl(cursor));
    case 'N':
      return parseN(cursor, start);
    case 'p':
    case 'P':
      return { kind: 'set', set: takeProperty(cursor, char === 'P', start) };
    case 'C':
      return cursor.unsupported('\\C (a single code unit)', start);
    case '8':
    case '9':
      return charEscape(char.charCodeAt(0));
    default:
      return cursor.fail(`unknown escape \\${char}`, start);
  }
}

function charEscape(codePoint: number): Escape {
  return { kind: 'char', codePoint };
}

/** `\1`…: a reference below 10, if it starts with 8 or 9, or if so many groups stand to the left; else octal. */
function parseDigits(cursor: Cursor, context: EscapeContext, start: number): Escape {
  const digits = (cursor.takeMatch(/\d+/y) as RegExpExecArray)[0];
  const group = Number(digits);
  if (group < 10 || /^[89]/.test(digits) || group <= context.groupsOpened) return reference(group, start);
  cursor.offset = start + 1;
  return charEscape(takeOctal(cursor, 3));
}

function takeOctal(cursor: Cursor, maxDigits: number): number {
  const digits = cursor.takeMatch(maxDigits === 3 ? /[0-7]{1,3}/y : /[0-7]{0,2}/y);
  if (digits === null) return cursor.takeChar();
  return digits[0] === '' ? 0 : Number.parseInt(digits[0], 8);
}

function takeHex(cursor: Cursor): number {
  const start = cursor.offset;
  if (!cursor.take('{')) {
    const digits = (cursor.takeMatch(/[0-9A-Fa-f]{0,2}/y) as RegExpExecArray)[0];
    return digits === '' ? 0 : Number.parseInt(digits, 16);
  }
  const braced = cursor.takeMatch(/([0-9A-Fa-f]+)\}/y);
  if (braced === null) cursor.fail('\\x{ must be followed by hexadecimal digits and }', start);
  return checkedCodePoint(cursor, Number.parseInt(braced[1] as string, 16), start);
}

function takeBracedOctal(cursor: Cursor): number {
  const start = cursor.offset;
  const braced = cursor.takeMatch(/\{([0-7]+)\}/y);
  if (braced === null) cursor.fail('\\o must be followed by octal digits in braces', start);
  return checkedCodePoint(cursor, Number.parseInt(braced[1] as string, 8), start);
}

function checkedCodePoint(cursor: Cursor, codePoint: number, offset: number): number {
  if (codePoint > LAST_CODE_POINT) cursor.fail('the code point is too large', offset);
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) cursor.fail('a surrogate is not a character', offset);
  return codePoint;
}

function takeControl(cursor: Cursor): number {
  if (cursor.atEnd) cursor.fail('the pattern ends after \\c');
  const code = cursor.takeChar();
  if (code < 0x20 || code > 0x7e) cursor.fail('\\c must be followed by a printable ASCII character', cursor.offset - 1);
  const upper = code >= 0x61 && code <= 0x7a ? code - 0x20 : code;
  return upper ^ 0x40;
}

/** `\N` not followed by a quantifier-like brace is "not a newline"; `\N{U+41}` a code point. */
function parseN(cursor: Cursor, start: number): Escape {
  const codePoint = cursor.takeMatch(/\{U\+([0-9A-Fa-f]+)\}/y);
  if (codePoint) return charEscape(checkedCodePoint(cursor, Number.parseInt(codePoint[1] as string, 16), start));
  if (/\{(?!\d+(?:,\d*)?\})/y.test(cursor.source.slice(cursor.offset, cursor.offset + 20))) {
    cursor.fail('characters cannot be written by name', start);
  }
  return { kind: 'set', set: NOT_NEWLINE };
}

function takeProperty(cursor: Cursor, negated: boolean, start: number): CharSet {
  if (cursor.atEnd) cursor.fail('\\p must be followed by a property', start);
  const name = cursor.takeMatch(/\{([^{}\\]*)\}|([A-Za-z])/y);
  if (name === null) cursor.fail('\\p must be followed by a letter or a name in braces', start);
  const written = name[1] ?? (name[2] as string);
  if (/^\^?\s*(?:bidi_?class|bc)\s*[:=]/i.test(written)) cursor.unsupported('the property bidi_class', start);
  const set = propertyNamed(written);
  if (set === null) cursor.fail(`unknown Unicode property "${written}"`, start);
  return negated ? complementOf(set) : set;
}

function parseNamedBackreference(cursor: Cursor, start: number): Escape {
  const close = closerOf(cursor);
  if (close === null) cursor.fail('\\k must be followed by a name in <>, {} or quotes', start);
  return reference(takeGroupName(cursor, close), start);
}

/** `\g1 \g{-1} \g{name}` refer back; `\g<1> \g'name'` call. */
function parseG(cursor: Cursor, context: EscapeContext, start: number): Escape {
  const bare = cursor.takeMatch(/[+-]?\d+/y);
  if (bare) return reference(relative(cursor, bare[0], context, start), start);
  const calls = cursor.peek() !== '{';
  const close = closerOf(cursor);
  if (close === null) cursor.fail('\\g must be followed by a group number or name', start);
  const number = cursor.takeMatch(/[+-]?\d+/y);
  if (number === null)
    return { kind: calls ? 'call' : 'reference', target: target(takeGroupName(cursor, close), start) };
  if (!cursor.take(close)) cursor.fail(`"${close}" expected`);
  const group = relative(cursor, number[0], context, start);
  return { kind: calls ? 'call' : 'reference', target: target(group, start) };
}

function reference(group: number | string, offset: number): Escape {
  return { kind: 'reference', target: target(group, offset) };
}

function target(group: number | string, offset: number): GroupReference {
  return { group, offset };
}

/** The number that `-1`, `+2` or `3` denotes where so many groups are open. */
export function relative(cursor: Cursor, written: string, context: EscapeContext, offset: number): number {
  const value = Number(written);
  if (/^[+-]0+$/.test(written)) cursor.fail('a relative group number cannot be zero', offset);
  if (written.startsWith('-')) {
    if (-value > context.groupsOpened) cursor.fail('there are not so many groups to the left', offset);
    return context.groupsOpened + 1 + value;
  }
  if (written.startsWith('+')) return context.groupsOpened + value;
  return value;
}

function closerOf(cursor: Cursor): string | null {
  if (cursor.take('<')) return '>';
  if (cursor.take('{')) return '}';
  return cursor.take("'") ? "'" : null;
}

/** PCRE2's limit on the length of a name. */
const MAX_NAME_LENGTH = 32;

/** Reads a group name and its terminator. */
export function takeGroupName(cursor: Cursor, close: string): string {
  const start = cursor.offset;
  if (/\p{Nd}/u.test(cursor.peek())) cursor.fail('a group name cannot start with a digit', start);
  const name = cursor.takeMatch(/[\p{L}\p{Nd}_]+/uy);
  if (name === null) cursor.fail('a group name is missing', start);
  if (name[0].length > MAX_NAME_LENGTH) cursor.fail('the group name is longer than 32 characters', start);
  if (!cursor.take(close)) cursor.fail(`the group name must end with "${close}"`);
  return name[0];
}
