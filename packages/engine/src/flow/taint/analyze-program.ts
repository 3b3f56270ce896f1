import { factsOf } from '../body-facts.ts';
import type { CallIndex } from '../call-index.ts';
import type { ClassBody, FunctionBody } from '../il.ts';
import type { ProgramFile } from '../program.ts';
import type { Bounds } from './bounds.ts';
import type { Component } from './component.ts';
import { Environment } from './environment.ts';
import { inputPart } from './input-part.ts';
import type { MarkedFunctions } from './marked-functions.ts';
import { NOTHING_GIVEN, Summaries, type SummarySources } from './summaries.ts';
import { bringsData, type Given, hasSource, type SinkHit, substitute, substituteHits, withoutCall } from './summary.ts';
import type { CompiledTaint } from './taint-rule.ts';
import { type Cell, joinCells, type Token, UNSET } from './value.ts';

/** Functions that call each other. */
export interface FlowProgram {
  files: readonly ProgramFile[];
  calls: CallIndex;
  summaries: SummarySources;
}

/** What following data through a program has come to. */
export interface ProgramAnalysis {
  /** That were reached. */
  bounds: Bounds;
  /** All summaries that were of use. */
  components: Iterable<Component>;
}

/**
 * Analyses functions that call each other. A flow begins in a function that holds a source; those that call it are
 * looked at if it brings them data, and so on. `sourceFiles` are the files that may hold one. What a function does with
 * what it is given is followed into it from every call; what it does with variables of the top level and with the fields
 * of its object, from what any function of the program leaves there: the order in which a program calls its functions is
 * not known.
 */
export function analyzeProgram(
  { files, calls, summaries: sources }: FlowProgram,
  sourceFiles: readonly ProgramFile[],
  marked: MarkedFunctions,
  { options, labels, asksForParts }: CompiledTaint,
  report: (hit: SinkHit) => void,
): ProgramAnalysis {
  const host = { options, labels, asksForParts, style: 'complete' as const };
  const shared = new Shared();
  const summaries = new Summaries(marked, host, sources, report, ({ body, key, value }) =>
    shared.addOutputs(body, new Map([[key, value]])),
  );
  const reached = new Set(sourceFiles.flatMap((file) => marked.beginnings(file)));
  // A set that grows while it is read.
  for (const body of reached) {
    if (body.kind === 'top-level') shared.addTopLevel(body.path, summaries.topLevel(body));
    else {
      const summary = summaries.summary(body, NOTHING_GIVEN);
      shared.addOutputs(body, summary.outputs);
      if (bringsData(summary)) for (const caller of calls.callersOf(body)) reached.add(caller);
    }
  }
  const paths = new Set([...[...reached].map(({ path }) => path), ...shared.paths]);
  for (const body of files.filter(({ path }) => paths.has(path)).flatMap((file) => file.functions())) {
    if (body.kind !== 'function' || !(reached.has(body) || shared.isReadBy(body))) continue;
    const { parameters, self } = factsOf(body);
    const given: Given = (input) => {
      if (input.key === self && body.class !== null) return inputPart(shared.fieldsOf(body.class), input);
      return parameters.has(input.key) ? UNSET : inputPart(shared.variable(body.path, input.key), input);
    };
    const nowhere: Token = { path: body.path, start: body.origin.start, end: body.origin.start };
    const { hits } = summaries.summary(body, NOTHING_GIVEN);
    for (const hit of substituteHits(hits, given, nowhere)) report(withoutCall(hit));
  }
  return { bounds: summaries.bounds, components: summaries.asked() };
}

/**
 * Whether data reaches a sink of these files in the functions that have it, from sources or from what they are given. Where
 * not all could be followed, it may.
 */
export function reachesSinks(
  { summaries: sources }: FlowProgram,
  sinkFiles: readonly ProgramFile[],
  marked: MarkedFunctions,
  { options, labels, asksForParts }: CompiledTaint,
): ProgramAnalysis & { isReached: boolean } {
  let isReached = false;
  const onHit = (): void => {
    isReached = true;
  };
  const host = { options, labels, asksForParts, style: 'complete' as const };
  const summaries = new Summaries(marked, host, sources, onHit, () => {});
  for (const body of sinkFiles.flatMap((file) => marked.endings(file))) {
    if (body.kind === 'top-level') summaries.topLevel(body);
    else if (summaries.summary(body, NOTHING_GIVEN).hits.length > 0) isReached = true;
  }
  const { bounds } = summaries;
  return { isReached: isReached || !bounds.isEmpty, bounds, components: summaries.asked() };
}

/** What functions leave for each other. */
class Shared {
  /** By file: keys are unique in a file. */
  private readonly variables = new Map<string, Environment>();
  private readonly fields = new Map<ClassBody, Cell>();
  /** Of the files in which something is left. */
  readonly paths = new Set<string>();

  addTopLevel(path: string, last: ReadonlyMap<string, Cell>): void {
    const known = this.variables.get(path);
    if (known === undefined) this.variables.set(path, new Environment(last));
    else known.join(new Environment(last));
  }

  addOutputs(body: FunctionBody, outputs: ReadonlyMap<string, Cell>): void {
    const { parameters, self } = factsOf(body);
    for (const [key, cell] of outputs) {
      const left = substitute(cell, () => UNSET, { path: body.path, start: 0, end: 0 });
      if (!hasSource(left)) continue;
      const own = fromSource(left);
      this.paths.add(body.path);
      if (key === self && body.class !== null) this.fields.set(body.class, joinCells(this.fieldsOf(body.class), own));
      else if (!parameters.has(key)) {
        const place = { key, path: [] };
        const variables = this.variables.get(body.path) ?? new Environment();
        variables.set(place, joinCells(variables.get(place), own));
        this.variables.set(body.path, variables);
      }
    }
  }

  /** Whether there is anything in fields of its object, or in variables outside of it. */
  isReadBy(body: FunctionBody): boolean {
    if (body.class !== null && this.fields.has(body.class)) return true;
    const variables = this.variables.get(body.path);
    if (variables === undefined) return false;
    for (const key of factsOf(body).free) if (hasSource(variables.get({ key, path: [] }))) return true;
    return false;
  }

  variable(path: string, key: string): Cell {
    return this.variables.get(path)?.get({ key, path: [] }) ?? UNSET;
  }

  fieldsOf(owner: ClassBody): Cell {
    return this.fields.get(owner) ?? UNSET;
  }
}

/** No call leads to what is left in a field: the trace begins at the source. */
function fromSource(cell: Cell): Cell {
  const taints = new Map(
    [...cell.taints].map(([key, taint]) => {
      const { beginning } = taint;
      return [
        key,
        beginning.kind === 'call' ? { ...taint, beginning: beginning.inner, through: beginning.through } : taint,
      ];
    }),
  );
  const parts = cell.parts && new Map([...cell.parts].map(([name, part]) => [name, fromSource(part)]));
  return { ...cell, taints, parts };
}
