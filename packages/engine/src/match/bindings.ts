import type { Node } from '../tree/nodes.ts';

/**
 * What a metavariable is bound to. `start` and `end` are UTF-16 offsets into the scanned text (end exclusive),
 * or -1 where the binding has no source range (an empty `$...ARGS`, a computed capture).
 */
export type Binding =
  /** One construct of the tree. */
  | { kind: 'node'; node: Node; start: number; end: number }
  /** A possibly empty sequence: arguments, parameters, statements, string pieces. */
  | { kind: 'nodes'; nodes: readonly Node[]; start: number; end: number }
  /**
   * Bare text: the content of a string literal without its quotes (`node` is the literal), a regular-expression
   * capture, or a word of generic mode (`node` is null). `text` may differ from the source slice (decoded escapes,
   * joined pieces); `literal` says that it was the content of a string.
   */
  | { kind: 'text'; text: string; node: Node | null; literal: boolean; start: number; end: number };

/** Metavariable name with sigil (`$X`, `$...ARGS`, `$1`) → binding. Never mutated once published. */
export type Bindings = ReadonlyMap<string, Binding>;

export const NO_BINDINGS: Bindings = new Map();

export type RangeKind = 'plain' | 'regex' | 'inside' | 'anywhere';

/** A range of the text with bindings: what leaves produce and formulas combine (semantics 04 §1). */
export interface RangeMatch {
  /** UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
  bindings: Bindings;
  kind: RangeKind;
  /** The matched construct, where there is exactly one. */
  node: Node | null;
  /** A `fix:` set by a sub-formula. */
  fix: string | null;
}
