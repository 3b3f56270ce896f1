import { factsOf } from '../body-facts.ts';
import type { CallIndex } from '../call-index.ts';
import type { ClassBody, Expression, FunctionBody } from '../il.ts';
import { Environment } from './environment.ts';
import { hasSource, type Lookup, Program } from './program.ts';
import { type Marks, markExpressions, type TaintMatches } from './spec-matches.ts';
import { type Given, inputPart, type SinkHit, substitute, substituteHits, withoutCall } from './summary.ts';
import type { TransferHost } from './transfer.ts';
import { type Cell, joinCells, type Token, UNSET } from './value.ts';

/** Functions that call each other, and what a rule's parts are in them. */
export interface AnalyzedProgram {
  functions: readonly FunctionBody[];
  calls: CallIndex;
  marked: MarkedFunctions;
  lookup: Lookup;
}

/** What the expressions of functions are to a rule, and the functions in which a flow may begin, or end. */
export class MarkedFunctions {
  readonly marks = new Map<Expression, Marks>();
  readonly begin: FunctionBody[] = [];
  readonly end: FunctionBody[] = [];

  /** `matches` are those in the file of the functions. */
  add(functions: readonly FunctionBody[], matches: TaintMatches): void {
    if (Object.values(matches).every((list) => list.length === 0)) return;
    for (const body of functions) {
      let begins = false;
      let ends = false;
      for (const [expression, mark] of markExpressions(body, matches)) {
        this.marks.set(expression, mark);
        begins ||= mark.sources.length + mark.lastingSources.length > 0;
        ends ||= mark.sinks.length > 0;
      }
      if (begins) this.begin.push(body);
      if (ends) this.end.push(body);
    }
  }
}

/**
 * Analyses functions that call each other. What a function does with what it is given is followed into it from every
 * call; what it does with variables of the top level and with the fields of its object, from what any function of the
 * program leaves there: the order in which a program calls its functions is not known. Returns the functions of which
 * not all is known, as a bound was reached.
 */
export function analyzeProgram(
  { functions, calls, marked, lookup }: AnalyzedProgram,
  host: Omit<TransferHost, 'calls' | 'observer'>,
  report: (hit: SinkHit) => void,
): ReadonlySet<FunctionBody> {
  const { begin, end, marks } = marked;
  const leadsToSource = calls.relevantTo(begin);
  const leadsToSink = calls.relevantTo(end);
  const ends = new Set([...begin, ...end]);
  // From a function that both leads to a source and to a sink, or through a variable or field that both share.
  const analyzed = functions.filter((body) => ends.has(body) || (leadsToSource.has(body) && leadsToSink.has(body)));
  const isOfInterest = (body: FunctionBody): boolean => leadsToSource.has(body) || leadsToSink.has(body);
  const program = new Program(marks, host, { lookup, isOfInterest, onHit: report });
  const shared = new Shared();
  for (const body of analyzed) if (body.kind === 'top-level') shared.addTopLevel(body.path, program.topLevel(body));
  const methods = analyzed.filter(({ kind }) => kind === 'function');
  const nothing = new Map<string, never>();
  for (const body of methods) shared.addOutputs(body, program.summary(body, nothing).outputs);
  for (const body of methods) {
    const { hits } = program.summary(body, nothing);
    const { parameters, self } = factsOf(body);
    const given: Given = (input) => {
      if (input.key === self && body.class !== null) return inputPart(shared.fieldsOf(body.class), input);
      return parameters.has(input.key) ? UNSET : inputPart(shared.variable(body.path, input.key), input);
    };
    const nowhere: Token = { path: body.path, start: body.origin.start, end: body.origin.start };
    for (const hit of substituteHits(hits, given, nowhere)) report(withoutCall(hit));
  }
  return program.incomplete;
}

/** What functions leave for each other. */
class Shared {
  /** By file: keys are unique in a file. */
  private readonly variables = new Map<string, Environment>();
  private readonly fields = new Map<ClassBody, Cell>();

  addTopLevel(path: string, last: Environment): void {
    this.variables.set(path, last);
  }

  addOutputs(body: FunctionBody, outputs: ReadonlyMap<string, Cell>): void {
    const { parameters, self } = factsOf(body);
    for (const [key, cell] of outputs) {
      const left = substitute(cell, () => UNSET, { path: body.path, start: 0, end: 0 });
      if (!hasSource(left)) continue;
      const own = fromSource(left);
      if (key === self && body.class !== null) this.fields.set(body.class, joinCells(this.fieldsOf(body.class), own));
      else if (!parameters.has(key)) {
        const place = { key, path: [] };
        const variables = this.variables.get(body.path) ?? new Environment();
        variables.set(place, joinCells(variables.get(place), own));
        this.variables.set(body.path, variables);
      }
    }
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
