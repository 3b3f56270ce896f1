import type { Binding, Bindings, RangeMatch } from '../../match/bindings.ts';
import type { CompiledFormula } from '../../match/formula.ts';
import type { FunctionBody } from '../il.ts';
import { analyzeFunction } from './analyze-function.ts';
import { Environment } from './environment.ts';
import { markExpressions, type SpecMatch, type TaintMatches } from './spec-matches.ts';
import type { CompiledItem, CompiledTaint } from './taint-rule.ts';
import { type SinkHit, Transfer, type TransferHost } from './transfer.ts';
import type { Taint, Token } from './value.ts';

/** How data gets from a source to a sink. */
export interface Flow {
  /** What is reported: the sink, or the source where the rule wants that. */
  match: RangeMatch;
  source: Token;
  through: readonly Token[];
  sink: Token;
}

/** What the analysis of a file asks of the engine around it. */
export interface TaintHost {
  /** All matches of a formula in the file. */
  matches(formula: CompiledFormula): readonly RangeMatch[];
  unify(a: Binding, b: Binding): boolean;
  /** The functions of the file, the top level last. */
  functions: readonly FunctionBody[];
  /** Keys of variables of the top level that are assigned once: other functions see what is in them. */
  globals: ReadonlySet<string>;
}

/** Runs a taint rule over a file, function by function (semantics 05). */
export function analyzeFile(rule: CompiledTaint, host: TaintHost): Flow[] {
  const matches = findMatches(rule, host);
  if (matches === null) return [];
  const hits: SinkHit[] = [];
  const transferHost: TransferHost = {
    options: rule.options,
    labels: rule.labels,
    style: 'reference',
    report: (hit) => hits.push(hit),
  };
  const { functions } = host;
  const globals = analyzeTopLevel(functions, matches, transferHost, host);
  for (const body of functions) {
    if (body.kind !== 'function') continue;
    analyzeFunction(body, globals, markExpressions(body, matches), transferHost);
  }
  return flowsOf(hits, rule, host);
}

/** Analyses the top level. Returns what functions know of its variables. */
function analyzeTopLevel(
  functions: readonly FunctionBody[],
  matches: TaintMatches,
  transferHost: TransferHost,
  host: TaintHost,
): Environment {
  const top = functions.find(({ kind }) => kind === 'top-level');
  if (top === undefined) return new Environment();
  const marks = markExpressions(top, matches);
  analyzeFunction(top, new Environment(), marks, transferHost);
  let known = new Environment();
  const silent: TransferHost = { ...transferHost, report: null };
  top.nodes.forEach(({ instruction }) => {
    if (instruction?.kind !== 'assign' || instruction.target.kind !== 'place') return;
    const { place } = instruction.target;
    if (place.kind !== 'variable' || !host.globals.has(place.key)) return;
    // Of a dictionary only what is a source itself is seen from other functions.
    if (instruction.value.kind === 'collection' && !marks.get(instruction.value)?.sources.length) return;
    known = new Transfer(silent, marks, top, known).run(instruction);
  });
  return known;
}

/** Null where no source or no sink is in the file. */
function findMatches(rule: CompiledTaint, host: TaintHost): TaintMatches | null {
  let id = 0;
  const all = <Spec>(items: readonly CompiledItem<Spec>[]): SpecMatch<Spec>[] =>
    items.flatMap(({ spec, formula, isFocused }) =>
      host.matches(formula).map((match) => ({ id: ++id, spec, match, isFocused })),
    );
  // At the end of a function nothing is asked of what lives on.
  const sinks = all(rule.sinks.filter(({ spec }) => !spec.atExit));
  if (sinks.length === 0) return null;
  const sources = all(rule.sources);
  if (sources.length === 0) return null;
  const conflicting = new Set([...sources, ...sinks].map(({ match }) => `${match.start}:${match.end}`));
  const sanitizers = all(rule.sanitizers).filter(
    ({ spec, match }) => !(spec.notConflicting && conflicting.has(`${match.start}:${match.end}`)),
  );
  return { sources, sinks, sanitizers, propagators: all(rule.propagators) };
}

function flowsOf(hits: readonly SinkHit[], rule: CompiledTaint, host: TaintHost): Flow[] {
  const flows = new Map<string, Flow>();
  for (const { sink, taints, parts } of hits) {
    for (const together of rule.labels.reported(sink, taints, parts)) {
      const flow = flowOf(together, sink.match, rule, host);
      if (flow === null) continue;
      const bindings = [...flow.match.bindings].map(([name, { start, end }]) => `${name}${start}:${end}`);
      const key = `${flow.match.start}:${flow.match.end} ${flow.source.start} ${flow.sink.start} ${bindings.join()}`;
      if (!flows.has(key)) flows.set(key, flow);
    }
  }
  return [...flows.values()];
}

function flowOf(taints: readonly Taint[], sink: RangeMatch, rule: CompiledTaint, host: TaintHost): Flow | null {
  const shown = [...taints].sort((a, b) => a.source.match.start - b.source.match.start)[0];
  if (shown === undefined) return null;
  const { match } = shown.source;
  const { unifyMetavariables, focusOnSource } = rule.options;
  const bindings = mergeBindings(sink.bindings, taints, unifyMetavariables ? (a, b) => host.unify(a, b) : null);
  if (bindings === null) return null;
  const reported = focusOnSource ? match : sink;
  return { match: { ...reported, bindings }, source: match, through: shown.through, sink };
}

/** Those of the sink and of the sources, which win. Null where they have to unify and do not. */
function mergeBindings(
  sink: Bindings,
  taints: readonly Taint[],
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
