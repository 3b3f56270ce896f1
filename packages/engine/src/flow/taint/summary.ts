import type { TaintSink } from '../../rules/rule.ts';
import type { ClassBody, FunctionBody } from '../il.ts';
import type { Input } from './inputs.ts';
import type { SpecMatch } from './spec-matches.ts';
import {
  allTaints,
  type Cell,
  ELEMENT,
  isClean,
  isElement,
  joinCells,
  type Meaning,
  NO_TAINTS,
  sameCell,
  type Taint,
  type Taints,
  type Token,
  tainted,
  takeIn,
  UNSET,
  withBoundedParts,
} from './value.ts';

/** Where data ends up, as a trace tells it: in the sink itself, or in a call of a function that has it. */
export type Ending = { kind: 'sink' } | { kind: 'call'; call: Token; through: readonly Token[]; inner: Ending };

/** Data that reaches a sink. */
export interface SinkHit {
  sink: SpecMatch<TaintSink>;
  taints: Taints;
  /** What reaches the parts of the sink, by range `start:end`; of sinks that ask. */
  parts: ReadonlyMap<string, Taints>;
  ending: Ending;
}

/** What a call of a function does, in terms of what the function is given. */
export interface Summary {
  result: Cell;
  /** What reaches sinks and depends on what is given. */
  hits: readonly SinkHit[];
  /** What its parameters and the variables outside hold in the end, where that may have changed. */
  outputs: ReadonlyMap<string, Cell>;
  /** The parameters that are called, or have a method called, with data of a source. */
  receivers: Taints;
}

export const EMPTY_SUMMARY: Summary = { result: UNSET, hits: [], outputs: new Map(), receivers: NO_TAINTS };

/**
 * What a call may go to. The first parameter of a method is an object of that class: the function's `own`; one that is
 * `kept` somewhere, so that what the method does to it is no matter of the function alone (to follow that as well took
 * half as long again on programs of many objects that know each other); or one that the call does not name.
 */
export type CallTarget =
  | { kind: 'function'; function: FunctionBody; receiver: 'none' }
  | { kind: 'function'; function: FunctionBody; receiver: 'own' | 'kept' | 'unseen'; object: ClassBody }
  | { kind: 'class'; class: ClassBody }
  /** An object that is called: the function is a method of it. */
  | { kind: 'object'; function: FunctionBody; receiver: 'own' | 'kept'; object: ClassBody };

/** What is given for an input; null where that is not known here, and the input stays one. */
export type Given = (input: Input) => Cell | null;

/** Puts what is given in place of inputs, in everything that a function's summary says of a value. */
export function substitute(cell: Cell, given: Given, call: Token): Cell {
  let result: Cell = tainted(new Map(), null, cell.is);
  if (cell.state === 'clean') result = { ...result, state: 'clean' };
  const own = new Map<string, Taint>();
  const reaching = new Map<string, Taint>();
  for (const [key, taint] of cell.taints) {
    if (taint.input === null) own.set(key, calledTaint(taint, call));
    else {
      const found = given(taint.input);
      if (found === null) own.set(key, taint);
      else if (!isClean(found) || found.is !== null) result = takeIn(result, reaching, found, taint.through);
    }
  }
  if (own.size > 0) result = joinCells(result, tainted(own));
  if (cell.parts === null) return withBoundedParts(result);
  const parts = new Map(result.parts ?? []);
  for (const [name, part] of cell.parts) {
    const value = substitute(part, given, call);
    const known = parts.get(name);
    if (known !== undefined) parts.set(name, joinCells(known, value));
    else if (!isClean(value) || value.is !== null || value.state === 'clean') parts.set(name, value);
  }
  const written = parts.get(ELEMENT);
  if (written !== undefined && cell.parts.has(ELEMENT)) {
    // What was written under an unknown index may be any of the elements that were given.
    for (const [name, part] of parts)
      if (isElement(name) && !cell.parts.has(name)) parts.set(name, joinCells(part, written));
  }
  return withBoundedParts({ ...result, parts: parts.size === 0 ? null : parts });
}

/** Data of a source within the function: the trace begins with the call. */
function calledTaint(taint: Taint, call: Token): Taint {
  return { ...taint, beginning: { kind: 'call', call, through: taint.through, inner: taint.beginning }, through: [] };
}

/** The hits of a called function, with what is given in place of inputs; those that nothing reaches are left out. */
export function substituteHits(hits: readonly SinkHit[], given: Given, call: Token): SinkHit[] {
  const found: SinkHit[] = [];
  for (const hit of hits) {
    const taints = substituteTaints(hit.taints, given, call);
    if (taints.size === 0) continue;
    const parts = new Map([...hit.parts].map(([range, own]) => [range, substituteTaints(own, given, call)]));
    const through = [...hit.taints.values()].find(({ input }) => input !== null)?.through ?? [];
    found.push({ sink: hit.sink, taints, parts, ending: { kind: 'call', call, through, inner: hit.ending } });
  }
  return found;
}

/** The same for taints alone. */
export function substituteTaints(taints: Taints, given: Given, call: Token): Taints {
  const result = new Map<string, Taint>();
  for (const [key, taint] of taints) {
    if (taint.input === null) {
      result.set(key, calledTaint(taint, call));
      continue;
    }
    const found = given(taint.input);
    if (found === null) result.set(key, taint);
    else for (const [own, reaching] of allTaints(found)) result.set(own, reaching);
  }
  return result;
}

/** The hit as the function itself has it, where no call leads to it: a definition, or what functions share. */
export function withoutCall(hit: SinkHit): SinkHit {
  return hit.ending.kind === 'call' ? { ...hit, ending: hit.ending.inner } : hit;
}

/** Functions that a value may be. */
export function functionsOf(is: Meaning | null): readonly FunctionBody[] {
  return is?.kind === 'functions' ? is.functions : [];
}

/** Whether two summaries say the same. */
export function sameSummary(a: Summary, b: Summary): boolean {
  if (a.hits.length !== b.hits.length || a.outputs.size !== b.outputs.size || !sameCell(a.result, b.result))
    return false;
  if (a.receivers.size !== b.receivers.size) return false;
  return [...b.outputs].every(([key, cell]) => sameCell(cell, a.outputs.get(key) ?? UNSET));
}

/** Whether callers of the function may get to see data of a source through it. */
export function bringsData({ result, outputs, receivers }: Summary): boolean {
  return receivers.size > 0 || hasSource(result) || [...outputs.values()].some(hasSource);
}

/** Whether anything of it comes from a source. */
export function hasSource(cell: Cell): boolean {
  for (const { source } of allTaints(cell).values()) if (source !== null) return true;
  return false;
}
