/**
 * What kept an analysis from being exact. `visits`, `call-depth` and `rounds`: flows may be missing. `variants` and
 * `taints`: some of what is given, or some sources, are not told apart from others.
 */
export type Bound = 'visits' | 'call-depth' | 'rounds' | 'variants' | 'taints';

/** A function, as a report names it. */
export interface BoundedFunction {
  id: string;
  path: string;
  name: string;
}

/** Which bounds were reached, by function. */
export class Bounds {
  private readonly reached = new Map<string, { body: BoundedFunction; bounds: Set<Bound> }>();

  add(body: BoundedFunction, bound: Bound): void {
    const known = this.reached.get(body.id);
    if (known === undefined) this.reached.set(body.id, { body, bounds: new Set([bound]) });
    else known.bounds.add(bound);
  }

  addAll(other: Bounds): void {
    for (const [body, bound] of other.entries()) this.add(body, bound);
  }

  *entries(): Iterable<[BoundedFunction, Bound]> {
    for (const { body, bounds } of this.reached.values()) for (const bound of bounds) yield [body, bound];
  }

  get isEmpty(): boolean {
    return this.reached.size === 0;
  }
}

export const NO_BOUNDS = new Bounds();
