import { abstractContent } from '../match/abstract-content.ts';
import type { MatchTarget } from '../match/target.ts';
import { SHAPES } from '../tree/fields.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import type { HashText } from './fingerprint.ts';
import type { LineIndex } from './line-index.ts';
import { syntaxKey } from './syntax-key.ts';

/**
 * What a finding is known by from one day to the next. Semgrep's fingerprint holds the file's path and the source of
 * the metavariables as written; this survives a move of the code or its file, reformatting, and edits around it.
 */
export interface Anchor {
  /** Rule and code, hashed; 16 hex digits. Alike for findings of the same code: symbol, file and order tell them apart. */
  identity: string;
  /** The functions and classes it stands in, from the outside in: `Orders.ping`; empty for none. */
  symbol: string;
  /** The last line on which a comment is about it, 1-based: where it ends; of what has a body, where its head begins. */
  lastLine: number;
}

export interface AnchorSource {
  /** The prefix that a rule id takes from its folder depends on where the scan was started: only the last part counts. */
  ruleId: string;
  target: Pick<MatchTarget, 'text' | 'roots'>;
  /** UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
}

export function anchorOf(source: AnchorSource, lines: LineIndex, blake2b512: HashText): Anchor {
  const { ruleId, target, start, end } = source;
  const { nodes, definitions, end: lastOf } = nodesOf(target.roots ?? [], start, end);
  // Of text, comments count too: they may be all that was found.
  const code = nodes === null ? abstractContent(target.text.slice(start, end), 'regex') : syntaxKey(nodes);
  const rule = ruleId.slice(ruleId.lastIndexOf('.') + 1);
  return {
    identity: blake2b512(JSON.stringify([rule, code])).slice(0, IDENTITY_DIGITS),
    symbol: definitions.join('.'),
    lastLine: lines.lineAt(lastOffset(nodes, lastOf)),
  };
}

/** 64 bits: of the findings of one file, none will share them by chance. */
const IDENTITY_DIGITS = 16;

interface Covered {
  /** The outermost nodes of the range; null where they are not the whole of it: part of a string, or no code. */
  nodes: Node[] | null;
  /** Names of the functions and classes around the range; one that is the range itself counts too. */
  definitions: string[];
  /** Where the nodes end; of text, the range. */
  end: number;
}

function nodesOf(roots: readonly Node[], start: number, end: number): Covered {
  const definitions: string[] = [];
  const ancestors: Node[] = [];
  let level: readonly Node[] = roots;
  for (;;) {
    const inside: Node[] = [];
    let around: Node | null = null;
    for (const node of level) {
      if (start <= node.start && node.end <= end && node.start < node.end) inside.push(node);
      if (around === null && isAround(node, start, end)) around = node;
    }
    // The names of one `import` all begin with its keyword, so that each lies around those before.
    const exact = inside.filter((node) => node.start === start && node.end === end && node.kind !== Kind.Block);
    if (exact.length > 0) return ofNodes(exact, [...definitions, ...exact.flatMap(nameOf)], ancestors, end);
    if (around === null) {
      const isWhole = inside[0]?.start === start && inside.some((node) => node.end === end);
      return { nodes: isWhole ? inside : null, definitions, end };
    }
    definitions.push(...nameOf(around));
    ancestors.push(around);
    level = childrenNear(around, start, end);
  }
}

function ofNodes(nodes: Node[], definitions: string[], ancestors: readonly Node[], end: number): Covered {
  const [only] = nodes;
  const call = only === undefined ? null : callOf(only, ancestors);
  return call === null ? { nodes, definitions, end } : { nodes: [call], definitions, end: call.end };
}

/**
 * The children that may touch a range. A file has thousands of statements, and a table of data as many entries: going
 * through them all for each of 9,000 findings took 2.4 s, and searching them, which stand in source order, none.
 */
function childrenNear(node: Node, start: number, end: number): Node[] {
  const record = node as unknown as Record<string, Node | Node[] | null>;
  return SHAPES[node.kind].children.flatMap((field) => {
    const value = record[field] ?? [];
    if (!Array.isArray(value)) return [value];
    const first = firstEndingAfter(value, start);
    let last = first;
    while (last < value.length && (value[last] as Node).start < end) last++;
    return value.slice(first, last);
  });
}

/** Index of the first node that ends after an offset. */
function firstEndingAfter(nodes: readonly Node[], offset: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((nodes[middle] as Node).end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where the name of a function was found, its call is what the finding is about; null where it is not called. */
function callOf(node: Node, ancestors: readonly Node[]): Node | null {
  if (node.kind !== Kind.Name && node.kind !== Kind.Member) return null;
  const parent = ancestors.at(-1);
  if (parent?.kind === Kind.Call && parent.callee === node) return parent;
  const isObject = parent?.kind === Kind.Member && parent.object === node;
  return isObject ? callOf(parent, ancestors.slice(0, -1)) : null;
}

/** A block that is the whole range only holds what is. */
function isAround(node: Node, start: number, end: number): boolean {
  if (node.start > start || node.end < end) return false;
  return node.start < start || node.end > end || node.kind === Kind.Block;
}

function nameOf(node: Node): string[] {
  if (node.kind !== Kind.Function && node.kind !== Kind.Class) return [];
  return node.name.kind === Kind.Ident || node.name.kind === Kind.Name ? [node.name.name] : [];
}

/** A comment within the body of a function is not about the function. */
function lastOffset(nodes: readonly Node[] | null, end: number): number {
  const withBody = nodes?.find(({ kind }) => SHAPES[kind].body.length > 0);
  if (withBody === undefined) return Math.max(0, end - 1);
  return withBody.kind === Kind.Function || withBody.kind === Kind.Class ? withBody.name.start : withBody.start;
}
