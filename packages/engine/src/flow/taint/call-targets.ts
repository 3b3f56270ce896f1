import { isBoundMethod } from '../body-facts.ts';
import { dottedPath } from '../dotted-path.ts';
import type { ClassBody, Expression, FunctionBody } from '../il.ts';
import { type CallTarget, functionsOf } from './summary.ts';
import type { Cell, Meaning } from './value.ts';

/** What a name of another file means; null where that is not known. */
export type Lookup = (canonical: readonly string[], body: FunctionBody) => FunctionBody | ClassBody | null;

/** Bases of bases are looked through to this depth. */
const MAX_BASES = 12;

/** What calls go to, by names, and by what is known of the values that are called. */
export class CallTargets {
  private readonly lookup: Lookup;

  constructor(lookup: Lookup) {
    this.lookup = lookup;
  }

  /** What a name means where it is no variable that anything is known of. */
  meaningOf(name: string, body: FunctionBody): Meaning | null {
    const found = resolveName(name, body);
    return found === null || 'methods' in found ? null : { kind: 'functions', functions: [found] };
  }

  /** What an expression that is called may be; `called` and `receiver` are what is known of it. */
  targets(callee: Expression, called: Cell, receiver: Cell, body: FunctionBody): readonly CallTarget[] {
    const functions = functionsOf(called.is);
    if (functions.length > 0) return functions.map((one) => ({ kind: 'function', function: one, isBound: false }));
    if (callee.kind === 'field') {
      const owner = this.ownerOf(callee.object, receiver, body);
      if (owner !== null) {
        const method = this.method(owner.class, callee.name, 0);
        return method === null
          ? []
          : [{ kind: 'function', function: method, isBound: owner.isInstance && isBoundMethod(method) }];
      }
    }
    const found = this.named(callee, body);
    if (found === null) return [];
    return 'methods' in found
      ? [{ kind: 'class', class: found }]
      : [{ kind: 'function', function: found, isBound: false }];
  }

  /** The class that a method is looked up in. */
  private ownerOf(
    object: Expression,
    receiver: Cell,
    body: FunctionBody,
  ): { class: ClassBody; isInstance: boolean } | null {
    if (receiver.is?.kind === 'object') return { class: receiver.is.class, isInstance: true };
    if (
      object.kind === 'call' &&
      object.callee.kind === 'variable' &&
      object.callee.name === body.language.base &&
      body.class !== null
    ) {
      const base = this.basesOf(body.class)[0];
      return base === undefined ? null : { class: base, isInstance: true };
    }
    if (object.kind === 'variable' && object.name === body.language.class && body.class !== null)
      return { class: body.class, isInstance: false };
    const found = this.named(object, body);
    return found !== null && 'methods' in found ? { class: found, isInstance: false } : null;
  }

  /** What a written name, or dotted name, stands for. */
  private named(expression: Expression, body: FunctionBody): FunctionBody | ClassBody | null {
    const path = dottedPath(expression);
    if (path === null) return null;
    const [root] = path.names;
    if (path.canonical !== null) return this.lookup([...path.canonical, ...path.names.slice(1)], body);
    // `import a.b` declares no name of its own.
    if (root === undefined || path.names.length > 1) return this.lookup(path.names, body);
    return resolveName(root, body);
  }

  /** The method of a class that a call of the class runs. */
  constructorOf(called: ClassBody): FunctionBody | null {
    const { enclosing } = called;
    return enclosing === null ? null : this.method(called, enclosing.language.constructor, 0);
  }

  private method(owner: ClassBody, name: string, depth: number): FunctionBody | null {
    const own = owner.methods.get(name);
    if (own !== undefined || depth > MAX_BASES) return own ?? null;
    for (const base of this.basesOf(owner)) {
      const inherited = this.method(base, name, depth + 1);
      if (inherited !== null) return inherited;
    }
    return null;
  }

  private basesOf(owner: ClassBody): ClassBody[] {
    const { enclosing } = owner;
    if (enclosing === null) return [];
    const found = owner.bases.map((base) => this.named(base, enclosing));
    return found.filter((base): base is ClassBody => base !== null && 'methods' in base && base !== owner);
  }

  /** What a parameter is by its annotation. */
  annotated(annotation: Expression | null, body: FunctionBody): Meaning | null {
    const found = annotation === null ? null : this.named(annotation, body);
    return found !== null && 'methods' in found ? { kind: 'object', class: found } : null;
  }
}

/** A function or class of this name that is seen in a function. */
function resolveName(name: string, body: FunctionBody): FunctionBody | ClassBody | null {
  for (let at: FunctionBody | null = body; at !== null; at = at.enclosing) {
    const found = at.functions.get(name) ?? at.classes.get(name);
    if (found !== undefined) return found;
  }
  return null;
}
