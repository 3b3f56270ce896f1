import { type ConcreteTree, ERROR_TYPE, type Grammar } from './concrete-tree.ts';

const NAMED = 1;
const EXTRA = 2;

/** Symbols that may stand between any two others and mean nothing to a lowering. */
const EXTRA_NAMES: ReadonlySet<string> = new Set(['comment', 'line_continuation']);

/**
 * A grammar's names turned into small numbers, once per grammar: a lowering asks its questions of every node, and a
 * number is answered by one read of a typed array where a name takes a hash of text.
 * Measured on 2.6 MB of Python (64 files, 391,000 concrete nodes, 216,000 lowered): together with loops over children
 * in place of arrays of them, lowering went from 60 to 30 ms of CPU (medians; best runs 36 and 16), beside 440 ms of
 * parsing and 120 ms of flattening.
 *
 * Several symbols may share a name (`type` the node and `type` the keyword, aliases); here they are the same.
 */
export class GrammarIndex {
  readonly typeNames: readonly string[];
  /** `NAMED` and `EXTRA` by symbol. As long as there are symbols, so that `ERROR_TYPE` needs no test of its own. */
  readonly flags = new Uint8Array(ERROR_TYPE + 1);
  /** The language's own code by symbol; 0 for symbols that it does not tell apart. */
  readonly codes = new Uint8Array(ERROR_TYPE + 1);
  private readonly fieldNames: readonly (string | null)[];

  /** `codes`: from symbol name to the code (1 to 255) under which `ConcreteReader.code` knows the symbol. */
  constructor(grammar: Grammar, codes: Readonly<Record<string, number>>) {
    const codeOf = new Map(Object.entries(codes));
    this.fieldNames = grammar.fieldNames;
    this.typeNames = grammar.typeNames.map((name) => name ?? '');
    this.typeNames.forEach((name, type) => {
      this.flags[type] = (grammar.isNamed[type] === true ? NAMED : 0) | (EXTRA_NAMES.has(name) ? EXTRA : 0);
      this.codes[type] = codeOf.get(name) ?? 0;
    });
  }

  /** The number of each field; -1, which no node has, for those that the grammar lacks. */
  fields<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
    return Object.fromEntries(names.map((name) => [name, this.fieldNames.indexOf(name)])) as Record<Name, number>;
  }

  /** A table from symbol name to value as one from symbol to value. */
  bySymbol<Value>(byName: Readonly<Record<string, Value>>): readonly (Value | undefined)[] {
    const values = new Map(Object.entries(byName));
    return this.typeNames.map((name) => values.get(name));
  }
}

/** Reads a concrete tree for a lowering. Nodes are indexes into the tree; -1 is no node, and has no children. */
export class ConcreteReader {
  readonly text: string;
  private readonly tree: ConcreteTree;
  private readonly type: Uint16Array;
  private readonly next: Int32Array;
  private readonly fieldOf: Uint16Array;
  private readonly typeNames: readonly string[];
  private readonly flags: Uint8Array;
  private readonly codes: Uint8Array;

  constructor(tree: ConcreteTree, text: string, index: GrammarIndex) {
    this.text = text;
    this.tree = tree;
    this.type = tree.type;
    this.next = tree.next;
    this.fieldOf = tree.field;
    this.typeNames = index.typeNames;
    this.flags = index.flags;
    this.codes = index.codes;
  }

  typeId(node: number): number {
    return this.type[node] as number;
  }

  typeName(node: number): string {
    const type = this.typeId(node);
    return type === ERROR_TYPE ? 'ERROR' : (this.typeNames[type] ?? '');
  }

  /** The language's code of the node's symbol; 0 for symbols without one. */
  code(node: number): number {
    return this.codes[this.type[node] as number] as number;
  }

  /** Whether any node's symbol has one of these codes. */
  hasCode(...codes: readonly number[]): boolean {
    return this.type.some((type) => codes.includes(this.codes[type] as number));
  }

  start(node: number): number {
    return this.tree.start[node] as number;
  }

  end(node: number): number {
    return this.tree.end[node] as number;
  }

  slice(node: number): string {
    return this.text.slice(this.start(node), this.end(node));
  }

  isNamed(node: number): boolean {
    return ((this.flags[this.type[node] as number] as number) & NAMED) !== 0;
  }

  /** A node that a lowering takes for a part: named, and no comment, line continuation or error. */
  isPart(node: number): boolean {
    return this.flags[this.type[node] as number] === NAMED;
  }

  private isExtra(node: number): boolean {
    return ((this.flags[this.type[node] as number] as number) & EXTRA) !== 0;
  }

  /**
   * The index after the node's subtree. All children, tokens included, without an array:
   * `for (let child = node + 1; child < read.after(node); child = read.after(child))`.
   */
  after(node: number): number {
    return this.next[node] as number;
  }

  /** The last child, or -1. */
  lastChild(node: number): number {
    const stop = this.after(node);
    let last = -1;
    for (let child = node + 1; child < stop; child = this.after(child)) last = child;
    return last;
  }

  /** The child of a node that has just one, if that is a part; otherwise -1. */
  lonePart(node: number): number {
    const child = node + 1;
    const stop = this.after(node);
    return child < stop && this.after(child) === stop && this.isPart(child) ? child : -1;
  }

  /** The first part, or -1. */
  firstPart(node: number): number {
    const stop = this.after(node);
    for (let child = node + 1; child < stop; child = this.after(child)) if (this.isPart(child)) return child;
    return -1;
  }

  /** All parts: named children without comments, line continuations and errors. */
  parts(node: number): number[] {
    const stop = this.after(node);
    const result: number[] = [];
    for (let child = node + 1; child < stop; child = this.after(child)) if (this.isPart(child)) result.push(child);
    return result;
  }

  /** The first child that fills the field, or -1. */
  field(node: number, field: number): number {
    const { next, fieldOf } = this;
    const stop = next[node] as number;
    for (let child = node + 1; child < stop; child = next[child] as number) {
      if (fieldOf[child] === field && !this.isExtra(child)) return child;
    }
    return -1;
  }

  /** Whether the child fills the field of its parent. */
  fills(child: number, field: number): boolean {
    return this.fieldOf[child] === field && !this.isExtra(child);
  }

  /** All children that fill the field. */
  fields(node: number, field: number): number[] {
    const stop = this.after(node);
    const result: number[] = [];
    for (let child = node + 1; child < stop; child = this.after(child)) {
      if (this.fills(child, field)) result.push(child);
    }
    return result;
  }

  /** All parts that fill the field. */
  fieldParts(node: number, field: number): number[] {
    return this.fields(node, field).filter((child) => this.isNamed(child));
  }

  /** The first child whose symbol has the code, or -1. */
  child(node: number, code: number): number {
    const stop = this.after(node);
    for (let child = node + 1; child < stop; child = this.after(child)) if (this.code(child) === code) return child;
    return -1;
  }

  hasChild(node: number, code: number): boolean {
    return this.child(node, code) >= 0;
  }

  /** Spans of error nodes and invented tokens, in order. */
  errors(): { start: number; end: number }[] {
    if (!this.tree.hasError) return [];
    const result: { start: number; end: number }[] = [];
    const { size, type, start, end, next } = this.tree;
    for (let node = 0; node < size; ) {
      const from = start[node] as number;
      const to = end[node] as number;
      const isLeaf = next[node] === node + 1;
      if (type[node] === ERROR_TYPE) {
        result.push({ start: from, end: to });
        node = next[node] as number;
        continue;
      }
      // A token of no width that is not the grammar's own (blocks, indentation) was invented by error recovery.
      if (isLeaf && from === to && size > 1 && !ZERO_WIDTH.has(this.typeName(node)))
        result.push({ start: from, end: to });
      node++;
    }
    return result;
  }
}

const ZERO_WIDTH = new Set(['block', 'module', 'string_content', 'format_specifier']);
