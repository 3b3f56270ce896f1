import type { Binding, Bindings, RangeMatch } from '../../match/bindings.ts';
import type { CompiledFormula } from '../../match/formula.ts';
import type { TaintSource } from '../../rules/rule.ts';
import type { FlowDepth } from '../depth.ts';
import type { Expression, FunctionBody } from '../il.ts';
import type { FlowStyle } from '../lower-function.ts';
import { analyzeFunction } from './analyze-function.ts';
import { analyzeProgram } from './analyze-program.ts';
import { Environment } from './environment.ts';
import { type Marks, markExpressions, type SpecMatch, type TaintMatches } from './spec-matches.ts';
import type { Ending, SinkHit } from './summary.ts';
import type { CompiledItem, CompiledTaint } from './taint-rule.ts';
import { Transfer, type TransferHost } from './transfer.ts';
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

/** What the analysis of a file asks of the engine around it. */
export interface TaintHost {
  /** All matches of a formula in the file. */
  matches(formula: CompiledFormula): readonly RangeMatch[];
  unify(a: Binding, b: Binding): boolean;
  /** The functions of the file, the top level last. */
  functions(style: FlowStyle): readonly FunctionBody[];
  /** Keys of variables of the top level that are assigned once: other functions see what is in them. */
  globals(): ReadonlySet<string>;
}

/** Runs a taint rule over a file (semantics 05): function by function as the reference does, or following calls. */
export function analyzeFile(rule: CompiledTaint, depth: FlowDepth, host: TaintHost): Flow[] {
  const matches = findMatches(rule, host);
  if (matches === null) return [];
  const hits: SinkHit[] = [];
  const report = (hit: SinkHit): void => {
    hits.push(hit);
  };
  if (depth === 'function') analyzeFunctions(rule, matches, host, report);
  else analyzeCalls(rule, matches, host, report);
  return flowsOf(hits, rule, host);
}

/** Each function by itself. */
function analyzeFunctions(
  rule: CompiledTaint,
  matches: TaintMatches,
  host: TaintHost,
  report: (hit: SinkHit) => void,
): void {
  const transferHost: TransferHost = {
    options: rule.options,
    labels: rule.labels,
    style: 'reference',
    calls: null,
    observer: { sink: report, returned: () => {} },
  };
  const functions = host.functions('reference');
  const globals = analyzeTopLevel(functions, matches, transferHost, host);
  for (const body of functions) {
    if (body.kind !== 'function') continue;
    analyzeFunction(body, globals, markExpressions(body, matches), transferHost);
  }
}

/** Functions of the file call each other. */
function analyzeCalls(
  rule: CompiledTaint,
  matches: TaintMatches,
  host: TaintHost,
  report: (hit: SinkHit) => void,
): void {
  const functions = host.functions('complete');
  const marks = new Map<Expression, Marks>();
  for (const body of functions)
    for (const [expression, mark] of markExpressions(body, matches)) marks.set(expression, mark);
  const { options, labels } = rule;
  analyzeProgram(functions, marks, { options, labels, style: 'complete' }, () => null, report);
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
  const silent: TransferHost = { ...transferHost, observer: null };
  const onceAssigned = host.globals();
  top.nodes.forEach(({ instruction }) => {
    if (instruction?.kind !== 'assign' || instruction.target.kind !== 'place') return;
    const { place } = instruction.target;
    if (place.kind !== 'variable' || !onceAssigned.has(place.key)) return;
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
      host.matches(formula).map((match) => ({ id: ++id, path: '', spec, match, isFocused })),
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
  for (const hit of hits) {
    for (const together of rule.labels.reported(hit.sink, hit.taints, hit.parts)) {
      const flow = flowOf(together, hit, rule, host);
      if (flow === null) continue;
      const bindings = [...flow.match.bindings].map(([name, { start, end }]) => `${name}${start}:${end}`);
      const key = `${flow.match.start}:${flow.match.end} ${flow.source.start} ${flow.sink.start} ${bindings.join()}`;
      if (!flows.has(key)) flows.set(key, flow);
    }
  }
  return [...flows.values()];
}

function flowOf(
  taints: readonly Taint[],
  { sink, ending }: SinkHit,
  rule: CompiledTaint,
  host: TaintHost,
): Flow | null {
  const ofSources = taints.filter((taint): taint is SourceTaint => taint.source !== null);
  const shown = ofSources.sort((a, b) => a.source.match.start - b.source.match.start)[0];
  if (shown === undefined) return null;
  const { source, beginning, through } = shown;
  const { unifyMetavariables, focusOnSource } = rule.options;
  const unify = unifyMetavariables ? (a: Binding, b: Binding) => host.unify(a, b) : null;
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
