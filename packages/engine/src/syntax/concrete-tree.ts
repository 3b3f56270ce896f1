/**
 * A concrete syntax tree as flat arrays in pre-order: node `i`'s children start at `i + 1`, and `next[c]` is the index
 * after the whole subtree of `c`, so a subtree is skipped with one read.
 *
 * Why: reading the tree through the public cursor costs as much as parsing it (0.61 to 0.71 µs a node; the raw exports
 * that fill these arrays take 0.24 µs: 5.0 million nodes of 25.5 MB of Python in 1.2 s against 4.1 s of parsing).
 */
export interface ConcreteTree {
  /** Number of nodes. */
  size: number;
  /** Grammar symbol of each node. */
  type: Uint16Array;
  /** UTF-16 offsets into the text, end exclusive. */
  start: Int32Array;
  end: Int32Array;
  /** Field of the parent that the node fills; 0 for none. */
  field: Uint16Array;
  /** Index of the first node after the subtree. */
  next: Int32Array;
  /** True where the parser skipped or invented something anywhere. */
  hasError: boolean;
}

/** Symbols and fields of a grammar by name; what a lowering is compiled against. */
export interface Grammar {
  /** Symbol names by symbol id. */
  typeNames: readonly (string | null)[];
  /** True for symbols that the grammar names (as opposed to literal tokens like `(`). */
  isNamed: readonly boolean[];
  fieldNames: readonly (string | null)[];
}

/** Symbol id that tree-sitter gives to the nodes it could not make sense of. */
export const ERROR_TYPE = 65535;
