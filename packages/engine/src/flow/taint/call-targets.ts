import type { Application } from '../applications.ts';
import { factsOf, isBoundMethod, isClassMethod, isProperty } from '../body-facts.ts';
import { type DependencyLog, onFile } from '../dependencies.ts';
import { dottedPath } from '../dotted-path.ts';
import { type ClassBody, type Declared, type Expression, type Field, type FunctionBody, isClass } from '../il.ts';
import { firstImported, importsOf } from '../imports.ts';
import { type RecordFields, recordFields } from '../record-fields.ts';
import { type StaticObject, StaticObjects } from './static-objects.ts';
import { type CallTarget, functionsOf } from './summary.ts';
import type { Cell, Meaning } from './value.ts';

/** What a name of another file means; null where that is not known. */
export type Lookup = (canonical: readonly string[], body: FunctionBody) => Declared | null;

/** Calls and decorators that may run a function, anywhere in the program. */
export type ApplicationsOf = (body: FunctionBody) => readonly Application[];

/** Bases of bases are looked through to this depth. */
const MAX_BASES = 12;

/**
 * What calls go to, by names, and by what is known of the values that are called. The same for all rules: none of it
 * depends on a rule.
 */
export class CallTargets {
  private readonly lookup: Lookup;
  private readonly log: DependencyLog;
  private readonly objects: StaticObjects;

  /** `log` is told what answers depend on, but for the file of the function that is asked about. */
  constructor(lookup: Lookup, applicationsOf: ApplicationsOf, log: DependencyLog) {
    this.lookup = lookup;
    this.log = log;
    this.objects = new StaticObjects(log, {
      named: (expression, body) => this.named(expression, body),
      visible: (name, body) => this.visible(name, body),
      method: (owner, name) => this.method(owner, name, 0),
      lineage: (owner) => this.lineage(owner),
      applicationsOf,
    });
  }

  /** What a name means where it is no variable that anything is known of. */
  meaningOf(name: string, body: FunctionBody): Meaning | null {
    const found = resolveName(name, body);
    return found === null || isClass(found) ? null : { kind: 'functions', functions: [found] };
  }

  /** What an expression that is called may be; `called` and `receiver` are what is known of it. */
  targets(callee: Expression, called: Cell, receiver: Cell, body: FunctionBody): readonly CallTarget[] {
    const functions = functionsOf(called.is);
    if (functions.length > 0) return functions.map((one) => ({ kind: 'function', function: one, receiver: 'none' }));
    if (isOwnClass(callee, body)) return [{ kind: 'class', class: objectClass(called) ?? (body.class as ClassBody) }];
    if (callee.kind === 'field') {
      const methods = this.ownersOf(callee.object, receiver, body).flatMap((owner): CallTarget[] => {
        const method = this.method(owner.class, callee.name, 0);
        return method === null ? [] : [methodTarget(method, owner)];
      });
      if (methods.length > 0) return methods;
    }
    const object = objectClass(called);
    if (object !== null) return this.callOf(object, 'own');
    const found = this.named(callee, body);
    if (found !== null && isClass(found)) return [{ kind: 'class', class: found }];
    if (found !== null && found.kind !== 'variable') return [{ kind: 'function', function: found, receiver: 'none' }];
    return this.objects.of(callee, body).flatMap((one) => {
      return one.kind === 'object' ? this.callOf(one.class, 'kept') : [valueTarget(one)];
    });
  }

  /** What the call of an object runs. */
  private callOf(object: ClassBody, receiver: 'own' | 'kept'): CallTarget[] {
    const caller = object.enclosing && this.method(object, object.enclosing.language.caller, 0);
    return caller === null ? [] : [{ kind: 'object', function: caller, receiver, object }];
  }

  /** The method that runs where a field of an object is read. */
  propertyOf({ name }: Field, object: Cell): (CallTarget & { kind: 'function' }) | null {
    const owner = objectClass(object);
    const method = owner && this.method(owner, name, 0);
    if (owner === null || method === null || !isProperty(method)) return null;
    return { kind: 'function', function: method, receiver: 'own', object: owner };
  }

  /** The classes that a method is looked up in. */
  private ownersOf(object: Expression, receiver: Cell, body: FunctionBody): readonly Owner[] {
    const given = objectClass(receiver);
    if (given !== null) return [{ class: given, isInstance: true, isKept: false }];
    if (
      object.kind === 'call' &&
      object.callee.kind === 'variable' &&
      object.callee.name === body.language.base &&
      body.class !== null
    )
      return this.basesOf(body.class)
        .slice(0, 1)
        .map((base) => ({ class: base, isInstance: true, isKept: false }));
    if (object.kind === 'variable' && object.name === body.language.class && body.class !== null)
      return [{ class: body.class, isInstance: false, isKept: false }];
    const found = this.named(object, body);
    if (found !== null && isClass(found)) return [{ class: found, isInstance: false, isKept: false }];
    return this.objects.of(object, body).flatMap((one): Owner[] => {
      return one.kind === 'function' ? [] : [{ class: one.class, isInstance: one.kind === 'object', isKept: true }];
    });
  }

  /** What a written name, or dotted name, stands for. */
  private named(expression: Expression, body: FunctionBody): Declared | null {
    const path = dottedPath(expression);
    if (path === null) return null;
    const [root] = path.names;
    if (path.canonical !== null) return this.lookup([...path.canonical, ...path.names.slice(1)], body);
    if (root === undefined) return null;
    if (path.names.length === 1) return resolveName(root, body);
    // `import a.b` declares no name of its own.
    return path.isDeclared ? null : this.lookup(path.names, body);
  }

  /** What a name, or dotted name, stands for that is written in quotes. */
  private visible(name: string, body: FunctionBody): Declared | null {
    const [first = '', ...rest] = name.split('.');
    const own = rest.length === 0 ? resolveName(first, body) : null;
    return own ?? firstImported(importsOf(body), first, (canonical) => this.lookup([...canonical, ...rest], body));
  }

  /** The method of a class that a call of the class runs. */
  constructorOf(called: ClassBody): FunctionBody | null {
    const { enclosing } = called;
    return enclosing === null ? null : this.method(called, enclosing.language.constructor, 0);
  }

  /** What a call of the class takes, where that is all that its constructor does with it. */
  fieldsOf(called: ClassBody): RecordFields | null {
    return recordFields(this.lineage(called));
  }

  /** The method that runs when an object of such a class has taken what it is given. */
  finisherOf(called: ClassBody): FunctionBody | null {
    for (const name of called.enclosing?.language.records.finishers ?? []) {
      const finisher = this.method(called, name, 0);
      if (finisher !== null) return finisher;
    }
    return null;
  }

  private method(owner: ClassBody, name: string, depth: number): FunctionBody | null {
    this.noteClass(owner);
    const own = owner.methods.get(name);
    if (own !== undefined || depth > MAX_BASES) return own ?? null;
    for (const base of this.basesOf(owner)) {
      const inherited = this.method(base, name, depth + 1);
      if (inherited !== null) return inherited;
    }
    return null;
  }

  private lineage(owner: ClassBody): readonly ClassBody[] {
    const all = new Set([owner]);
    // A set that grows while it is read.
    for (const one of all) {
      if (all.size > MAX_BASES) break;
      for (const base of this.basesOf(one)) all.add(base);
    }
    return [...all];
  }

  private basesOf(owner: ClassBody): ClassBody[] {
    const { enclosing } = owner;
    this.noteClass(owner);
    if (enclosing === null) return [];
    const found = owner.bases.map((base) => this.named(base, enclosing));
    return found.filter((base): base is ClassBody => base !== null && isClass(base) && base !== owner);
  }

  /** A class may be one that a function is given, from a file that is named nowhere in it. */
  private noteClass({ enclosing }: ClassBody): void {
    if (enclosing !== null) this.log.note(onFile(enclosing.path));
  }

  /** What a parameter is by its annotation. */
  annotated(annotation: Expression | null, body: FunctionBody): Meaning | null {
    const [one, ...others] = annotation === null ? [] : this.objects.annotated(annotation, body);
    return one?.kind === 'object' && others.length === 0 ? one : null;
  }
}

/** In what class a method is looked up, and whether it is called on an object of it, and on one that is kept. */
interface Owner {
  class: ClassBody;
  isInstance: boolean;
  isKept: boolean;
}

function methodTarget(method: FunctionBody, { class: owner, isInstance, isKept }: Owner): CallTarget {
  const isBound = isBoundMethod(method) && (isInstance || isClassMethod(method));
  return isBound
    ? { kind: 'function', function: method, receiver: isKept ? 'kept' : 'own', object: owner }
    : { kind: 'function', function: method, receiver: 'none' };
}

/** What is called is kept somewhere, and is not what is written before the parentheses. */
function valueTarget(called: Exclude<StaticObject, { kind: 'object' }>): CallTarget {
  if (called.kind === 'class') return { kind: 'class', class: called.class };
  const { function: body, owner } = called;
  return owner !== null && isBoundMethod(body)
    ? { kind: 'function', function: body, receiver: 'kept', object: owner }
    : { kind: 'function', function: body, receiver: 'none' };
}

/** What a class method is given, which makes an object when it is called. */
function isOwnClass(callee: Expression, body: FunctionBody): boolean {
  return callee.kind === 'variable' && isClassMethod(body) && factsOf(body).self === callee.key;
}

function objectClass({ is }: Cell): ClassBody | null {
  return is?.kind === 'object' ? is.class : null;
}

/** A function or class of this name that is seen in a function. */
function resolveName(name: string, body: FunctionBody): FunctionBody | ClassBody | null {
  for (let at: FunctionBody | null = body; at !== null; at = at.enclosing) {
    const found = at.functions.get(name) ?? at.classes.get(name);
    if (found !== undefined) return found;
  }
  return null;
}
