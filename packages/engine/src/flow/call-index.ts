import { baseNames, factsOf } from './body-facts.ts';
import type { ClassBody, FunctionBody } from './il.ts';

/**
 * A method of a name that so many functions have is only looked for where the object's class is known: calls of `get`
 * would else connect all of a program.
 */
const MAX_NAMESAKES = 8;

/** Which functions of a program call functions of a name: more than do, so that no caller is missed that is followed. */
export class CallIndex {
  private readonly callers = new Map<string, FunctionBody[]>();
  private readonly namesakes = new Map<string, number>();
  /** Names of classes by the name of what they are derived from. */
  private readonly derived = new Map<string, Set<string>>();

  constructor(functions: readonly FunctionBody[]) {
    const classes = new Set<ClassBody>();
    for (const body of functions) {
      this.namesakes.set(body.name, (this.namesakes.get(body.name) ?? 0) + 1);
      if (body.class !== null) classes.add(body.class);
      for (const name of factsOf(body).called) {
        const known = this.callers.get(name);
        if (known === undefined) this.callers.set(name, [body]);
        else known.push(body);
      }
    }
    for (const one of classes) {
      for (const base of baseNames(one)) this.derived.set(base, (this.derived.get(base) ?? new Set()).add(one.name));
    }
  }

  /** The functions that may call it, or are around it. */
  callersOf(body: FunctionBody): FunctionBody[] {
    const callers = this.namesOf(body).flatMap((name) => this.callers.get(name) ?? []);
    return body.enclosing === null ? callers : [...callers, body.enclosing];
  }

  /** What a call of the function may look like. */
  private namesOf({ kind, name, class: owner, language }: FunctionBody): string[] {
    if (kind !== 'function') return [];
    const plain = (this.namesakes.get(name) ?? 0) <= MAX_NAMESAKES ? [name] : [];
    if (owner === null) return [name];
    // An object is made by calling its class.
    if (name === language.constructor)
      return [...this.family(owner), ...baseNames(owner).map((base) => `${base}.${name}`)];
    return [...plain, ...[...this.family(owner), ...baseNames(owner)].map((one) => `${one}.${name}`)];
  }

  /** The class and what is derived from it. */
  private family({ name }: ClassBody): Set<string> {
    const family = new Set([name]);
    for (const member of family) for (const derived of this.derived.get(member) ?? []) family.add(derived);
    return family;
  }
}
