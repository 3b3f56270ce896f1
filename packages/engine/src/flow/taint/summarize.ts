import { factsOf, isBoundMethod } from '../body-facts.ts';
import type { FunctionBody } from '../il.ts';
import { analyzeFunction, type FunctionAnalysis } from './analyze-function.ts';
import { Bounds, NO_BOUNDS } from './bounds.ts';
import type { CallTargets } from './call-targets.ts';
import type { Left } from './component.ts';
import { Environment } from './environment.ts';
import type { MarksOf } from './spec-matches.ts';
import type { SinkHit, Summary } from './summary.ts';
import type { Observer, TransferHost } from './transfer-host.ts';
import {
  type Cell,
  inputTaint,
  isFull,
  joinCells,
  type Meaning,
  NO_TAINTS,
  sameCell,
  type Taint,
  type Taints,
  tainted,
  UNSET,
  unionTaints,
  withBoundedNesting,
  withBoundedParts,
} from './value.ts';

/** What is known of a function after an analysis of it. */
export interface Summarized {
  summary: Summary;
  /** What reaches sinks whatever the function is given. */
  certain: readonly SinkHit[];
  /** What calls in it leave for other functions. */
  left: readonly Left[];
  bounds: Bounds;
}

/** Analyses a function that is given unknown values, some of which are known to be of a sort. */
export function summarize(
  body: FunctionBody,
  given: ReadonlyMap<string, Meaning>,
  marks: MarksOf,
  host: TransferHost,
  targets: CallTargets,
): Summarized {
  const hits: SinkHit[] = [];
  const certain: SinkHit[] = [];
  const left: Left[] = [];
  let result: Cell = UNSET;
  let receivers: Taints = NO_TAINTS;
  const observer: Observer = {
    sink: (hit) => {
      if (dependsOnInputs(hit)) hits.push(hit);
      const own = withoutInputs(hit);
      if (own !== null) certain.push(own);
    },
    returned: (value) => {
      result = withBoundedParts(withBoundedNesting(joinCells(result, value)));
    },
    passedTo: (inputs) => {
      receivers = unionTaints(receivers, inputs);
    },
    left: (called, key, value) => left.push({ body: called, key, value }),
  };
  const entry = entryOf(body, given, targets);
  const analysis = analyzeFunction(body, entry, marks, { ...host, observer });
  const outputs = outputsOf(body, entry, lastOf(body, analysis));
  const summary = { result, hits: distinctHits(hits), outputs, receivers };
  const bounds = new Bounds();
  if (analysis.isIncomplete) bounds.add(body, 'visits');
  if ([...hits, ...certain].some(({ taints }) => isFull(taints)) || isAnyFull([result, ...outputs.values()])) {
    bounds.add(body, 'taints');
  }
  return { summary, certain, left, bounds: bounds.isEmpty ? NO_BOUNDS : bounds };
}

/** Whether what is told apart in some of the values, or their parts, may not be all. */
function isAnyFull(cells: readonly Cell[]): boolean {
  return cells.some(({ taints, parts }) => isFull(taints) || (parts !== null && isAnyFull([...parts.values()])));
}

/** Parameters and variables of scopes outside are inputs. */
function entryOf(body: FunctionBody, given: ReadonlyMap<string, Meaning>, targets: CallTargets): Environment {
  const entry = new Environment();
  body.parameters.forEach(({ variable, annotation }, i) => {
    const isSelf = i === 0 && isBoundMethod(body);
    const own: Meaning | null = isSelf && body.class !== null ? { kind: 'object', class: body.class } : null;
    const is = given.get(variable.key) ?? own ?? targets.annotated(annotation, body);
    entry.set({ key: variable.key, path: [] }, inputCell(variable.key, is));
  });
  for (const key of factsOf(body).free) entry.set({ key, path: [] }, inputCell(key, null));
  return entry;
}

function inputCell(key: string, is: Meaning | null): Cell {
  const taint = inputTaint({ key, path: [], beyond: null });
  return tainted(new Map([[taint.key, taint]]), null, is);
}

/** What holds where the function is left. */
export function lastOf(body: FunctionBody, { before, after }: FunctionAnalysis): Environment {
  const last = new Environment();
  body.nodes.forEach(({ instruction, next }, id) => {
    const env = after[id] ?? (body.nodes.length === 1 ? before[id] : undefined);
    if (env !== undefined && (next.length === 0 || instruction?.kind === 'return')) last.join(env);
  });
  return last;
}

/** What the function may have changed of what it is given: parts of parameters, and variables outside. */
function outputsOf(body: FunctionBody, entry: Environment, last: Environment): Map<string, Cell> {
  const outputs = new Map<string, Cell>();
  const { reassigned } = factsOf(body);
  for (const [key, given] of entry.entries()) {
    if (reassigned.has(key)) continue;
    const cell = last.get({ key, path: [] });
    if (!sameCell(given, cell)) outputs.set(key, withBoundedParts(cell));
  }
  return outputs;
}

function dependsOnInputs({ taints }: SinkHit): boolean {
  for (const { input } of taints.values()) if (input !== null) return true;
  return false;
}

/** Only what comes from sources. */
function withoutInputs(hit: SinkHit): SinkHit | null {
  const taints = new Map<string, Taint>();
  for (const [key, taint] of hit.taints) if (taint.input === null) taints.set(key, taint);
  return taints.size === 0 ? null : { ...hit, taints };
}

/** One a sink and set of taints. */
function distinctHits(hits: readonly SinkHit[]): SinkHit[] {
  const distinct = new Map<string, SinkHit>();
  for (const hit of hits) {
    const key = `${hit.sink.id} ${[...hit.taints.keys()].join()}`;
    if (!distinct.has(key)) distinct.set(key, hit);
  }
  return [...distinct.values()];
}
