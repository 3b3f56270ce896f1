import type { RuleLocation } from '../rules/rule.ts';
import type { Binding, RangeMatch } from './bindings.ts';
import type { CompiledFormula } from './formula.ts';
import type { Leaf, MatchHost, MatchTarget } from './target.ts';

/** A condition that could not be evaluated: its matches were dropped. Reported once per condition and message. */
export interface ConditionProblem {
  message: string;
  /** The condition in the rule. */
  location: RuleLocation;
  /** The first match concerned, as UTF-16 offsets into the scanned text. */
  start: number;
  end: number;
}

/** Everything that evaluating a formula on one target needs; a `metavariable-pattern` makes another for its own. */
export interface Evaluation {
  target: MatchTarget;
  host: MatchHost;
  leafMatches(leaf: Leaf): readonly RangeMatch[];
  /** What a conjunction without a positive part narrows: the text of the metavariable; null at the top. */
  context: RangeMatch | null;
  /** The text that a binding's offsets refer to: not the target's for what was bound before entering another language. */
  textOf(binding: Binding): string;
  /** `match` is the one whose condition failed. */
  report(message: string, location: RuleLocation, match: RangeMatch): void;
  /** Evaluates another formula, for conditions. */
  evaluate(formula: CompiledFormula, evaluation: Evaluation): RangeMatch[];
  /** Seconds since the epoch. */
  now(): number;
}
