/** The scalars of the fast YAML reader: plain, quoted and block. Each starts under the cursor. */
import { LF, plainValue, SPACE, type TextCursor } from './fast-yaml-cursor.ts';
import { trimmedEnd, type YamlScalar } from './yaml-tree.ts';

const TAB = 9;
const HASH = 35;
const BACKSLASH = 92;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const GREATER = 62;
const MINUS = 45;
const PLUS = 43;

/** A plain value with its continuation lines; leaves the cursor at the end of its last line. */
export function readPlain(cursor: TextCursor, parent: number): YamlScalar {
  cursor.expectPlainStart(/* inFlow */ false);
  const start = cursor.at;
  let line = plainLine(cursor);
  const first = cursor.text.slice(start, line.end);
  let lines: string[] | null = null;
  let end = line.end;
  while (!line.comment) {
    const next = continuation(cursor, parent);
    if (next === null) break;
    lines ??= [first];
    for (let blank = 0; blank < next.blankLines; blank++) lines.push('');
    cursor.at = next.at;
    line = plainLine(cursor);
    lines.push(cursor.text.slice(next.at, line.end));
    end = line.end;
  }
  if (line.comment && continuation(cursor, parent) !== null) cursor.giveUp();
  const value = lines === null ? plainValue(first, cursor) : foldLines(lines);
  return { kind: 'scalar', value, start, end };
}

/** Reads to the end of the line: where the value ends on it, and whether a comment follows. */
function plainLine(cursor: TextCursor): { end: number; comment: boolean } {
  const { text, at: start } = cursor;
  const newline = text.indexOf('\n', start);
  cursor.at = newline < 0 ? text.length : newline;
  const line = text.slice(start, cursor.at);
  if (line.includes('\t') || line.includes(': ') || line.endsWith(':')) cursor.giveUp();
  const hash = line.indexOf(' #');
  return { end: start + (hash < 0 ? line : line.slice(0, hash)).trimEnd().length, comment: hash >= 0 };
}

/** The next content line if it belongs to a value whose parent is indented by `parent`. The cursor stays. */
function continuation(cursor: TextCursor, parent: number): { at: number; blankLines: number } | null {
  const text = cursor.text;
  let at = cursor.at;
  let lineStart = at;
  let lineBreaks = 0;
  for (let code = text.charCodeAt(at); code === LF || code === SPACE; code = text.charCodeAt(++at)) {
    if (code !== LF) continue;
    lineBreaks++;
    lineStart = at + 1;
  }
  if (at >= text.length) return null;
  const code = text.charCodeAt(at);
  if (code === TAB) cursor.giveUp();
  return at - lineStart <= parent || code === HASH ? null : { at, blankLines: lineBreaks - 1 };
}

/** YAML's line folding: one break is a space, more are one break less. */
function foldLines(lines: string[]): string {
  let folded = lines[0] ?? '';
  let breaks = 0;
  for (const line of lines.slice(1)) {
    breaks++;
    if (line === '') continue;
    folded += breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
    folded += line;
    breaks = 0;
  }
  return folded;
}

/** A single- or double-quoted value; leaves the cursor after the closing quote. */
export function readQuoted(cursor: TextCursor, parent: number): YamlScalar {
  const { text, at: start } = cursor;
  const quote = cursor.peek();
  const end = quote === DOUBLE_QUOTE ? closingDoubleQuote(cursor) : closingSingleQuote(cursor);
  const raw = text.slice(start + 1, end);
  cursor.at = end + 1;
  const joined = raw.includes('\n') ? foldQuoted(raw, parent, cursor) : raw;
  const value = quote === SINGLE_QUOTE ? joined.replaceAll("''", "'") : decodeEscapes(joined, cursor);
  return { kind: 'scalar', value, start, end: end + 1 };
}

function closingSingleQuote(cursor: TextCursor): number {
  const text = cursor.text;
  for (let at = text.indexOf("'", cursor.at + 1); at >= 0; at = text.indexOf("'", at + 2)) {
    if (text.charCodeAt(at + 1) !== SINGLE_QUOTE) return at;
  }
  return cursor.giveUp();
}

function closingDoubleQuote(cursor: TextCursor): number {
  const text = cursor.text;
  for (let at = cursor.at + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOUBLE_QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return cursor.giveUp();
}

/** Lines of a quoted value: inner ends are trimmed, then folded; an escaped line end is left to the full reader. */
function foldQuoted(raw: string, parent: number, cursor: TextCursor): string {
  const lines = raw.split('\n');
  const last = lines.length - 1;
  return foldLinesKeepingEnds(
    lines.map((line, index) => {
      if (line.includes('\t') || line.endsWith('\\')) cursor.giveUp();
      const content = line.trimStart();
      if (index > 0 && (content !== '' || index === last) && line.length - content.length <= parent) cursor.giveUp();
      if (index === last) return content;
      return index === 0 ? line.trimEnd() : line.trim();
    }),
  );
}

/** Unlike a plain value, a quoted one may begin or end with a line break. */
function foldLinesKeepingEnds(lines: string[]): string {
  if (lines.at(-1) !== '') return foldLines(lines);
  let trailing = 0;
  while (trailing < lines.length && lines[lines.length - 1 - trailing] === '') trailing++;
  if (trailing === lines.length) trailing--;
  const body = foldLines(lines.slice(0, lines.length - trailing));
  return body + (trailing === 1 ? ' ' : '\n'.repeat(trailing - 1));
}

const ESCAPES: Record<string, string> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

function decodeEscapes(text: string, cursor: TextCursor): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g, (_, byte, unit, letter) => {
    if (letter === undefined) return String.fromCharCode(Number.parseInt(byte ?? unit, 16));
    return ESCAPES[letter as string] ?? cursor.giveUp();
  });
}

/** A `|` or `>` value, its indentation found from its first line; leaves the cursor at the end of its last line. */
export function readBlockScalar(cursor: TextCursor, parent: number): YamlScalar {
  const { text, at: start } = cursor;
  const folded = cursor.peek() === GREATER;
  cursor.at++;
  const chomp = cursor.peek() === MINUS || cursor.peek() === PLUS ? text.charAt(cursor.at++) : '';
  cursor.expectLineEnd();
  if (cursor.atEnd()) cursor.giveUp();
  const { lines, end, finalBreak } = blockLines(cursor, parent);
  let trailing = 0;
  while (lines[lines.length - 1 - trailing] === '') trailing++;
  const content = lines.slice(0, lines.length - trailing);
  const body = folded ? foldBlock(content) : content.join('\n');
  const breaks = chomp === '-' || !finalBreak ? 0 : chomp === '+' ? trailing + 1 : 1;
  return { kind: 'scalar', value: body + '\n'.repeat(breaks), start, end: trimmedEnd(text, start, end) };
}

interface BlockLines {
  /** Without their indentation. */
  lines: string[];
  end: number;
  /** false if the text ends inside the last line. */
  finalBreak: boolean;
}

function blockLines(cursor: TextCursor, parent: number): BlockLines {
  const text = cursor.text;
  const indent = blockIndent(cursor, cursor.at + 1);
  if (indent <= parent) cursor.giveUp();
  const lines: string[] = [];
  let lineStart = cursor.at + 1;
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart);
    const contentStart = skipSpaces(text, lineStart, indent);
    const isBlank = contentStart === newline || contentStart === text.length;
    if (!isBlank && contentStart - lineStart < indent) break;
    if (newline < 0) return lastLine(cursor, lines, contentStart);
    lines.push(text.slice(contentStart, newline));
    lineStart = newline + 1;
  }
  expectDedent(cursor, lineStart, parent);
  cursor.at = lineStart - 1;
  return { lines, end: lineStart, finalBreak: true };
}

function lastLine(cursor: TextCursor, lines: string[], contentStart: number): BlockLines {
  const line = cursor.text.slice(contentStart);
  if (line.trim() === '') cursor.giveUp();
  lines.push(line);
  cursor.at = cursor.text.length;
  return { lines, end: cursor.at, finalBreak: false };
}

/** The line after a block scalar must be indented no more than its parent, else the author misaligned it. */
function expectDedent(cursor: TextCursor, lineStart: number, parent: number): void {
  const content = skipSpaces(cursor.text, lineStart, Number.POSITIVE_INFINITY);
  if (content < cursor.text.length && content - lineStart > parent) cursor.giveUp();
}

/** Indentation of the first line that is not blank. */
function blockIndent(cursor: TextCursor, from: number): number {
  const text = cursor.text;
  let lineStart = from;
  let widestBlank = 0;
  for (;;) {
    const content = skipSpaces(text, lineStart, Number.POSITIVE_INFINITY);
    const code = text.charCodeAt(content);
    if (content >= text.length || code === TAB) cursor.giveUp();
    if (code !== LF) {
      if (widestBlank > content - lineStart) cursor.giveUp();
      return content - lineStart;
    }
    widestBlank = Math.max(widestBlank, content - lineStart);
    lineStart = content + 1;
  }
}

function skipSpaces(text: string, from: number, atMost: number): number {
  let at = from;
  while (at - from < atMost && text.charCodeAt(at) === SPACE) at++;
  return at;
}

/** Folds a `>` value: a break between two lines of text is a space; lines that start with a blank keep theirs. */
function foldBlock(lines: string[]): string {
  let folded = '';
  let breaks = 0;
  let previousIndented = true;
  for (const [index, line] of lines.entries()) {
    if (index > 0) breaks++;
    if (line === '') continue;
    const indented = line.startsWith(' ') || line.startsWith('\t');
    const foldable = !indented && !previousIndented;
    folded += foldable ? (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) : '\n'.repeat(breaks);
    folded += line;
    previousIndented = indented;
    breaks = 0;
  }
  return folded;
}
