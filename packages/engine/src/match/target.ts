import type { Node } from '../tree/nodes.ts';
import type { Binding, Bindings, RangeMatch } from './bindings.ts';

/**
 * The text that leaves are matched on: a file, or a virtual one (the construct or string content that a metavariable
 * is bound to). All offsets are UTF-16 offsets into `text`.
 */
export interface MatchTarget {
  /** Canonical language name; `regex` and `generic` targets have no tree. */
  language: string;
  /** The whole text. */
  text: string;
  /** The visible part: a whole file is 0 … text.length; a re-rooted construct is its own range. */
  start: number;
  end: number;
  /** Roots of the visible part of the tree; null where the text was not, or could not be, parsed. */
  roots: readonly Node[] | null;
}

/** What leaves that match raw text see of a target; offsets in it count from `target.start`. */
export function visibleText({ text, start, end }: MatchTarget): string {
  return text.slice(start, end);
}

/** A `pattern` or regular expression of a formula, compiled; `id` is unique within a scan. */
export interface Leaf {
  id: number;
  kind: 'pattern' | 'regex';
  /** The text of the pattern, for messages. */
  text: string;
  /** The name of the metavariable where the pattern is nothing else (semantics 04 §3, "selector"). */
  selector: string | null;
  /** Names nothing that a file could lack: it matches in every file, often thousands of times. */
  isCommon: boolean;
}

/** A constant value known for an expression (semantics 03 §8). */
export type ConstantValue =
  | { kind: 'int'; value: bigint }
  | { kind: 'float'; value: number }
  | { kind: 'string'; value: string }
  | { kind: 'bool'; value: boolean }
  | { kind: 'null'; value: null }
  /** A constant of that type whose value is not known. */
  | { kind: 'unknown'; type: 'int' | 'float' | 'string' | 'bool' | 'null' };

/** What evaluating formulas needs from the engine around it. */
export interface MatchHost {
  /** Matches of a leaf in the visible part of a target, metavariables of `seed` already bound (expressions only). */
  matchLeaf(leaf: Leaf, target: MatchTarget, seed: Bindings): RangeMatch[];
  /** Semantics 03 §7. */
  unify(a: Binding, b: Binding): boolean;
  /** The constant value of a bound expression where it is known, else null. */
  constantOf(binding: Binding): ConstantValue | null;
  /** True where the bound expression is known to have one of the types (03 §9); may add bindings of its own. */
  hasType(binding: Binding, types: readonly string[], target: MatchTarget): boolean;
  /** Parses a text of its own (content of a string) as a language; null where it does not parse. */
  parse(text: string, language: string): MatchTarget | null;
}
