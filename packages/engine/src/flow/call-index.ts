import { factsOf } from './body-facts.ts';
import type { FunctionBody } from './il.ts';

/** Which functions of a program call functions of a name; methods are told apart by name only. */
export class CallIndex {
  private readonly callers = new Map<string, FunctionBody[]>();

  constructor(functions: readonly FunctionBody[]) {
    for (const body of functions) {
      for (const name of factsOf(body).called) {
        const known = this.callers.get(name);
        if (known === undefined) this.callers.set(name, [body]);
        else known.push(body);
      }
    }
  }

  /** The functions, and all that call them, directly or not, or are around them. */
  relevantTo(seeds: readonly FunctionBody[]): ReadonlySet<FunctionBody> {
    const relevant = new Set<FunctionBody>();
    const waiting = [...seeds];
    const names = new Set<string>();
    const addCallers = (name: string): void => {
      if (names.has(name)) return;
      names.add(name);
      waiting.push(...(this.callers.get(name) ?? []));
    };
    for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
      if (relevant.has(body)) continue;
      relevant.add(body);
      if (body.enclosing !== null) waiting.push(body.enclosing);
      if (body.kind === 'function') addCallers(body.name);
      // An object is made by calling its class.
      if (body.class !== null) addCallers(body.class.name);
    }
    return relevant;
  }
}
