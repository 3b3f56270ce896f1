import type { ConstantValue } from '../match/target.ts';
import type { Name, Node } from '../tree/nodes.ts';
import type { Mentions } from './mentions.ts';
import type { Types } from './types.ts';

/** A constant value and the (first) literal of the source that it comes from, if any. */
export interface KnownValue {
  value: ConstantValue;
  literal: Node | null;
  /** Made of more than that literal. */
  isJoined: boolean;
}

/** Constant and symbolic values of a file's expressions (semantics 03 §8). */
export interface Constants {
  /** The value of an expression; null where it is not known to be constant. */
  valueOf(node: Node): KnownValue | null;
  /** The value of an expression made of literals only. */
  literalValue(node: Node): ConstantValue | null;
  /** The expression that a variable was last assigned, where that is certain. */
  symbolicOf(name: Name): Node | null;
}

/** What matching knows about a file besides its tree. */
export interface FileFacts {
  text: string;
  /** Dotted paths of top-level wildcard imports. */
  wildcards: readonly (readonly string[])[];
  mentions: Mentions;
  constants: Constants;
  types: Types;
}
