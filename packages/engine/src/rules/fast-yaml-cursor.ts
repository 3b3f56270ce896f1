/** A place in a text and the small moves that the fast YAML reader makes with it. */
import type { YamlScalar } from './yaml-tree.ts';

/** Thrown where the text leaves the plain style; caught by `readYamlFast` only. */
export class GiveUp extends Error {}

/** One instance, without a stack worth capturing: giving up is ordinary, not an error. */
const GIVE_UP = new GiveUp('not in plain style');

export const LF = 10;
export const SPACE = 32;
const TAB = 9;
const HASH = 35;
const COLON = 58;

/** Characters that may not start a value without quotes; `-`, `?` and `:` may, before a non-blank. */
const INDICATORS = new Set([...'#,[]{}&*!|>\'"%@`'].map((character) => character.charCodeAt(0)));
const DASH_LIKE = new Set([...'-?:'].map((character) => character.charCodeAt(0)));
const FLOW_INDICATORS = new Set([...',[]{}'].map((character) => character.charCodeAt(0)));

export class TextCursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  giveUp(): never {
    throw GIVE_UP;
  }

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** NaN at the end. */
  peek(): number {
    return this.text.charCodeAt(this.at);
  }

  column(): number {
    return this.at - (this.at === 0 ? 0 : this.text.lastIndexOf('\n', this.at - 1) + 1);
  }

  hasNewline(since: number): boolean {
    const newline = this.text.indexOf('\n', since);
    return newline >= 0 && newline < this.at;
  }

  /** From a line's start or end, over blank and comment lines to the next content; returns its column. */
  skipBlank(): number {
    const text = this.text;
    let lineStart = -1;
    for (;;) {
      let code = text.charCodeAt(this.at);
      while (code === SPACE || code === LF) {
        if (code === LF) lineStart = this.at + 1;
        code = text.charCodeAt(++this.at);
      }
      if (code === TAB) this.giveUp();
      if (code !== HASH) break;
      this.#skipLine();
    }
    const column = lineStart < 0 ? this.column() : this.at - lineStart;
    if (column === 0 && (text.startsWith('---', this.at) || text.startsWith('...', this.at))) this.giveUp();
    return column;
  }

  /** After `key:` or `-`: skips spaces, and a comment; whether nothing else is left on the line. */
  skipSpacesToLineEnd(): boolean {
    const before = this.at;
    let code = this.peek();
    while (code === SPACE) code = this.text.charCodeAt(++this.at);
    if (code === TAB) this.giveUp();
    if (code === HASH && this.at > before) {
      this.#skipLine();
      return true;
    }
    return code === LF || this.atEnd();
  }

  /** Nothing but spaces and a comment may be left on the line. */
  expectLineEnd(): void {
    if (!this.skipSpacesToLineEnd()) this.giveUp();
  }

  /** Blanks inside brackets; following lines must be indented more than `parent`. */
  skipFlowBlank(parent: number): void {
    for (;;) {
      if (!this.skipSpacesToLineEnd()) return;
      if (this.atEnd()) this.giveUp();
      if (this.skipBlank() <= parent) this.giveUp();
    }
  }

  /** Offset of the colon after the plain word under the cursor, if the word is a mapping's key; else -1. */
  keyEnd(): number {
    const text = this.text;
    let at = this.at;
    let code = text.charCodeAt(at);
    if (!isKeyStart(code)) return -1;
    while (isKeyStart(code) || isKeyInner(code)) code = text.charCodeAt(++at);
    if (code !== COLON) return -1;
    const next = text.charCodeAt(at + 1);
    return next === SPACE || next === LF || at + 1 === text.length ? at : -1;
  }

  /** Gives up unless a plain value may start here. */
  expectPlainStart(inFlow: boolean): void {
    const code = this.peek();
    if (this.atEnd() || INDICATORS.has(code)) this.giveUp();
    if (!DASH_LIKE.has(code)) return;
    const next = this.text.charCodeAt(this.at + 1);
    if (Number.isNaN(next) || next === SPACE || next === LF || next === TAB) this.giveUp();
    if (inFlow && FLOW_INDICATORS.has(next)) this.giveUp();
  }

  /** A plain value inside brackets, on one line. */
  flowPlain(): YamlScalar {
    this.expectPlainStart(/* inFlow */ true);
    const { text, at: start } = this;
    let end = start;
    for (let code = text.charCodeAt(start); ; code = text.charCodeAt(++this.at)) {
      if (code === LF || FLOW_INDICATORS.has(code)) break;
      if (code === TAB || this.atEnd()) this.giveUp();
      if (code === COLON && this.#endsKey(this.at + 1)) this.giveUp();
      if (code === HASH && text.charCodeAt(this.at - 1) === SPACE) this.giveUp();
      if (code !== SPACE) end = this.at + 1;
    }
    return { kind: 'scalar', value: plainValue(text.slice(start, end), this), start, end };
  }

  #endsKey(at: number): boolean {
    const next = this.text.charCodeAt(at);
    return Number.isNaN(next) || next === SPACE || next === LF || FLOW_INDICATORS.has(next);
  }

  #skipLine(): void {
    const newline = this.text.indexOf('\n', this.at);
    this.at = newline < 0 ? this.text.length : newline;
  }
}

function isKeyStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isKeyInner(code: number): boolean {
  return code === 45 || code === 46 || (code >= 48 && code <= 57);
}

const MAY_BE_OTHER_THAN_STRING = /^[-+.0-9~nNtTfF]/;
const INTEGER = /^[-+]?[0-9]{1,15}$/;
/** Floats, hexadecimal, octal and long numbers are rare enough to be left to the full reader. */
const OTHER_NUMBER = /^[-+]?[.0-9]/;
const NUMERIC =
  /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** What a plain word means in YAML's core schema. */
export function plainValue(text: string, cursor: TextCursor): string | number | boolean | null {
  if (!MAY_BE_OTHER_THAN_STRING.test(text)) return text;
  if (INTEGER.test(text)) return Number(text);
  if (OTHER_NUMBER.test(text)) return NUMERIC.test(text) ? cursor.giveUp() : text;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  return /^(?:~|null|Null|NULL)$/.test(text) ? null : text;
}
