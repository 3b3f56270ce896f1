import { withCaseVariants } from './case-variants.ts';
import { type CharSet, complementOf, setOfRanges, unionOf } from './char-set.ts';
import { posixSet } from './char-types.ts';
import type { Cursor } from './cursor.ts';
import { parseClassEscape } from './parse-escape.ts';

export interface ClassOptions {
  caseless: boolean;
  /** `(?xx)`: blanks and tabs in classes do not count. */
  ignoreBlanks: boolean;
}

type Member = { kind: 'char'; codePoint: number } | { kind: 'set'; set: CharSet };

/** Reads a character class; the cursor is behind the opening bracket. */
export function parseClass(cursor: Cursor, options: ClassOptions): CharSet {
  return new ClassParser(cursor, options).parse();
}

/**
 * True if `[:`, `[.` or `[=` at the cursor starts a POSIX item, terminated as it must be. A bracket or a second
 * opener in between means that it is not one.
 */
export function isPosixItem(cursor: Cursor): boolean {
  return /^\[([:.=])(?:\\[\]\\]|(?!\1\]|\]|\[\1)[\s\S])*\1\]/.test(
    cursor.source.slice(cursor.offset, cursor.offset + 200),
  );
}

class ClassParser {
  private readonly cursor: Cursor;
  private readonly options: ClassOptions;
  private readonly start: number;
  /** Explicit characters and ranges, to which case variants are added; flat pairs. */
  private readonly ranges: number[] = [];
  /** Escapes and POSIX classes, which case does not touch. */
  private readonly sets: CharSet[] = [];
  private quoting = false;

  constructor(cursor: Cursor, options: ClassOptions) {
    this.cursor = cursor;
    this.options = options;
    this.start = cursor.offset - 1;
  }

  parse(): CharSet {
    const negated = this.cursor.take('^');
    this.skipIgnored();
    let first = true;
    while (first || this.quoting || this.cursor.peek() !== ']') {
      this.parseMember();
      first = false;
      this.skipIgnored();
    }
    this.cursor.offset++;
    const explicit = setOfRanges(this.ranges);
    const set = unionOf([this.options.caseless ? withCaseVariants(explicit) : explicit, ...this.sets]);
    return negated ? complementOf(set) : set;
  }

  private parseMember(): void {
    const start = this.cursor.offset;
    const member = this.takeMember();
    this.skipIgnored();
    const isRange = !this.quoting && this.cursor.peek() === '-' && this.rangeContinues();
    if (member.kind === 'set') {
      if (member.set.negated) this.cursor.unsupported('this negated property in a class', start);
      if (isRange) this.cursor.fail('a range cannot start with a character type', start);
      this.sets.push(member.set);
    } else if (isRange) {
      this.cursor.offset++;
      this.parseRangeEnd(member.codePoint, start);
    } else {
      this.ranges.push(member.codePoint, member.codePoint);
    }
  }

  /** At a hyphen: it is a literal where only the closing bracket follows. */
  private rangeContinues(): boolean {
    const hyphen = this.cursor.offset;
    this.cursor.offset++;
    this.skipIgnored();
    const continues = this.quoting || this.cursor.peek() !== ']';
    this.cursor.offset = hyphen;
    this.quoting = false;
    return continues;
  }

  private parseRangeEnd(first: number, start: number): void {
    this.skipIgnored();
    const last = this.takeMember();
    if (last.kind === 'set') this.cursor.fail('a range cannot end with a character type', start);
    if (last.codePoint < first) this.cursor.fail('the range is out of order', start);
    this.ranges.push(first, last.codePoint);
  }

  private takeMember(): Member {
    const cursor: Cursor = this.cursor;
    if (cursor.atEnd) cursor.fail('the character class is not closed', this.start);
    if (this.quoting) return { kind: 'char', codePoint: cursor.takeChar() };
    if (cursor.peek() === '[' && isPosixItem(cursor)) return { kind: 'set', set: this.takePosix() };
    if (!cursor.take('\\')) return { kind: 'char', codePoint: cursor.takeChar() };
    const escaped = parseClassEscape(cursor);
    if (escaped.kind !== 'char' && escaped.kind !== 'set') throw new Error(`${escaped.kind} escape in a class`);
    return escaped;
  }

  private takePosix(): CharSet {
    const cursor: Cursor = this.cursor;
    const start = cursor.offset;
    const item = cursor.takeMatch(/\[:([^:\]]*):\]/y);
    if (item === null) cursor.fail('POSIX collating elements are not supported', start);
    const set = posixSet(item[1] as string, this.options.caseless);
    if (set === null) cursor.fail(`unknown POSIX class "${item[1]}"`, start);
    return set;
  }

  /** `\Q`, `\E` and, where they do not count, blanks. */
  private skipIgnored(): void {
    for (;;) {
      if (this.quoting) {
        if (!this.cursor.take('\\E')) return;
        this.quoting = false;
      } else if (this.cursor.take('\\Q')) this.quoting = true;
      else if (!this.cursor.take('\\E') && !(this.options.ignoreBlanks && this.cursor.takeMatch(/[ \t]+/y))) return;
    }
  }
}
