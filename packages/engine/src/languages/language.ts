import type { ConcreteTree, Grammar } from '../syntax/concrete-tree.ts';
import type { Tree } from '../tree/nodes.ts';
import type { FlowLanguage } from './flow-language.ts';

/** What a language folder provides: everything the rest of the engine needs to know about the language. */
export interface Language {
  /** Canonical name, as in the language table. */
  name: string;
  /** Base name of the grammar file, e.g. `tree-sitter-python.wasm`. */
  grammarFile: string;
  /** Binds the lowering to a loaded grammar (symbol ids differ between grammar versions). */
  createLowering(grammar: Grammar): Lowering;
  /** Rewrites pattern text into text that the grammar accepts (semantics 02 §7); candidates are tried in order. */
  patternCandidates(pattern: string): PatternText[];
  /**
   * Names without which a pattern cannot match a file, as far as its text tells without being parsed. Whoever scans few
   * files spares itself the parsing of patterns that have nothing to find there; a language may know none.
   */
  sureNames(pattern: string): string[];
  /**
   * The words of a text that a decorator of a definition can be known by. Names such as `get` stand everywhere, and seldom
   * there.
   */
  decoratorWords(text: string): ReadonlySet<string>;
  /** What following data needs to know of it. */
  flow: FlowLanguage;
}

/** A pattern as the grammar can parse it. */
export interface PatternText {
  text: string;
  /** How to take the pattern out of the parsed text. */
  unwrap: 'statements' | 'decorator';
}

export interface Lowering {
  /** Lowers code, or with `pattern` a pattern's substituted text, into the uniform tree. */
  lower(concrete: ConcreteTree, text: string, pattern: boolean): Tree;
}
