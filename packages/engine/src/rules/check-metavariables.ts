/**
 * Lint: a condition or focus on a metavariable that no positive pattern binds can never hold, so the rule silently
 * finds nothing (semantics 01 §1.10). A name bound in one branch of an `any` counts as bound.
 */
import { didYouMean } from './closest-name.ts';
import type { FileContext } from './file-context.ts';
import type { Condition, Formula, TaintSpec } from './rule.ts';

/** Warns of each use of an unbound metavariable in a rule's formula. */
export function checkMetavariables(context: FileContext, formula: Formula): void {
  checkFormula(context, formula, new Set());
}

export function checkTaintMetavariables(context: FileContext, taint: TaintSpec): void {
  for (const item of [...taint.sources, ...taint.sinks, ...taint.sanitizers, ...taint.propagators]) {
    checkFormula(context, item.formula, new Set());
  }
  for (const sanitizer of taint.sanitizers) {
    const bound = boundNames(sanitizer.formula);
    for (const { metavariable } of sanitizer.cleaned) checkName(context, metavariable, bound, sanitizer);
  }
  for (const propagator of taint.propagators) {
    const bound = boundNames(propagator.formula);
    for (const name of [propagator.from, propagator.to]) checkName(context, name, bound, propagator);
  }
}

/** `outer`: names that the context of a `metavariable-pattern` has bound already. */
function checkFormula(context: FileContext, formula: Formula, outer: ReadonlySet<string>): void {
  switch (formula.kind) {
    case 'pattern':
    case 'regex':
      return;
    case 'any':
      for (const part of formula.parts) checkFormula(context, part, outer);
      return;
    case 'all':
      checkConjunction(context, formula, outer);
      return;
    default:
      checkFormula(context, formula.part, outer);
  }
}

function checkConjunction(
  context: FileContext,
  formula: Extract<Formula, { kind: 'all' }>,
  outer: ReadonlySet<string>,
): void {
  for (const part of formula.parts) checkFormula(context, part, outer);
  if (formula.conditions.length === 0 && formula.focus.length === 0) return;
  const bound = boundNames(formula);
  for (const name of outer) bound.add(name);
  for (const condition of formula.conditions) {
    for (const name of namesUsed(condition)) checkName(context, name, bound, condition);
    if (condition.kind === 'pattern') checkFormula(context, condition.formula, bound);
  }
  for (const names of formula.focus) for (const name of names) checkName(context, name, bound, names);
}

function checkName(context: FileContext, name: string, bound: ReadonlySet<string>, part: object): void {
  const place = context.placeOf(part);
  if (place === undefined || bound.has(name) || !/^\$\D/.test(name)) return;
  const message = `no positive pattern binds \`${name}\` here, so this can never hold`;
  context.report('unbound-metavariable', place.span, place.path, message, didYouMean(name, bound));
}

function namesUsed(condition: Condition): string[] {
  if (condition.kind !== 'comparison') return [condition.metavariable];
  const withoutStrings = condition.comparison.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '');
  return withoutStrings.match(/\$(?:\.\.\.)?[A-Za-z_]\w*/g) ?? [];
}

function boundNames(formula: Formula): Set<string> {
  const names = new Set<string>();
  collect(formula, names);
  return names;
}

function collect(formula: Formula, names: Set<string>): void {
  switch (formula.kind) {
    case 'pattern':
      for (const name of formula.text.match(/\$(?:\.{3,4})?[A-Z_][A-Z0-9_]*/g) ?? []) names.add(name);
      return;
    case 'regex':
      collectCaptures(formula.text, names);
      return;
    case 'not':
      return;
    case 'inside':
    case 'anywhere':
      collect(formula.part, names);
      return;
    case 'any':
      for (const part of formula.parts) collect(part, names);
      return;
    case 'all':
      for (const part of formula.parts) collect(part, names);
      for (const condition of formula.conditions) {
        if (condition.kind === 'regex') collectCaptures(condition.regex, names);
        if (condition.kind === 'pattern') collect(condition.formula, names);
      }
      if (formula.as !== null) names.add(formula.as);
  }
}

/** `(?<NAME>…)`, `(?P<NAME>…)` and `(?'NAME'…)` bind `$NAME`. */
function collectCaptures(regex: string, names: Set<string>): void {
  if (!regex.includes('(?')) return;
  for (const [, name] of regex.matchAll(/\(\?P?[<'](\w+)[>']/g)) names.add(`$${name}`);
}
