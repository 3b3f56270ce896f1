import type { Binding } from '../../match/bindings.ts';
import type { CallIndex } from '../call-index.ts';
import type { FlowDepth } from '../depth.ts';
import type { FunctionBody } from '../il.ts';
import type { FlowStyle } from '../lower-function.ts';
import type { Program } from '../program.ts';
import { analyzeFunction } from './analyze-function.ts';
import { analyzeProgram } from './analyze-program.ts';
import type { Bound, BoundedFunction } from './bounds.ts';
import { Environment } from './environment.ts';
import { findTaintMatches, type MatchesOf } from './find-matches.ts';
import { type Flow, flowsOf } from './flow.ts';
import { MarkedFunctions } from './marked-functions.ts';
import { markExpressions, type TaintMatches } from './spec-matches.ts';
import type { SummarySources } from './summaries.ts';
import type { SinkHit } from './summary.ts';
import type { CompiledTaint } from './taint-rule.ts';
import { Transfer } from './transfer.ts';
import type { TransferHost } from './transfer-host.ts';

/** What the analysis of a file asks of the engine around it. */
export interface TaintHost {
  /** All matches of a rule's item in the file. */
  matches: MatchesOf;
  unify(a: Binding, b: Binding): boolean;
  /** The functions of the file, the top level last. */
  functions(style: FlowStyle): readonly FunctionBody[];
  /** The file by itself. */
  program(): Program;
  /** Who calls whom in it. */
  calls(): CallIndex;
  /** What summaries of its functions are made from. */
  summaries(): SummarySources;
  /** Keys of variables of the top level that are assigned once: other functions see what is in them. */
  globals(): ReadonlySet<string>;
  /** Told of bounds that were reached in functions. */
  reached(body: BoundedFunction, bound: Bound): void;
}

/** Runs a taint rule over a file (semantics 05): function by function as the reference does, or following calls. */
export function analyzeFile(rule: CompiledTaint, depth: FlowDepth, host: TaintHost): Flow[] {
  const matches = findTaintMatches(rule, host.matches);
  if (matches === null) return [];
  const hits: SinkHit[] = [];
  const report = (hit: SinkHit): void => {
    hits.push(hit);
  };
  if (depth === 'function') analyzeFunctions(rule, matches, host, report);
  else analyzeCalls(rule, matches, host, report);
  return flowsOf(hits, rule, (a, b) => host.unify(a, b));
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
    asksForParts: rule.asksForParts,
    style: 'reference',
    calls: null,
    observer: { sink: report, returned: () => {}, passedTo: () => {}, left: () => {} },
  };
  const functions = host.functions('reference');
  const globals = analyzeTopLevel(functions, matches, transferHost, host);
  for (const body of functions) {
    if (body.kind !== 'function') continue;
    const marks = markExpressions(body, matches, 'reference');
    if (![...marks.values()].some(({ sinks }) => sinks.length > 0)) continue;
    if (analyzeFunction(body, globals, marks, transferHost).isIncomplete) host.reached(body, 'visits');
  }
}

/** Functions of the file call each other. */
function analyzeCalls(
  rule: CompiledTaint,
  matches: TaintMatches,
  host: TaintHost,
  report: (hit: SinkHit) => void,
): void {
  const { files } = host.program();
  const marked = new MarkedFunctions(() => matches);
  const program = { files, calls: host.calls(), summaries: host.summaries() };
  const { bounds } = analyzeProgram(program, files, marked, rule, report);
  for (const [body, bound] of bounds.entries()) host.reached(body, bound);
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
  const marks = markExpressions(top, matches, 'reference');
  analyzeFunction(top, new Environment(), marks, transferHost);
  let known = new Environment();
  const transfer = new Transfer({ ...transferHost, observer: null }, marks, top);
  const onceAssigned = host.globals();
  top.nodes.forEach(({ instruction }) => {
    if (instruction?.kind !== 'assign' || instruction.target.kind !== 'place') return;
    const { place } = instruction.target;
    if (place.kind !== 'variable' || !onceAssigned.has(place.key)) return;
    // Of a dictionary only what is a source itself is seen from other functions.
    if (instruction.value.kind === 'collection' && !marks.get(instruction.value)?.sources.length) return;
    known = transfer.run(instruction, known);
  });
  return known;
}
