import type { TaintSink } from '../../rules/rule.ts';
import type { SpecMatch, TaintMatches } from './spec-matches.ts';
import type { CompiledItem, CompiledTaint } from './taint-rule.ts';

/** Where the items of a rule are looked for: in one file. */
export type MatchesOf = <Spec>(item: CompiledItem<Spec>) => readonly SpecMatch<Spec>[];

/**
 * What the items of a taint rule match in a file; null where there is no source or no sink, and so no flow: then nothing
 * else is looked for. Sinks first, as they are the rarest.
 */
export function findTaintMatches(rule: CompiledTaint, matchesOf: MatchesOf): TaintMatches | null {
  if (!hasAny(sinksOf(rule), matchesOf) || !hasAny(rule.sources, matchesOf)) return null;
  return allTaintMatches(rule, matchesOf);
}

/** What the items of a taint rule match in a file. */
export function allTaintMatches(rule: CompiledTaint, matchesOf: MatchesOf): TaintMatches {
  const all = <Spec>(items: readonly CompiledItem<Spec>[]): SpecMatch<Spec>[] =>
    items.flatMap((item) => matchesOf(item));
  const ends = { sources: all(rule.sources), sinks: all(sinksOf(rule)) };
  const conflicting = new Set([...ends.sources, ...ends.sinks].map(({ match }) => `${match.start}:${match.end}`));
  const sanitizers = all(rule.sanitizers).filter(
    ({ spec, match }) => !(spec.notConflicting && conflicting.has(`${match.start}:${match.end}`)),
  );
  return { ...ends, sanitizers, propagators: all(rule.propagators) };
}

/** At the end of a function nothing is asked of what lives on. */
export function sinksOf({ sinks }: CompiledTaint): CompiledItem<TaintSink>[] {
  return sinks.filter(({ spec }) => !spec.atExit);
}

/** Whether one of the items is somewhere in the file. */
export function hasAny(items: readonly CompiledItem<unknown>[], matchesOf: MatchesOf): boolean {
  return items.some((item) => matchesOf(item).length > 0);
}
