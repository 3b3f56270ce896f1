import { forEachVisibleChild, SHAPES } from '../tree/fields.ts';
import { Kind, type Node } from '../tree/nodes.ts';

/** Statements in the order a sequence pattern tries them. */
export interface StatementList {
  nodes: readonly Node[];
  /** Where a match ends that consumed the statement: for a nested one, at the end of the whole sibling that holds it. */
  ends: readonly number[];
  /** True for the pre-order list of all nested statements. */
  flat: boolean;
}

interface FlatList {
  list: StatementList;
  /** Position in the flat list of each sibling. */
  starts: readonly number[];
  /** Position among the siblings of the last one with nested statements, or -1. */
  lastWithBlocks: number;
}

/** Both are pure functions of a block's statement array, asked for again by every pattern that reaches the block. */
const siblingLists = new WeakMap<readonly Node[], StatementList>();
const flatLists = new WeakMap<readonly Node[], FlatList>();

export function siblings(nodes: readonly Node[]): StatementList {
  let list = siblingLists.get(nodes);
  if (list === undefined) {
    list = { nodes, ends: nodes.map((node) => node.end), flat: false };
    siblingLists.set(nodes, list);
  }
  return list;
}

/** All statements of the list and everything nested in them, in pre-order. */
export function flattenStatements(list: StatementList): FlatList {
  let flat = flatLists.get(list.nodes);
  if (flat === undefined) {
    const nodes: Node[] = [];
    const ends: number[] = [];
    const starts: number[] = [];
    // The reference looks into lambdas only where it has nested blocks to look into.
    const lastWithBlocks = list.nodes.findLastIndex((node) => SHAPES[node.kind].body.length > 0);
    for (const sibling of list.nodes) {
      starts.push(nodes.length);
      collect(sibling, nodes);
      if (lastWithBlocks >= 0) collectLambdas(sibling, nodes);
      while (ends.length < nodes.length) ends.push(sibling.end);
    }
    flat = { list: { nodes, ends, flat: true }, starts, lastWithBlocks };
    flatLists.set(list.nodes, flat);
  }
  return flat;
}

function collect(statement: Node, into: Node[]): void {
  into.push(statement);
  collectNested(statement, into);
}

/** The body of a lambda as the statement that returns it. */
function collectLambdas(node: Node, into: Node[]): void {
  if (node.kind === Kind.Lambda) {
    const { id, body } = node;
    into.push({ kind: Kind.Return, id, start: body.start, end: body.end, value: body });
  }
  forEachVisibleChild(node, (child) => collectLambdas(child, into));
}

function collectNested(node: Node, into: Node[]): void {
  const record = node as unknown as Record<string, Node | Node[] | null>;
  for (const field of SHAPES[node.kind].body) {
    const value = record[field];
    if (value === null || value === undefined) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      // Blocks stand in the list too: what ends one branch is not next to what starts the other.
      if (child.kind === Kind.Handler || child.kind === Kind.Case) collectNested(child, into);
      else collect(child, into);
    }
  }
}
