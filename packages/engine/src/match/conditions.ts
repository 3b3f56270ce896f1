import type { Condition, RuleLocation } from '../rules/rule.ts';
import { compileRegex } from '../text/pcre.ts';
import type { Binding, Bindings, RangeMatch } from './bindings.ts';
import { parseComparison } from './comparison-expression.ts';
import { checkAnalysis } from './condition-analysis.ts';
import { type ComparisonCondition, checkComparison } from './condition-comparison.ts';
import { checkPattern, type PatternCondition } from './condition-pattern.ts';
import { checkRegex, type RegexCondition } from './condition-regex.ts';
import type { Evaluation } from './evaluation.ts';
import type { FormulaCompiler } from './formula.ts';

export type CompiledCondition =
  | RegexCondition
  | PatternCondition
  | ComparisonCondition
  | (Condition & { kind: 'analysis' | 'type' | 'name' });

/** What a condition says of a match: null to drop it, otherwise the sets of bindings it made, each for one copy. */
export type Verdict = readonly Bindings[] | null;

const HOLDS: Verdict = [];

/** Null where the compiler was told of a problem. */
export function compileCondition(condition: Condition, compiler: FormulaCompiler): CompiledCondition | null {
  switch (condition.kind) {
    case 'regex': {
      const regex = compileRegex(condition.regex, { multiline: false });
      if (regex.kind === 'problem') {
        return compiler.problem(condition.location, `invalid regular expression: ${regex.message}`);
      }
      return { ...condition, regex };
    }
    case 'pattern': {
      const formula = compiler.nestedFormula(condition.formula, condition.language);
      return formula && { ...condition, formula };
    }
    case 'comparison':
      return compileComparison(condition, compiler);
    case 'analysis':
    case 'type':
    case 'name':
      return condition;
  }
}

function compileComparison(
  condition: Condition & { kind: 'comparison' },
  compiler: FormulaCompiler,
): ComparisonCondition | null {
  const { location } = condition;
  const parsed = parseComparison(condition.comparison, condition.strip);
  if (!parsed.ok) {
    const at = condition.comparison.slice(parsed.offset, parsed.offset + 20);
    return compiler.problem(location, `invalid comparison: ${parsed.message}${at === '' ? '' : ` (at \`${at}\`)`}`);
  }
  for (const what of parsed.unsupported) {
    const remedy = 'Comparisons know arithmetic, lists, `in`, `int`, `str`, `re.match`, `today` and `strptime`.';
    compiler.warning(location, `the comparison never holds: comparisons do not know ${what}`, remedy);
  }
  return { kind: 'comparison', expression: parsed.expression, location };
}

/**
 * The matches for which all conditions hold (semantics 04 §4). No condition sees what another one bound; afterwards
 * each match is replaced by one copy per set of new bindings, or stays as it is if there are none.
 */
export function applyConditions(
  matches: readonly RangeMatch[],
  conditions: readonly CompiledCondition[],
  evaluation: Evaluation,
): RangeMatch[] {
  if (conditions.length === 0) return [...matches];
  return matches.flatMap((match) => {
    const sets: Bindings[] = [];
    for (const condition of conditions) {
      const verdict = checkCondition(condition, match, evaluation);
      if (!verdict) return [];
      sets.push(...verdict);
    }
    if (sets.length === 0) return [match];
    return sets.map((set) => ({ ...match, bindings: new Map([...match.bindings, ...set]) }));
  });
}

function checkCondition(condition: CompiledCondition, match: RangeMatch, evaluation: Evaluation): Verdict {
  if (condition.kind === 'comparison') return checkComparison(condition, match, evaluation) ? HOLDS : null;
  const binding = match.bindings.get(condition.metavariable);
  if (!binding) return dropUnbound(condition, match, evaluation);
  switch (condition.kind) {
    case 'regex':
      return checkRegex(condition, binding, match, evaluation);
    case 'pattern':
      return checkPattern(condition, binding, match, evaluation);
    case 'analysis':
      return checkAnalysis(condition, binding, match, evaluation) ? HOLDS : null;
    case 'type':
      return checkType(condition, binding, match, evaluation) ? HOLDS : null;
    case 'name':
      evaluation.report('metavariable-name needs to know all names of the project', condition.location, match);
      return null;
  }
}

/** Usual in one branch of a `pattern-either`; only for `metavariable-pattern` does Semgrep take it for a mistake. */
function dropUnbound(
  condition: { kind: string; metavariable: string; location: RuleLocation },
  match: RangeMatch,
  evaluation: Evaluation,
): null {
  if (condition.kind === 'pattern') {
    evaluation.report(`${condition.metavariable} is not bound by the pattern`, condition.location, match);
  }
  return null;
}

function checkType(
  condition: Condition & { kind: 'type' },
  binding: Binding,
  match: RangeMatch,
  evaluation: Evaluation,
): boolean {
  const { host, target } = evaluation;
  if (target.roots !== null) return binding.kind === 'node' && host.hasType(binding, condition.types, target);
  evaluation.report(`there are no types in ${target.language} text`, condition.location, match);
  return false;
}
