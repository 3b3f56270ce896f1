import { type ConcreteTree, ERROR_TYPE, type Grammar } from './concrete-tree.ts';

/** Reads a concrete tree by symbol and field names, for a lowering. */
export class ConcreteReader {
  readonly text: string;
  readonly tree: ConcreteTree;
  private readonly grammar: Grammar;
  private readonly fieldIds: ReadonlyMap<string, number>;

  constructor(tree: ConcreteTree, text: string, grammar: Grammar, fieldIds: ReadonlyMap<string, number>) {
    this.tree = tree;
    this.text = text;
    this.grammar = grammar;
    this.fieldIds = fieldIds;
  }

  typeId(node: number): number {
    return this.tree.type[node] as number;
  }

  typeName(node: number): string {
    const type = this.typeId(node);
    return type === ERROR_TYPE ? 'ERROR' : (this.grammar.typeNames[type] ?? '');
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
    const type = this.typeId(node);
    return type !== ERROR_TYPE && this.grammar.isNamed[type] === true;
  }

  /** All children in order, tokens included. */
  children(node: number): number[] {
    const { next } = this.tree;
    const stop = next[node] as number;
    const result: number[] = [];
    for (let child = node + 1; child < stop; child = next[child] as number) result.push(child);
    return result;
  }

  /** Named children without comments, line continuations and errors. */
  named(node: number): number[] {
    const { next } = this.tree;
    const stop = next[node] as number;
    const result: number[] = [];
    for (let child = node + 1; child < stop; child = next[child] as number) {
      if (this.isNamed(child) && !this.isExtra(child)) result.push(child);
    }
    return result;
  }

  /** The first child that fills the field, or -1. */
  field(node: number, name: string): number {
    const { next, field } = this.tree;
    const id = this.fieldIds.get(name);
    const stop = next[node] as number;
    for (let child = node + 1; child < stop; child = next[child] as number) {
      if (field[child] === id && !this.isExtra(child)) return child;
    }
    return -1;
  }

  /** All children that fill the field. */
  fields(node: number, name: string): number[] {
    const id = this.fieldIds.get(name);
    return this.children(node).filter((child) => this.tree.field[child] === id && !this.isExtra(child));
  }

  /** The first child that is this token or symbol, or -1. */
  child(node: number, type: string): number {
    for (const child of this.children(node)) if (this.typeName(child) === type) return child;
    return -1;
  }

  private isExtra(node: number): boolean {
    const name = this.typeName(node);
    return name === 'comment' || name === 'line_continuation';
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
