import type { FunctionBody } from '../il.ts';

/**
 * What kept an analysis from being exact. `visits`, `call-depth` and `rounds`: flows may be missing. `variants` and
 * `taints`: some of what is given, or some sources, are not told apart from others.
 */
export type Bound = 'visits' | 'call-depth' | 'rounds' | 'variants' | 'taints';

/** Which bounds were reached, by function. */
export class Bounds {
  private readonly reached = new Map<FunctionBody, Set<Bound>>();

  add(body: FunctionBody, bound: Bound): void {
    const known = this.reached.get(body);
    if (known === undefined) this.reached.set(body, new Set([bound]));
    else known.add(bound);
  }

  addAll(other: Bounds): void {
    for (const [body, bound] of other.entries()) this.add(body, bound);
  }

  *entries(): Iterable<[FunctionBody, Bound]> {
    for (const [body, bounds] of this.reached) for (const bound of bounds) yield [body, bound];
  }

  get isEmpty(): boolean {
    return this.reached.size === 0;
  }
}

export const NO_BOUNDS = new Bounds();
