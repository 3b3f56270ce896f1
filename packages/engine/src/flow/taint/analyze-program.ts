import type { ClassBody, FunctionBody } from '../il.ts';
import { Environment } from './environment.ts';
import { hasSource, type Lookup, Program } from './program.ts';
import type { MarksOf } from './spec-matches.ts';
import { type Given, inputPart, type SinkHit, substitute, substituteHits } from './summary.ts';
import type { TransferHost } from './transfer.ts';
import { type Cell, joinCells, type Token, UNSET } from './value.ts';

/**
 * Analyses functions that call each other. What a function does with what it is given is followed into it from every
 * call; what it does with variables of the top level and with the fields of its object, from what any function of the
 * program leaves there: the order in which a program calls its functions is not known.
 */
export function analyzeProgram(
  functions: readonly FunctionBody[],
  marks: MarksOf,
  host: Omit<TransferHost, 'calls' | 'observer'>,
  lookup: Lookup,
  report: (hit: SinkHit) => void,
): void {
  const program = new Program(marks, host, lookup, report);
  const shared = new Shared();
  for (const body of functions) if (body.kind === 'top-level') shared.addTopLevel(program.topLevel(body));
  const methods = functions.filter(({ kind }) => kind === 'function');
  const nothing = new Map<string, never>();
  for (const body of methods) shared.addOutputs(body, program.summary(body, nothing).outputs);
  for (const body of methods) {
    const { hits } = program.summary(body, nothing);
    const self = body.class === null ? undefined : body.parameters[0]?.variable.key;
    const parameters = new Set(body.parameters.map(({ variable }) => variable.key));
    const given: Given = (input) => {
      if (input.key === self && body.class !== null) return inputPart(shared.fieldsOf(body.class), input);
      return parameters.has(input.key) ? UNSET : inputPart(shared.variable(input.key), input);
    };
    const nowhere: Token = { path: body.path, start: body.origin.start, end: body.origin.start };
    for (const hit of substituteHits(hits, given, nowhere)) {
      const { ending } = hit;
      report({ ...hit, ending: ending.kind === 'call' ? ending.inner : ending });
    }
  }
}

/** What functions leave for each other. */
class Shared {
  private readonly variables = new Environment();
  private readonly fields = new Map<ClassBody, Cell>();

  addTopLevel(last: Environment): void {
    this.variables.join(last);
  }

  addOutputs(body: FunctionBody, outputs: ReadonlyMap<string, Cell>): void {
    const self = body.class === null ? undefined : body.parameters[0]?.variable.key;
    const parameters = new Set(body.parameters.map(({ variable }) => variable.key));
    for (const [key, cell] of outputs) {
      const left = substitute(cell, () => UNSET, { path: body.path, start: 0, end: 0 });
      if (!hasSource(left)) continue;
      const own = withoutCall(left);
      if (key === self && body.class !== null) this.fields.set(body.class, joinCells(this.fieldsOf(body.class), own));
      else if (!parameters.has(key)) {
        const place = { key, path: [] };
        this.variables.set(place, joinCells(this.variables.get(place), own));
      }
    }
  }

  variable(key: string): Cell {
    return this.variables.get({ key, path: [] });
  }

  fieldsOf(owner: ClassBody): Cell {
    return this.fields.get(owner) ?? UNSET;
  }
}

/** No call leads to what is left in a field: the trace begins at the source. */
function withoutCall(cell: Cell): Cell {
  const taints = new Map(
    [...cell.taints].map(([key, taint]) => {
      const { beginning } = taint;
      return [
        key,
        beginning.kind === 'call' ? { ...taint, beginning: beginning.inner, through: beginning.through } : taint,
      ];
    }),
  );
  const parts = cell.parts && new Map([...cell.parts].map(([name, part]) => [name, withoutCall(part)]));
  return { ...cell, taints, parts };
}
