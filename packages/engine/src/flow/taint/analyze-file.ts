import type { Binding, Bindings, RangeMatch } from '../../match/bindings.ts';
import type { CompiledFormula } from '../../match/formula.ts';
import type { FunctionBody } from '../il.ts';
import { analyzeFunction } from './analyze-function.ts';
import { Environment } from './environment.ts';
import { type MarksOf, markExpressions, type SpecMatch, type TaintMatches } from './spec-matches.ts';
import type { CompiledItem, CompiledTaint } from './taint-rule.ts';
import type { SinkHit, TransferHost } from './transfer.ts';
import { isClean, type Taint, type Token } from './value.ts';

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
    analyzeFunction(body, globals, marksIn(body, matches), transferHost);
  }
  return flowsOf(hits, rule, host);
}

function marksIn(body: FunctionBody, matches: TaintMatches): MarksOf {
  return markExpressions(body, matches);
}

/** Analyses the top level. Returns what functions know of its variables. */
function analyzeTopLevel(
  functions: readonly FunctionBody[],
  matches: TaintMatches,
  transferHost: TransferHost,
  host: TaintHost,
): Environment {
  const globals = new Environment();
  const top = functions.find(({ kind }) => kind === 'top-level');
  if (top === undefined) return globals;
  const { after } = analyzeFunction(top, new Environment(), marksIn(top, matches), transferHost);
  top.nodes.forEach(({ instruction }, id) => {
    if (instruction?.kind !== 'assign' || instruction.target.kind !== 'place') return;
    const { place } = instruction.target;
    if (place.kind !== 'variable' || !host.globals.has(place.key)) return;
    const cell = after[id]?.get({ key: place.key, path: [] });
    if (cell !== undefined && !isClean(cell)) globals.set({ key: place.key, path: [] }, cell);
  });
  return globals;
}

/** Null where no source or no sink is in the file. */
function findMatches(rule: CompiledTaint, host: TaintHost): TaintMatches | null {
  let id = 0;
  const all = <Spec>(items: readonly CompiledItem<Spec>[]): SpecMatch<Spec>[] =>
    items.flatMap(({ spec, formula }) => host.matches(formula).map((match) => ({ id: ++id, spec, match })));
  const sinks = all(rule.sinks);
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
  const [first, ...others] = taints.map(({ source }) => source.match.bindings);
  for (const [name, binding] of first ?? []) {
    const own = sink.get(name);
    if (unify !== null && own !== undefined && !unify(own, binding)) return null;
    const isShared = others.every((other) => {
      const same = other.get(name);
      return same !== undefined && same.start === binding.start && same.end === binding.end;
    });
    if (isShared) merged.set(name, binding);
  }
  return merged;
}
