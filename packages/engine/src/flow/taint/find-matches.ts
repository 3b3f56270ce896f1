import type { RangeMatch } from '../../match/bindings.ts';
import type { CompiledFormula } from '../../match/formula.ts';
import type { SpecMatch, TaintMatches } from './spec-matches.ts';
import type { CompiledItem, CompiledTaint } from './taint-rule.ts';

/** What the parts of a taint rule match in the file at `path`; `nextId` numbers the matches. */
export function findTaintMatches(
  rule: CompiledTaint,
  path: string,
  matchesOf: (formula: CompiledFormula) => readonly RangeMatch[],
  nextId: () => number,
): TaintMatches {
  const all = <Spec>(items: readonly CompiledItem<Spec>[]): SpecMatch<Spec>[] =>
    items.flatMap(({ spec, formula, isFocused }) =>
      matchesOf(formula).map((match) => ({ id: nextId(), path, spec, match, isFocused })),
    );
  // At the end of a function nothing is asked of what lives on.
  const sinks = all(rule.sinks.filter(({ spec }) => !spec.atExit));
  const sources = all(rule.sources);
  const conflicting = new Set([...sources, ...sinks].map(({ match }) => `${match.start}:${match.end}`));
  const sanitizers = all(rule.sanitizers).filter(
    ({ spec, match }) => !(spec.notConflicting && conflicting.has(`${match.start}:${match.end}`)),
  );
  return { sources, sinks, sanitizers, propagators: all(rule.propagators) };
}
