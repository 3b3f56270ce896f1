import type { SetupProblem } from '../../reports/setup-problem.ts';
import { explainPlainly, type RuleSet } from '../scan/load-rule-set.ts';

/** Rules from several places as one set. */
export function mergeRuleSets(sets: readonly RuleSet[]): RuleSet {
  const rules = sets.flatMap((set) => set.rules);
  const problems = sets.flatMap((set) => set.problems);
  const origin = new Map<SetupProblem, RuleSet>();
  for (const set of sets) for (const problem of [...set.problems, ...set.guardrailProblems]) origin.set(problem, set);
  const graded = problems.map((problem) => {
    // Empty by itself, and so fatal there; beside others it is worth no more than a word.
    if (problem.code !== 'config-empty' || rules.length === 0) return problem;
    const warning: SetupProblem = { ...problem, level: 'warning' };
    const set = origin.get(problem);
    if (set !== undefined) origin.set(warning, set);
    return warning;
  });
  return {
    rules,
    problems: graded,
    issues: sets.flatMap((set) => set.issues),
    guardrailProblems: sets.flatMap((set) => set.guardrailProblems),
    guardrails: new Map(sets.flatMap((set) => [...set.guardrails])),
    explain: (problem) => origin.get(problem)?.explain(problem) ?? explainPlainly(problem),
  };
}
