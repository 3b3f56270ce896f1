import type { Binding, Bindings, RangeMatch } from '../../match/bindings.ts';
import type { TaintSource } from '../../rules/rule.ts';
import type { SpecMatch } from './spec-matches.ts';
import type { Ending, SinkHit } from './summary.ts';
import type { CompiledTaint } from './taint-rule.ts';
import type { Beginning, Taint, Token } from './value.ts';

/** How data gets from a source to a sink. */
export interface Flow {
  /** What is reported: the sink, or the source where the rule wants that. */
  match: RangeMatch;
  source: Token;
  beginning: Beginning;
  through: readonly Token[];
  sink: Token;
  ending: Ending;
}

type Unify = (a: Binding, b: Binding) => boolean;

/** What is reported of data that reaches sinks: one for each sink, source and bindings (semantics 05 §5.8). */
export function flowsOf(hits: readonly SinkHit[], rule: CompiledTaint, unify: Unify): Flow[] {
  const flows = new Map<string, Flow>();
  for (const hit of hits) {
    for (const together of rule.labels.reported(hit.sink, hit.taints, hit.parts)) {
      const flow = flowOf(together, hit, rule, unify);
      if (flow === null) continue;
      const { match, source, sink } = flow;
      const bindings = [...match.bindings].map(([name, { start, end }]) => `${name}${start}:${end}`);
      // Files that are copies of each other have flows at the same places.
      const places = [source, sink].map(({ path, start }) => `${path}:${start}`);
      const key = `${match.start}:${match.end} ${places.join(' ')} ${bindings.join()}`;
      if (!flows.has(key)) flows.set(key, flow);
    }
  }
  return [...flows.values()];
}

function flowOf(taints: readonly Taint[], { sink, ending }: SinkHit, rule: CompiledTaint, unifies: Unify): Flow | null {
  const ofSources = taints.filter((taint): taint is SourceTaint => taint.source !== null);
  const shown = ofSources.sort((a, b) => a.source.match.start - b.source.match.start)[0];
  if (shown === undefined) return null;
  const { source, beginning, through } = shown;
  const { unifyMetavariables, focusOnSource } = rule.options;
  const unify = unifyMetavariables ? unifies : null;
  const bindings = mergeBindings(sink.match.bindings, ofSources, unify);
  if (bindings === null) return null;
  const reported = focusOnSource ? source.match : sink.match;
  return {
    match: { ...reported, bindings },
    source: tokenOf(source),
    beginning,
    through,
    sink: tokenOf(sink),
    ending,
  };
}

type SourceTaint = Taint & { source: SpecMatch<TaintSource> };

function tokenOf({ path, match: { start, end } }: SpecMatch<unknown>): Token {
  return { path, start, end };
}

/** Those of the sink and of the sources, which win. Null where they have to unify and do not. */
function mergeBindings(
  sink: Bindings,
  taints: readonly SourceTaint[],
  unify: ((a: Binding, b: Binding) => boolean) | null,
): Bindings | null {
  const merged = new Map(sink);
  const disputed = new Set<string>();
  const ofSources = new Map<string, Binding>();
  for (const { source } of taints) {
    for (const [name, binding] of source.match.bindings) {
      const known = ofSources.get(name);
      if (known !== undefined && (known.start !== binding.start || known.end !== binding.end)) disputed.add(name);
      ofSources.set(name, binding);
    }
  }
  for (const [name, binding] of ofSources) {
    const own = sink.get(name);
    if (unify !== null && own !== undefined && !unify(own, binding)) return null;
    if (!disputed.has(name)) merged.set(name, binding);
  }
  return merged;
}
