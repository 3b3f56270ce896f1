import { NO_TAINT_MATCHES, type SpecMatch, type TaintMatches } from './spec-matches.ts';
import type { CompiledItem, CompiledTaint } from './taint-rule.ts';

/** Where the items of a rule are looked for: in one file. */
export type MatchesOf = <Spec>(item: CompiledItem<Spec>) => readonly SpecMatch<Spec>[];

/**
 * What the parts of a taint rule match in files that are analysed together, in their order. Without a sink or without a
 * source in any of them there is no flow, and nothing else is looked for; sinks first, as they are the rarest.
 */
export function findTaintMatches(rule: CompiledTaint, files: readonly MatchesOf[]): TaintMatches[] {
  const all = <Spec>(items: readonly CompiledItem<Spec>[]): SpecMatch<Spec>[][] =>
    files.map((matchesOf) => items.flatMap((item) => matchesOf(item)));
  const nothing = files.map(() => NO_TAINT_MATCHES);
  // At the end of a function nothing is asked of what lives on.
  const sinks = all(rule.sinks.filter(({ spec }) => !spec.atExit));
  if (sinks.every((list) => list.length === 0)) return nothing;
  const sources = all(rule.sources);
  if (sources.every((list) => list.length === 0)) return nothing;
  const sanitizers = all(rule.sanitizers);
  const propagators = all(rule.propagators);
  return files.map((_file, i) => {
    const ends = { sources: sources[i] ?? [], sinks: sinks[i] ?? [] };
    const conflicting = new Set([...ends.sources, ...ends.sinks].map(({ match }) => `${match.start}:${match.end}`));
    const clean = (sanitizers[i] ?? []).filter(
      ({ spec, match }) => !(spec.notConflicting && conflicting.has(`${match.start}:${match.end}`)),
    );
    return { ...ends, sanitizers: clean, propagators: propagators[i] ?? [] };
  });
}
