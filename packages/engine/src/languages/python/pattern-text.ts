import type { PatternText } from '../language.ts';
import { ANY_CASE_NAME, DEEP_NAME, ELLIPSIS_NAME, MARK, TYPED_NAME } from './placeholders.ts';

interface Bracket {
  opener: string;
  /** An opening parenthesis right after an operand: a call's, or a class's bases. */
  isCall: boolean;
  /** A `lambda` whose colon has not come yet. */
  lambdas: number;
  /** Output positions of free-standing `...` directly in this bracket. */
  ellipses: number[];
  hasPair: boolean;
  /** Output position of a `$X` that starts an argument, for `$X: T`. */
  argumentStart: number | null;
  typed: { at: number } | null;
}

const STRING_START = /[a-zA-Z]{0,2}("""|'''|"|')/y;
const METAVARIABLE = /\$(\.\.\.)?([A-Z_][A-Z_0-9]*)(?!\p{ID_Continue})/uy;
const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const WORD_START = /^\p{ID_Continue}/u;
const WORD_END = /\p{ID_Continue}$/u;
const DOTS = /\.{3,}/y;

/** Tokens that are written as identifiers. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['metavariable', 'ellipsis', 'deep']);

/**
 * Rewrites a Python pattern into text the grammar accepts (see placeholders.ts). Strings and comments are copied,
 * f-string holes are rewritten like code.
 */
function substitutePattern(pattern: string): string {
  return new Substitution(pattern).run();
}

class Substitution {
  private readonly source: string;
  private out = '';
  private at = 0;
  private brackets: Bracket[] = [newBracket('', false)];
  /** The last significant token, to tell a call's parenthesis and a relative import's dots. */
  private previous = '';

  constructor(source: string) {
    this.source = source;
  }

  run(): string {
    while (this.at < this.source.length) this.step();
    return this.out;
  }

  private step(): void {
    const { source, at } = this;
    const char = source[at] as string;
    if (char === '#') return this.copyTo(endOfLine(source, at));
    const string = matchAt(STRING_START, source, at);
    if (string !== null) return this.copyString(string);
    if (char === '$') return this.metavariable();
    if (source.startsWith('<...', at)) return this.emit(`${DEEP_NAME} (`, 4, 'deep');
    if (source.startsWith('...>', at)) return this.emit(')   ', 4, ')');
    const dots = matchAt(DOTS, source, at);
    const isRelativeImport = dots !== null && this.previous === 'from' && /^\s*from\s*$/.test(lastLine(this.out));
    if (isRelativeImport) return this.emit(dots[0], dots[0].length, '.');
    if (this.previous !== '.' && /^\.{4,5}(?!\.)/.test(source.slice(at, at + 6))) return this.emit('.', 1, '.');
    if (source.startsWith('...', at)) return this.ellipsis();
    const word = matchAt(WORD, source, at);
    if (word !== null) return this.word(word[0]);
    this.punctuation(char);
  }

  private get bracket(): Bracket {
    return this.brackets[this.brackets.length - 1] as Bracket;
  }

  private copyTo(end: number): void {
    this.out += this.source.slice(this.at, end);
    this.at = end;
  }

  private emit(text: string, consumed: number, token: string): void {
    // A placeholder next to a name would become one with it: `test_$N` is refused, `return$X` is not.
    const joins = PLACEHOLDERS.has(token) || PLACEHOLDERS.has(this.previous);
    if (joins && WORD_END.test(this.out.slice(-2)) && WORD_START.test(text)) this.out += ' ';
    this.out += text;
    this.at += consumed;
    this.previous = token;
  }

  private word(word: string): void {
    if (word === 'lambda') this.bracket.lambdas++;
    this.emit(word, word.length, word);
  }

  private metavariable(): void {
    const match = matchAt(METAVARIABLE, this.source, this.at);
    if (match === null) return this.emit('$', 1, '$');
    const startsArgument = this.previous === '(' || this.previous === ',';
    if (startsArgument && this.bracket.isCall && this.bracket.lambdas === 0)
      this.bracket.argumentStart = this.out.length;
    this.emit(`${MARK.repeat(match[1] === undefined ? 1 : 4)}${match[2]}`, match[0].length, 'metavariable');
  }

  private ellipsis(): void {
    this.bracket.ellipses.push(this.out.length);
    this.emit(ELLIPSIS_NAME, 3, 'ellipsis');
  }

  private punctuation(char: string): void {
    const bracket = this.bracket;
    if (char === '(' || char === '[' || char === '{') {
      const isCall = char === '(' && isOperand(this.previous) && !/\bdef\s+\S+\s*$/u.test(lastLine(this.out));
      this.emit(char, 1, char);
      this.brackets.push(newBracket(char, isCall));
      return;
    }
    if (char === ')' || char === ']' || char === '}') {
      this.closeArgument();
      if (char === '}' && bracket.hasPair) this.dictionaryEllipses(bracket);
      if (this.brackets.length > 1) this.brackets.pop();
      return this.emit(char, 1, char);
    }
    if (char === ',') {
      this.closeArgument();
      return this.emit(',', 1, ',');
    }
    if (char === ':') return this.colon();
    if (/\s/.test(char)) return this.copyTo(this.at + 1);
    if (char === '*' && this.previous === '*' && bracket.opener === '{') bracket.hasPair = true;
    this.emit(char, 1, char);
  }

  private colon(): void {
    const bracket = this.bracket;
    if (bracket.lambdas > 0) bracket.lambdas--;
    else if (bracket.opener === '{') bracket.hasPair = true;
    else if (bracket.argumentStart !== null && this.previous === 'metavariable') {
      const at = bracket.argumentStart;
      this.out = `${this.out.slice(0, at)}${TYPED_NAME}[${this.out.slice(at)}`;
      bracket.typed = { at };
      bracket.argumentStart = null;
    }
    this.emit(':', 1, ':');
  }

  /** Ends a typed metavariable argument, if one is open in this bracket. */
  private closeArgument(): void {
    if (this.bracket.typed !== null) this.out += ']';
    this.bracket.typed = null;
    this.bracket.argumentStart = null;
  }

  /** A dictionary takes no bare name: `...` between its entries becomes `**Ʞ`, of the same length. */
  private dictionaryEllipses(bracket: Bracket): void {
    for (const at of bracket.ellipses) {
      const before = this.out.slice(0, at).trimEnd();
      const after = this.out.slice(at + 3).trimStart();
      if (!/[{,]$/.test(before) || !/^(,|$)/.test(after)) continue;
      this.out = `${this.out.slice(0, at)}**${MARK}${this.out.slice(at + 3)}`;
    }
  }

  private copyString(start: RegExpExecArray): void {
    const quote = start[1] as string;
    const prefix = start[0].slice(0, start[0].length - quote.length).toLowerCase();
    let end = this.at + start[0].length;
    while (end < this.source.length && !this.source.startsWith(quote, end)) end += this.source[end] === '\\' ? 2 : 1;
    end = Math.min(this.source.length, end + quote.length);
    const text = this.source.slice(this.at, end);
    const interpolated = prefix.includes('f') || prefix.includes('t');
    this.out += interpolated ? text.replace(/\{\{|\}\}|\{([^{}]*)\}/g, substituteHole) : text;
    this.at = end;
    this.previous = 'string';
  }
}

function substituteHole(whole: string, inside: string | undefined): string {
  return inside === undefined ? whole : `{${substitutePattern(inside)}}`;
}

function newBracket(opener: string, isCall: boolean): Bracket {
  return { opener, isCall, lambdas: 0, ellipses: [], hasPair: false, argumentStart: null, typed: null };
}

const NOT_OPERANDS = new Set(
  'and or not in is if else elif while for return yield await lambda assert raise del import from as with print'.split(
    ' ',
  ),
);

function isOperand(token: string): boolean {
  if (token === 'metavariable' || token === ')' || token === ']' || token === 'string') return true;
  return /^[\p{L}_]/u.test(token) && !NOT_OPERANDS.has(token) && token !== 'ellipsis' && token !== 'deep';
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

/** Removes the indentation that all lines share. */
function dedent(text: string): string {
  const lines = text.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const common = Math.min(...indents, Number.POSITIVE_INFINITY);
  return Number.isFinite(common) && common > 0 ? lines.map((line) => line.slice(common)).join('\n') : text;
}

/** Candidates in the order to try them; the first that parses without an error is the pattern. */
export function pythonPatternCandidates(pattern: string): PatternText[] {
  const text = substitutePattern(dedent(pattern)).trim();
  const candidates: PatternText[] = [{ text: `${text}\n`, unwrap: 'statements' }];
  if (text.startsWith('@')) candidates.push({ text: `${text}\ndef ${MARK}wrapper(): pass\n`, unwrap: 'decorator' });
  // The reference takes the `...` for a statement after the import.
  const importHeader = /^(from\b.*\bimport\b.*),\s*\uA7B0{3}$/.exec(text);
  if (importHeader !== null)
    candidates.unshift({ text: `${importHeader[1]}\n${ELLIPSIS_NAME}\n`, unwrap: 'statements' });
  const matchHeader = /^match\b([\s\S]*):\s*\uA7B0{3}$/.exec(text);
  if (matchHeader !== null) {
    const arm = `  case ${ANY_CASE_NAME}: ${ELLIPSIS_NAME}`;
    // The reference takes the `...` for a statement after the `match`.
    const text = `match${matchHeader[1]}:\n${arm}\n${ELLIPSIS_NAME}\n`;
    candidates.unshift({ text, unwrap: 'statements' });
  }
  return candidates;
}
