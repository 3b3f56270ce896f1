import type { CompiledFormula } from '../../match/formula.ts';
import type { Requirement } from '../../match/requirement.ts';
import type { Leaf } from '../../match/target.ts';
import type { TaintPropagator, TaintSanitizer, TaintSink, TaintSource } from '../../rules/rule.ts';
import type { Labels } from './labels.ts';
import type { TaintOptions } from './taint-options.ts';

export interface CompiledItem<Spec> {
  spec: Spec;
  formula: CompiledFormula;
  /** Of the formula. */
  leaves: readonly Leaf[];
  /** What a file must hold for it to match. */
  requirement: Requirement;
  /** It picks a part of what it matches. */
  isFocused: boolean;
  /** It is a model's, and several rules use it. */
  isShared: boolean;
}

/** A taint rule ready to run. */
export interface CompiledTaint {
  sources: CompiledItem<TaintSource>[];
  sinks: CompiledItem<TaintSink>[];
  sanitizers: CompiledItem<TaintSanitizer>[];
  propagators: CompiledItem<TaintPropagator>[];
  /** Some sink requires labels of its metavariables, each for itself. */
  asksForParts: boolean;
  options: TaintOptions;
  labels: Labels;
}
