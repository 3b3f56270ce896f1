import type { Binding } from '../match/bindings.ts';
import type { Node } from '../tree/nodes.ts';
import type { MatchContext, Matcher } from './match-context.ts';

/**
 * Backtracking comes to one `...` in many ways: to the last of `f(..., 1, ..., 1, ...)` once for every pair of ones before
 * it. What follows depends on nothing but the position, the bindings and what is to be done in the end, and a `...` that
 * was reached once has gone through all positions behind. Without this, such patterns cost n^k.
 */
export class Reached {
  private readonly positions = new WeakMap<object, Map<string, number>>();

  /**
   * Says that a `...` goes through all positions from `at`, with the present bindings, on the way to `done`. Returns the
   * position from which on it has done so before; infinite at first. `place` tells apart lists of positions.
   */
  until(place: string, at: number, context: MatchContext, done: object): number {
    let known = this.positions.get(done);
    if (known === undefined) {
      known = new Map();
      this.positions.set(done, known);
    }
    const key = place + context.key();
    const before = known.get(key) ?? Number.POSITIVE_INFINITY;
    if (at < before) known.set(key, at);
    return before;
  }
}

type Slots = readonly (Binding | undefined)[];

/**
 * The same matcher, which works out once in how many ways a node matches with given bindings, and calls `done` once for
 * each different outcome. For matchers that others reach from many places: `<... f(<... x ...>) ...>` on nested calls.
 */
export function remembered(match: Matcher): Matcher {
  const known = new WeakMap<MatchContext, WeakMap<Node, Map<string, readonly Slots[]>>>();
  const outcomesOf = (node: Node, context: MatchContext): readonly Slots[] => {
    let byNode = known.get(context);
    if (byNode === undefined) {
      byNode = new WeakMap();
      known.set(context, byNode);
    }
    let byBindings = byNode.get(node);
    if (byBindings === undefined) {
      byBindings = new Map();
      byNode.set(node, byBindings);
    }
    const key = context.key();
    let outcomes = byBindings.get(key);
    if (outcomes === undefined) {
      outcomes = distinctOutcomes(match, node, context);
      byBindings.set(key, outcomes);
    }
    return outcomes;
  };
  return (node, context, done) => {
    for (const outcome of outcomesOf(node, context)) context.withSlots(outcome, done);
  };
}

function distinctOutcomes(match: Matcher, node: Node, context: MatchContext): readonly Slots[] {
  const outcomes = new Map<string, Slots>();
  match(node, context, () => {
    const key = context.key();
    if (!outcomes.has(key)) outcomes.set(key, [...context.slots]);
  });
  return [...outcomes.values()];
}
