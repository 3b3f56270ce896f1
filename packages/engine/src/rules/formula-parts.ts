/** Pieces of formulas that the legacy and the `match:` syntax share. */
import type { FileContext } from './file-context.ts';
import type { FormulaScope } from './formula-scope.ts';
import type { Condition, Formula, RuleLocation } from './rule.ts';
import type { Span } from './yaml-tree.ts';

type Conjunction = Extract<Formula, { kind: 'all' }>;

/** A pattern, or a regular expression where the language has no patterns. */
export function stringFormula(text: string, location: RuleLocation, scope: FormulaScope): Formula {
  return { kind: scope.language === 'regex' ? 'regex' : 'pattern', text, location };
}

export function conjunction(
  parts: Formula[],
  location: RuleLocation,
  extras: { conditions?: Condition[]; focus?: string[][]; as?: string | null; fix?: string | null } = {},
): Conjunction {
  return {
    kind: 'all',
    parts,
    conditions: extras.conditions ?? [],
    focus: extras.focus ?? [],
    location,
    as: extras.as ?? null,
    fix: extras.fix ?? null,
  };
}

/** A conjunction needs something to start from; negations and conditions only take away (01 §1.3). */
export function checkPositiveTerm(
  context: FileContext,
  span: Span,
  path: string,
  parts: Formula[],
  scope: FormulaScope,
): void {
  if (scope.hasContext || parts.some((part) => part.kind !== 'not')) return;
  context.report(
    'no-positive-term',
    span,
    path,
    'expected at least one positive term: negations and conditions alone match nothing',
    parts.length === 0 ? 'add a pattern' : 'add what is to be found, then what to leave out',
  );
}

/** `not` has a meaning only as a part of a conjunction (04 §4.2). */
export function reportMisplacedNegation(context: FileContext, span: Span, path: string, operator: string): null {
  const message = `\`${operator}\` may only stand in a conjunction, next to what it is to be taken away from`;
  context.report('misplaced-negation', span, path, message);
  return null;
}
