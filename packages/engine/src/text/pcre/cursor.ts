import type { RegexProblem } from './syntax.ts';

/** Thrown inside the parser only; `parseRegex` turns it into a `RegexProblem`. */
export class PatternError extends Error {
  readonly problem: RegexProblem;

  constructor(message: string, offset: number, unsupported: boolean) {
    super(message);
    this.problem = { kind: 'problem', message, offset, unsupported };
  }
}

/** A reading position in a pattern. */
export class Cursor {
  readonly source: string;
  offset = 0;

  constructor(source: string) {
    this.source = source;
  }

  get atEnd(): boolean {
    return this.offset >= this.source.length;
  }

  /** The UTF-16 unit `ahead` places on; '' past the end. */
  peek(ahead = 0): string {
    return this.source.charAt(this.offset + ahead);
  }

  startsWith(text: string): boolean {
    return this.source.startsWith(text, this.offset);
  }

  /** Consumes `text` if it comes next. */
  take(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.offset += text.length;
    return true;
  }

  /** Consumes what a sticky expression matches here. */
  takeMatch(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.offset;
    const match = sticky.exec(this.source);
    if (match) this.offset += match[0].length;
    return match;
  }

  /** Consumes one code point; the caller has checked `atEnd`. */
  takeChar(): number {
    const codePoint = this.source.codePointAt(this.offset) as number;
    this.offset += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  fail(message: string, offset = this.offset): never {
    throw new PatternError(message, offset, false);
  }

  unsupported(what: string, offset = this.offset): never {
    throw new PatternError(`${what} is not supported`, offset, true);
  }
}
