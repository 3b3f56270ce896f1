import { type LoadResult, loadRules, type Model, type Rule, type RuleProblem } from '@lockstep/engine';
import type { CompiledRule } from '@lockstep/guardrails';

/**
 * Loads the rules that short forms stand for. Problems and places are those of their entries in `guardrail.yaml`: the
 * text that the engine reads is one that nobody wrote.
 */
export function loadCompiledRules(
  compiled: readonly CompiledRule[],
  file: string,
  models: readonly Model[],
): Pick<LoadResult, 'rules' | 'problems'> {
  const loaded = compiled.map((each) => {
    const { rules, problems } = loadRules(JSON.stringify({ rules: [each.rule] }), file, { models });
    return {
      rules: rules.map((rule) => placedAt(rule, { ...each.place, file })),
      problems: problems.map((problem) => problemAt(problem, each)),
    };
  });
  return { rules: loaded.flatMap(({ rules }) => rules), problems: loaded.flatMap(({ problems }) => problems) };
}

function problemAt(problem: RuleProblem, { place }: CompiledRule): RuleProblem {
  const { line, column, start, end, path } = place;
  return { ...problem, line, column, endLine: line, endColumn: column + (end - start), path };
}

/** The same, with one place for all of its parts. */
function placedAt(rule: Rule, { file, line, column, path }: Rule['location']): Rule {
  const location = { file, line, column, path };
  return JSON.parse(JSON.stringify(rule), (key, value) => (key === 'location' ? location : value)) as Rule;
}
