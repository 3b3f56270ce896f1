import { type Block, groupByIndent, type Line, linesOf, type Token } from './lex.ts';

/**
 * A text cut into tokens, with its tree of blocks folded into arrays over them: blocks are contiguous, so a block is
 * where it starts and where it ends. All arrays but `byText` have one entry for each token.
 */
export interface SpacegrepDocument {
  text: string;
  tokens: readonly Token[];
  /** 1-based. */
  lines: Int32Array;
  /** End (exclusive) of the innermost block that holds the token. */
  blockEnd: Int32Array;
  /** End of the indentation block that starts at the token, or -1. */
  indentedUntil: Int32Array;
  /** 1 for the first token of a block. */
  startsBlock: Uint8Array;
  /** 1 for words. */
  isWord: Uint8Array;
  /** Positions of each token text. */
  byText: ReadonlyMap<string, readonly number[]>;
}

const DOCUMENT_TOKEN = /[A-Za-z0-9_]+|[^ \t\r\n\v\f]/gu;

/** Cuts a text for generic mode (semantics 06 §2). Remove comments first where the rule asks for it. */
export function parseSpacegrepDocument(text: string): SpacegrepDocument {
  const lines = linesOf(text, DOCUMENT_TOKEN);
  const tokens = lines.flatMap((line) => line.tokens);
  const document = {
    text,
    tokens,
    lines: new Int32Array(tokens.length),
    blockEnd: new Int32Array(tokens.length),
    indentedUntil: new Int32Array(tokens.length).fill(-1),
    startsBlock: new Uint8Array(tokens.length),
    isWord: Uint8Array.from(tokens, (token) => (/^[A-Za-z0-9_]/.test(token.text) ? 1 : 0)),
    byText: positionsByText(tokens),
  };
  const root = groupByIndent(lines, 0);
  placeBlock(document, root, 0);
  if (root.length > 0 && !Array.isArray(root[0])) document.startsBlock[0] = 1;
  return document;
}

function positionsByText(tokens: readonly Token[]): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  for (const [index, { text }] of tokens.entries()) {
    const known = positions.get(text);
    if (known) known.push(index);
    else positions.set(text, [index]);
  }
  return positions;
}

/** Fills in a block whose first token is `first`; returns the end. Inner blocks overwrite what outer ones said. */
function placeBlock(document: SpacegrepDocument, block: Block, first: number): number {
  const spans: { line: Line; start: number }[] = [];
  const inner: { block: Block; start: number }[] = [];
  let position = first;
  for (const item of block) {
    if (Array.isArray(item)) inner.push({ block: item, start: position });
    else spans.push({ line: item, start: position });
    position += tokenCount(item);
  }
  document.blockEnd.fill(position, first, position);
  for (const { line, start } of spans) placeLine(document, line, start);
  for (const { block: nested, start } of inner) {
    document.startsBlock[start] = 1;
    document.indentedUntil[start] = placeBlock(document, nested, start);
  }
  return position;
}

const counts = new WeakMap<Block, number>();
