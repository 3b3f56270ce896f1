import type { RuleLocation } from '../rules/rule.ts';
import type { Binding, RangeMatch } from './bindings.ts';
import { applyConditions } from './conditions.ts';
import type { ConditionProblem, Evaluation } from './evaluation.ts';
import { applyFocus } from './focus.ts';
import type { CompiledConjunction, CompiledFormula } from './formula.ts';
import { intersectMatches, matchesWithin, subtractMatches, type Unify } from './range-algebra.ts';
import type { Leaf, MatchHost, MatchTarget } from './target.ts';

export interface FormulaResult {
  /** In no particular order; the same range may occur with different bindings. */
  matches: RangeMatch[];
  problems: ConditionProblem[];
}

/**
 * Evaluates a formula on a target (semantics 04 §3 to §6). `leafMatches` gives the matches of a leaf in the target;
 * it is only asked for the leaves that matter: nothing more once a conjunction is known to be empty. `now` is in
 * seconds since the epoch.
 */
export function evaluateFormula(
  formula: CompiledFormula,
  target: MatchTarget,
  host: MatchHost,
  leafMatches: (leaf: Leaf) => readonly RangeMatch[],
  now: () => number = () => Date.now() / 1000,
): FormulaResult {
  const problems = new Map<string, ConditionProblem>();
  const report = (message: string, location: RuleLocation, { start, end }: RangeMatch): void => {
    const key = `${location.file}:${location.path}:${message}`;
    if (!problems.has(key)) problems.set(key, { message, location, start, end });
  };
  const textOf = (): string => target.text;
  const evaluation: Evaluation = { target, host, leafMatches, context: null, textOf, report, evaluate, now };
  const matches = evaluate(formula, evaluation);
  return { matches, problems: [...problems.values()] };
}

function evaluate(formula: CompiledFormula, evaluation: Evaluation): RangeMatch[] {
  switch (formula.kind) {
    case 'leaf':
      return [...evaluation.leafMatches(formula.leaf)];
    case 'any':
      return formula.parts.flatMap((part) => evaluate(part, evaluation));
    case 'inside':
    case 'anywhere':
      return evaluate(formula.part, evaluation).map((match) => ({ ...match, kind: formula.kind }));
    case 'all':
      return evaluateConjunction(formula, evaluation);
  }
}

function evaluateConjunction(formula: CompiledConjunction, evaluation: Evaluation): RangeMatch[] {
  const unify: Unify = (a, b) => evaluation.host.unify(a, b);
  let matches = intersectPositives(formula, evaluation, unify);
  if (formula.selector && matches.length > 0) {
    const selected = matchesWithin(evaluation.leafMatches(formula.selector), matches);
    matches = intersectMatches(matches, selected, unify);
  }
  for (const negative of formula.negatives) {
    if (matches.length === 0) return [];
    matches = subtractMatches(matches, evaluate(negative, evaluation), unify);
  }
  matches = applyConditions(matches, formula.conditions, evaluation);
  matches = applyFocus(matches, formula.focus);
  return matches.map((match) => finish(match, formula, evaluation));
}

/** Those of kind `inside` come last, so that they narrow what the others matched and not each other. */
function intersectPositives({ positives }: CompiledConjunction, evaluation: Evaluation, unify: Unify): RangeMatch[] {
  if (positives.length === 0) return evaluation.context ? [evaluation.context] : [];
  const lists = evaluateAll(positives, evaluation);
  if (!lists) return [];
  const plain = lists.filter((list) => list[0]!.kind !== 'inside');
  const inside = lists.filter((list) => list[0]!.kind === 'inside');
  return [...plain, ...inside].reduce((left, right) => intersectMatches(left, right, unify));
}

/** Null as soon as one of them has no match; what costs least is evaluated first. */
function evaluateAll(formulas: readonly CompiledFormula[], evaluation: Evaluation): RangeMatch[][] | null {
  const lists = new Map<CompiledFormula, RangeMatch[]>();
  for (const formula of cheapFirst(formulas)) {
    const list = evaluate(formula, evaluation);
    if (list.length === 0) return null;
    lists.set(formula, list);
  }
  return formulas.map((formula) => lists.get(formula)!);
}

/** The leaves that are asked for on every target, whatever the others match. */
export function certainLeaves(formula: CompiledFormula): Leaf[] {
  switch (formula.kind) {
    case 'leaf':
      return [formula.leaf];
    case 'any':
      return formula.parts.flatMap(certainLeaves);
    case 'inside':
    case 'anywhere':
      return certainLeaves(formula.part);
    case 'all':
      return cheapFirst(formula.positives).slice(0, 1).flatMap(certainLeaves);
  }
}

function cheapFirst(formulas: readonly CompiledFormula[]): CompiledFormula[] {
  return [...formulas].sort((a, b) => costOf(a) - costOf(b));
}

/** Leaves before what is composed of them, what matches everywhere last. */
function costOf(formula: CompiledFormula): number {
  if (formula.kind === 'inside' || formula.kind === 'anywhere') return costOf(formula.part);
  if (formula.kind === 'leaf') return formula.leaf.isCommon ? 2 : 0;
  return 1;
}

function finish(match: RangeMatch, { fix, as }: CompiledConjunction, evaluation: Evaluation): RangeMatch {
  if (fix === null && as === null) return match;
  const bindings = as === null ? match.bindings : new Map(match.bindings).set(as, matchAsBinding(match, evaluation));
  return { ...match, bindings, fix: fix ?? match.fix };
}

function matchAsBinding({ node, start, end }: RangeMatch, { target }: Evaluation): Binding {
  if (node) return { kind: 'node', node, start, end };
  return { kind: 'text', text: target.text.slice(start, end), node: null, literal: false, start, end };
}
