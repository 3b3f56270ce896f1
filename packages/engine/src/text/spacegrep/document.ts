import { indentOf, walkIndentation } from './indentation.ts';

/**
 * A text cut into tokens for generic mode (semantics 06 §2): words, and every other character but blanks on its own.
 * Its tree of blocks (indentation, brackets that are balanced within a line) is folded into arrays over the tokens:
 * a block is contiguous, so it is known by where it starts and ends. Arrays have one entry for each token.
 */
export interface SpacegrepDocument {
  text: string;
  tokenCount: number;
  /** UTF-16 offsets. */
  starts: Int32Array;
  ends: Int32Array;
  /** 1-based. */
  lines: Int32Array;
  /** Equal texts have equal ids. */
  ids: Int32Array;
  isWord: Uint8Array;
  /** End (exclusive) of the innermost block that holds the token. */
  blockEnd: Int32Array;
  /** End of the block that the token begins, or -1; the root is no block. */
  blockFrom: Int32Array;
  /** For the first token of a block, the end of the block around that. */
  parentEnd: Int32Array;
  /** The positions of each token text. */
  positions: ReadonlyMap<string, readonly number[]>;
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const CLOSING = new Set(Object.values(CLOSERS));

export function parseSpacegrepDocument(text: string): SpacegrepDocument {
  const scan = scanTokens(text);
  const { starts } = scan;
  const document: SpacegrepDocument = {
    text,
    tokenCount: starts.length,
    starts: Int32Array.from(starts),
    ends: Int32Array.from(scan.ends),
    lines: Int32Array.from(scan.lines),
    ids: Int32Array.from(scan.ids),
    isWord: Uint8Array.from(starts, (start) => (isWordUnit(text.charCodeAt(start)) ? 1 : 0)),
    blockEnd: new Int32Array(starts.length),
    blockFrom: new Int32Array(starts.length).fill(-1),
    parentEnd: new Int32Array(starts.length).fill(starts.length),
    positions: scan.positions,
  };
  placeBlocks(document, text);
  return document;
}

interface Scan {
  starts: number[];
  ends: number[];
  lines: number[];
  ids: number[];
  positions: Map<string, number[]>;
}

function scanTokens(text: string): Scan {
  const scan: Scan = { starts: [], ends: [], lines: [], ids: [], positions: new Map() };
  /** For each id, the list in `positions`. */
  const idOfText = new Map<string, number>();
  const lists: number[][] = [];
  let line = 1;
  for (let i = 0; i < text.length; ) {
    const unit = text.charCodeAt(i);
    if (unit === 0x0a) line++;
    if (isBlank(text, i)) {
      i++;
      continue;
    }
    const start = i;
    i = tokenEnd(text, i);
    const token = text.slice(start, i);
    let id = idOfText.get(token);
    if (id === undefined) {
      id = lists.push([]) - 1;
      idOfText.set(token, id);
      scan.positions.set(token, lists[id] as number[]);
    }
    (lists[id] as number[]).push(scan.starts.length);
    scan.starts.push(start);
    scan.ends.push(i);
    scan.lines.push(line);
    scan.ids.push(id);
  }
  return scan;
}

function tokenEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isWordUnit(text.charCodeAt(end))) end++;
  if (end > start) return end;
  return start + ((text.codePointAt(start) as number) > 0xffff ? 2 : 1);
}

function isWordUnit(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39) || unit === 0x5f
  );
}

/** A carriage return is one only before a newline. */
function isBlank(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === 0x20 || unit === 0x0a || unit === 0x09 || (unit === 0x0d && text.charCodeAt(at + 1) === 0x0a);
}

function placeBlocks(document: SpacegrepDocument, text: string): void {
  const firsts = lineStartTokens(document.lines);
  const indents = firsts.map((token) => indentOf(text, lineStart(text, document.starts[token] as number)));
  const open: { first: number; inner: number[] }[] = [];
  const bracketed: number[] = [];
  let position = 0;
  walkIndentation(indents, 0, {
    open: () => {
      open.at(-1)?.inner.push(position);
      open.push({ first: position, inner: [] });
    },
    line: (index) => {
      const first = firsts[index] as number;
      position = firsts[index + 1] ?? document.tokenCount;
      bracketed.push(...placeBrackets(document, text, first, position));
    },
    close: () => {
      const { first, inner } = open.pop() as { first: number; inner: number[] };
      document.blockFrom[first] = position;
      for (const start of inner) document.parentEnd[start] = position;
      endBlock(document, first, position);
    },
  });
  endBlock(document, 0, document.tokenCount);
  for (const start of bracketed) document.parentEnd[start] = document.blockEnd[start - 1] as number;
}

function lineStartTokens(lines: Int32Array): number[] {
  const firsts: number[] = [];
  for (let i = 0; i < lines.length; i++) if (i === 0 || lines[i] !== lines[i - 1]) firsts.push(i);
  return firsts;
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Blocks end from the inside out, so tokens that have an end keep it. */
function endBlock({ blockEnd }: SpacegrepDocument, first: number, end: number): void {
  for (let i = first; i < end; i++) if (blockEnd[i] === 0) blockEnd[i] = end;
}

/**
 * The content of brackets that are balanced within a line is a block. A closer that does not fit is plain text.
 * Returns where blocks start.
 */
function placeBrackets(document: SpacegrepDocument, text: string, first: number, end: number): number[] {
  const starts: number[] = [];
  const open: { closer: string; at: number }[] = [];
  for (let i = first; i < end; i++) {
    if (document.isWord[i] === 1) continue;
    const char = text.charAt(document.starts[i] as number);
    const closer = CLOSERS[char];
    if (closer !== undefined) open.push({ closer, at: i });
    else if (CLOSING.has(char) && open.at(-1)?.closer === char) {
      const { at } = open.pop() as { at: number };
      if (at + 1 === i) continue;
      starts.push(at + 1);
      document.blockFrom[at + 1] = i;
      endBlock(document, at + 1, i);
    }
  }
  return starts;
}
