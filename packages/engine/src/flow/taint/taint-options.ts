import type { Json } from '../../rules/rule.ts';

/** `options` of a taint rule (semantics 05 §5.7). */
export interface TaintOptions {
  safeFunctions: boolean;
  safeIndexes: boolean;
  safeComparisons: boolean;
  safeBooleans: boolean;
  safeNumbers: boolean;
  onlyAssignments: boolean;
  unifyMetavariables: boolean;
  focusOnSource: boolean;
}

export function taintOptions(options: Readonly<Record<string, Json>>): TaintOptions {
  const isSet = (name: string): boolean => options[name] === true;
  return {
    safeFunctions: isSet('taint_assume_safe_functions'),
    safeIndexes: isSet('taint_assume_safe_indexes'),
    safeComparisons: isSet('taint_assume_safe_comparisons'),
    safeBooleans: isSet('taint_assume_safe_booleans'),
    safeNumbers: isSet('taint_assume_safe_numbers'),
    onlyAssignments: isSet('taint_only_propagate_through_assignments'),
    unifyMetavariables: isSet('taint_unify_mvars'),
    focusOnSource: options['taint_focus_on'] === 'source' || options['taint_match_on'] === 'source',
  };
}
