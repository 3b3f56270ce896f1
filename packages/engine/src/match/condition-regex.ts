import type { RuleLocation } from '../rules/rule.ts';
import { type CompiledRegex, RegexLimitError, type RegexMatch } from '../text/pcre.ts';
import { type BoundText, boundText, isNumberedCapture, stringContent } from './binding-text.ts';
import type { Binding, Bindings, RangeMatch } from './bindings.ts';
import { boundValue } from './bound-value.ts';
import { captureBindings } from './captures.ts';
import { valueText } from './comparison-value.ts';
import type { Evaluation } from './evaluation.ts';

export interface RegexCondition {
  kind: 'regex';
  metavariable: string;
  regex: CompiledRegex;
  constantPropagation: boolean;
  location: RuleLocation;
}

/**
 * `metavariable-regex`: anchored at the start of the text, and again where a match ends. Every match that sets a group
 * makes a set of bindings (semantics 04 §4).
 */
export function checkRegex(
  condition: RegexCondition,
  binding: Binding,
  match: RangeMatch,
  evaluation: Evaluation,
): readonly Bindings[] | null {
  // Semgrep never lets a condition on `$1` hold; that way rules mean the same here.
  if (isNumberedCapture(condition.metavariable)) return null;
  const seen = condition.constantPropagation
    ? constantText(binding, evaluation)
    : boundText(binding, evaluation.textOf(binding));
  if (!seen) return null;
  const found = matchesOf(condition, seen.text, match, evaluation);
  if (found.length === 0) return null;
  return found.flatMap((one) => (one.groups.length === 0 ? [] : [captureBindings(one, seen, binding)]));
}

/** A regular expression that gives up does not match. */
function matchesOf(
  condition: RegexCondition,
  text: string,
  match: RangeMatch,
  evaluation: Evaluation,
): readonly RegexMatch[] {
  try {
    return condition.regex.matchAnchored(text);
  } catch (error) {
    if (!(error instanceof RegexLimitError)) throw error;
    const message = `the regular expression took too many steps on the text of ${condition.metavariable}`;
    evaluation.report(message, condition.location, match);
    return [];
  }
}

/** The value where it is known, otherwise the source; null for a list, which has no text. */
function constantText(binding: Binding, evaluation: Evaluation): BoundText | null {
  const source = evaluation.textOf(binding);
  if (binding.kind !== 'node') return boundText(binding, source);
  const value = boundValue(binding, {
    constantOf: (of) => evaluation.host.constantOf(of),
    text: source,
    language: evaluation.target.language,
  });
  if (value?.kind === 'code') return boundText(binding, source);
  const text = value && valueText(value);
  if (text === null) return null;
  const literal = stringContent(binding, source);
  return { text, start: literal?.text === text ? literal.start : -1 };
}
