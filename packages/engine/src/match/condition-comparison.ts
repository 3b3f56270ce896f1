import type { RuleLocation } from '../rules/rule.ts';
import type { RangeMatch } from './bindings.ts';
import { boundValue } from './bound-value.ts';
import type { Expression } from './comparison-expression.ts';
import { comparisonHolds } from './comparison-interpreter.ts';
import type { Evaluation } from './evaluation.ts';

export interface ComparisonCondition {
  kind: 'comparison';
  expression: Expression;
  location: RuleLocation;
}

/** `metavariable-comparison` (semantics 04 §4). */
export function checkComparison(condition: ComparisonCondition, match: RangeMatch, evaluation: Evaluation): boolean {
  const { host, target, textOf, now } = evaluation;
  return comparisonHolds(condition.expression, {
    valueOf: (metavariable) => {
      const binding = match.bindings.get(metavariable);
      if (!binding) return null;
      const constantOf = (of: typeof binding) => host.constantOf(of);
      return boundValue(binding, { constantOf, text: textOf(binding), language: target.language });
    },
    now,
  });
}
