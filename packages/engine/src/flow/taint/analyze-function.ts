import { factsOf } from '../body-facts.ts';
import type { FunctionBody, Target } from '../il.ts';
import { WaitingNodes } from '../waiting-nodes.ts';
import type { Environment, Place } from './environment.ts';
import type { MarksOf } from './spec-matches.ts';
import { Transfer } from './transfer.ts';
import type { TransferHost } from './transfer-host.ts';
import { boundTaints, joinCells, UNSET } from './value.ts';

/**
 * A node is looked at again whenever more is known of what comes before it. Taints only grow, so that this ends by
 * itself; the bound keeps functions that machines write from taking minutes.
 */
const MAX_VISITS_PER_NODE = 60;

export interface FunctionAnalysis {
  /** What holds before each node that can be reached. */
  before: readonly (Environment | undefined)[];
  /** What holds after each node that can be reached. */
  after: readonly (Environment | undefined)[];
  /** The bound was reached: what holds may be more than is known. */
  isIncomplete: boolean;
}

/** What may hold at each node of a function, from what holds where it begins (semantics 05 §5.1). */
export function analyzeFunction(
  body: FunctionBody,
  entry: Environment,
  marks: MarksOf,
  host: TransferHost,
): FunctionAnalysis {
  boundTaints(host.style);
  // Without loops each node is looked at once, when all is known of what comes before it.
  const isOnce = !factsOf(body).hasLoops;
  const own: TransferHost = isOnce ? host : { ...host, observer: null };
  const transfer = new Transfer(own, marks, body);
  const start = enter(transfer, body, entry, own);
  const before: (Environment | undefined)[] = [start];
  const after: (Environment | undefined)[] = [];
  const visits = new Int32Array(body.nodes.length);
  const waiting = new WaitingNodes(body.nodes.length);
  waiting.add(0);
  let isIncomplete = false;
  for (let id = waiting.take(); id >= 0; id = waiting.take()) {
    const known = before[id];
    const node = body.nodes[id];
    if (known === undefined || node === undefined) continue;
    const visit = (visits[id] ?? 0) + 1;
    visits[id] = visit;
    if (visit > MAX_VISITS_PER_NODE) {
      isIncomplete = true;
      continue;
    }
    const result = node.instruction === null ? known : transfer.run(node.instruction, known.copy());
    after[id] = result;
    for (const next of node.next) {
      const reached = before[next];
      if (reached === undefined) before[next] = result.copy();
      else if (!reached.join(result)) continue;
      waiting.add(next);
    }
  }
  if (host.observer !== null && !isOnce) observe(body, before, marks, host, entry);
  return { before, after, isIncomplete };
}

/** Parameters that nothing is given for are clean unless they are sources or have tainted defaults. */
function enter(transfer: Transfer, body: FunctionBody, entry: Environment, { style }: TransferHost): Environment {
  let env = entry.copy();
  for (const { variable, value, spread } of body.parameters) {
    const place: Place = { key: variable.key, path: [] };
    const given = env.isUnset(variable.key) ? null : env.get(place);
    if (given === null) env.clean(place);
    if (value !== null) {
      const target: Target = { kind: 'place', place: variable };
      env = transfer.run({ kind: 'assign', target, value, how: 'plain' }, env);
    }
    if (given !== null && value !== null) env.set(place, joinCells(given, env.get(place)));
    // To the reference `**options` is never a source.
    if (spread === '**' && style === 'reference') continue;
    transfer.parameter(variable, value === null && given === null ? UNSET : env.get(place), env);
  }
  return env;
}

/** Once all is known, each instruction is run once more and tells the observer. */
function observe(
  body: FunctionBody,
  before: readonly (Environment | undefined)[],
  marks: MarksOf,
  host: TransferHost,
  entry: Environment,
): void {
  const transfer = new Transfer(host, marks, body);
  enter(transfer, body, entry, host);
  body.nodes.forEach(({ instruction }, id) => {
    const known = before[id];
    if (instruction !== null && known !== undefined) transfer.run(instruction, known.copy());
  });
}
