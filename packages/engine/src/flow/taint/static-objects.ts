import { Kind } from '../../tree/nodes.ts';
import { factsOf, isClassMethod, isProperty } from '../body-facts.ts';
import type { Dependency, DependencyLog } from '../dependencies.ts';
import {
  type CallExpression,
  type ClassBody,
  type Declared,
  type Expression,
  type Field,
  type FunctionBody,
  isClass,
  isPlace,
  type Variable,
} from '../il.ts';
import { namesInAnnotation } from '../quoted-annotation.ts';
import { ELEMENTS, valuesOfFields, valuesOfVariables, type WrittenValue } from '../written-values.ts';

/** What a value is: an object of a class, a class, or a function. */
export type StaticObject =
  | { kind: 'object'; class: ClassBody }
  | { kind: 'class'; class: ClassBody }
  /** `owner`: the class of the object whose method it is. */
  | { kind: 'function'; function: FunctionBody; owner: ClassBody | null };

interface Answer {
  objects: readonly StaticObject[];
  dependencies: ReadonlySet<Dependency>;
}

type Owner = Exclude<StaticObject, { kind: 'function' }>;

/** What names and members stand for. */
export interface DeclaredNames {
  /** A written name, or dotted name. */
  named(expression: Expression, body: FunctionBody): Declared | null;
  /** What a function sees under a name, or dotted name, that is written in quotes. */
  visible(name: string, body: FunctionBody): Declared | null;
  method(owner: ClassBody, name: string): FunctionBody | null;
  /** The class and those that it is derived from, nearest first. */
  lineage(owner: ClassBody): readonly ClassBody[];
}

/** A value that is made of others, as `self.a = b` with `b = make()`, is looked through to this depth. */
const MAX_DEPTH = 6;

/** For one answer so many expressions are looked at: tables that machines write have thousands of entries. */
const MAX_STEPS = 200;

/** A value that may be of more classes than this is as one of which nothing is known. */
const MAX_CLASSES = 8;

/** One that may be more functions is so too: a table of commands has a few dozen. */
const MAX_FUNCTIONS = 48;

const WHOLE = '';

const NONE: readonly StaticObject[] = [];

/**
 * What values are as far as it is written out: constructor calls, annotations, and what variables, fields and tables are
 * assigned anywhere, in whatever order. This is how an object is known that a function did not make: one that a module
 * or another object keeps. What nobody writes out says nothing against what others do.
 */
export class StaticObjects {
  private readonly names: DeclaredNames;
  private readonly log: DependencyLog;
  private readonly known = new Map<Expression, Answer>();

  /** `log` is told what answers depend on. */
  constructor(log: DependencyLog, names: DeclaredNames) {
    this.log = log;
    this.names = names;
  }

  /** All that the value of an expression may be; nothing where that is not known, or too much. */
  of(expression: Expression, body: FunctionBody): readonly StaticObject[] {
    let answer = this.known.get(expression);
    if (answer === undefined) {
      const dependencies = new Set<Dependency>();
      const find = () => bounded(new Search(this.names).find(expression, body, 0));
      answer = { objects: this.log.collect(dependencies, find), dependencies };
      this.known.set(expression, answer);
    }
    this.log.noteAll(answer.dependencies);
    return answer.objects;
  }

  /** What a value is by its annotation. */
  annotated(annotation: Expression, body: FunctionBody): readonly StaticObject[] {
    return bounded(new Search(this.names).annotated(annotation, body, 0));
  }
}

/** One answer. Each begins anew, so that it does not depend on what was asked before. */
class Search {
  private readonly names: DeclaredNames;
  private steps = 0;

  constructor(names: DeclaredNames) {
    this.names = names;
  }

  find(expression: Expression, body: FunctionBody, depth: number): readonly StaticObject[] {
    if (depth > MAX_DEPTH || this.steps >= MAX_STEPS) return NONE;
    this.steps++;
    const next = (part: Expression): readonly StaticObject[] => this.find(part, body, depth + 1);
    switch (expression.kind) {
      case 'variable':
        return this.variable(expression, body, depth);
      case 'field':
        return this.field(expression, body, depth);
      case 'index':
        return this.entries(expression.object, expression.index, body, depth);
      case 'call':
        return this.result(expression, body, depth);
      case 'choice':
        return [...next(expression.consequence), ...next(expression.alternative)];
      case 'operator':
        return expression.class === 'boolean' ? expression.operands.flatMap(next) : NONE;
      case 'wrapped':
      case 'assign':
        return next(expression.value);
      case 'lambda':
        return [{ kind: 'function', function: expression.function, owner: null }];
      default:
        return NONE;
    }
  }

  private variable(variable: Variable, body: FunctionBody, depth: number): readonly StaticObject[] {
    const object = objectItself(variable, body);
    if (object !== null) return [object];
    const written = this.writtenVariable(variable, body, WHOLE);
    return written === null ? this.declared(this.names.named(variable, body)) : this.values(written, depth);
  }

  /** What a variable, or its elements, are assigned; null of what is none. */
  private writtenVariable(variable: Variable, body: FunctionBody, part: string): readonly WrittenValue[] | null {
    for (let at: FunctionBody | null = body; at !== null; at = at.enclosing) {
      const written = valuesOfVariables(at);
      const key = at.enclosing === null ? globalKey(variable, at) : variable.key;
      if (written.has(key)) return written.get(key + part) ?? [];
    }
    return this.writtenGlobal(this.names.named(variable, body), part);
  }

  private writtenGlobal(declared: Declared | null, part: string): readonly WrittenValue[] | null {
    if (declared === null || isClass(declared) || declared.kind !== 'variable') return null;
    const { enclosing, name } = declared;
    return valuesOfVariables(enclosing).get((factsOf(enclosing).keys.get(name) ?? name) + part) ?? [];
  }

  private declared(declared: Declared | null): readonly StaticObject[] {
    if (declared === null) return NONE;
    if (isClass(declared)) return [{ kind: 'class', class: declared }];
    return declared.kind === 'variable' ? NONE : [{ kind: 'function', function: declared, owner: null }];
  }

  private field(field: Field, body: FunctionBody, depth: number): readonly StaticObject[] {
    const declared = this.names.named(field, body);
    if (declared !== null)
      return this.values(this.writtenGlobal(declared, WHOLE) ?? [], depth).concat(this.declared(declared));
    return this.owners(field, body, depth).flatMap((owner) => {
      const written = this.writtenField(owner.class, field.name, WHOLE);
      return written === null ? this.member(owner, field.name, depth) : this.values(written, depth);
    });
  }

  /** Of what object or class it is a field. */
  private owners({ object }: Field, body: FunctionBody, depth: number): readonly Owner[] {
    return this.find(object, body, depth + 1).filter((one) => one.kind !== 'function');
  }

  private writtenField(owner: ClassBody, name: string, part: string): readonly WrittenValue[] | null {
    for (const one of this.names.lineage(owner)) {
      const written = valuesOfFields(one);
      if (written.has(name)) return written.get(name + part) ?? [];
    }
    return null;
  }

  private member({ kind, class: owner }: Owner, name: string, depth: number): readonly StaticObject[] {
    const method = this.names.method(owner, name);
    if (method === null) return NONE;
    if (isProperty(method)) return this.returned(method, depth);
    return [{ kind: 'function', function: method, owner: kind === 'object' || isClassMethod(method) ? owner : null }];
  }

  /** What is assigned says more than an annotation does, which may name a base of it. */
  private values(values: readonly WrittenValue[], depth: number): readonly StaticObject[] {
    const assigned = values.filter(({ isAnnotation }) => !isAnnotation);
    const found = assigned.flatMap(({ expression, body }) => this.find(expression, body, depth + 1));
    if (found.length > 0) return found;
    const annotations = values.filter(({ isAnnotation }) => isAnnotation);
    return annotations.flatMap(({ expression, body }) => this.annotated(expression, body, depth + 1));
  }

  private result({ callee, args }: CallExpression, body: FunctionBody, depth: number): readonly StaticObject[] {
    const [key, other] = args;
    if (key !== undefined && callee.kind === 'field' && body.language.containerMethods.get(callee.name) === 'get') {
      const found = this.entries(callee.object, key.value, body, depth);
      if (found.length > 0) return other === undefined ? found : [...found, ...this.find(other.value, body, depth + 1)];
    }
    return this.find(callee, body, depth + 1).flatMap((called) => {
      if (called.kind === 'function') return this.returned(called.function, depth);
      return called.kind === 'class' ? [{ kind: 'object' as const, class: called.class }] : NONE;
    });
  }

  private returned(called: FunctionBody, depth: number): readonly StaticObject[] {
    const values = called.nodes.flatMap(({ instruction }) =>
      instruction?.kind === 'return' && instruction.value !== null ? [instruction.value] : [],
    );
    const found = values.flatMap((value) => this.find(value, called, depth + 1));
    return found.length > 0 || called.returns === null ? found : this.annotated(called.returns, called, depth + 1);
  }

  /** What a table holds: a dictionary or list that is written out, and what is put into it. */
  private entries(table: Expression, index: Expression, body: FunctionBody, depth: number): readonly StaticObject[] {
    const tables = this.writtenAs(table, body, depth, WHOLE).flatMap(({ expression, body: from }) =>
      entriesUnder(expression, textOf(index)).map((value) => ({ expression: value, body: from })),
    );
    const all = [...tables, ...this.writtenAs(table, body, depth, ELEMENTS)];
    return all.flatMap(({ expression, body: from }) => this.find(expression, from, depth + 1));
  }

  private writtenAs(
    place: Expression,
    body: FunctionBody,
    depth: number,
    part: string,
  ): readonly Pick<WrittenValue, 'expression' | 'body'>[] {
    if (place.kind === 'variable') return this.writtenVariable(place, body, part) ?? [];
    if (place.kind !== 'field') return part === WHOLE ? [{ expression: place, body }] : [];
    const global = this.writtenGlobal(this.names.named(place, body), part);
    if (global !== null) return global;
    return this.owners(place, body, depth).flatMap((owner) => this.writtenField(owner.class, place.name, part) ?? []);
  }

  annotated(annotation: Expression, body: FunctionBody, depth: number): readonly StaticObject[] {
    if (depth > MAX_DEPTH) return NONE;
    const next = (part: Expression): readonly StaticObject[] => this.annotated(part, body, depth + 1);
    if (annotation.kind === 'operator' && annotation.name === '|') return annotation.operands.flatMap(next);
    if (annotation.kind === 'index') {
      const { object, index } = annotation;
      const isSeenThrough = isPlace(object) && object.kind !== 'index' && body.language.typeWrappers.has(object.name);
      if (!isSeenThrough) return NONE;
      return index.kind === 'sequence' ? index.elements.flatMap(next) : next(index);
    }
    const quoted = textOf(annotation);
    const named =
      quoted === null
        ? [this.names.named(annotation, body)]
        : namesInAnnotation(quoted, body.language.typeWrappers).map((name) => this.names.visible(name, body));
    return named.flatMap((one) => (one !== null && isClass(one) ? [{ kind: 'object' as const, class: one }] : []));
  }
}

/** `self`, or the class as a class method is given it. */
function objectItself({ key }: Variable, body: FunctionBody): StaticObject | null {
  for (let at: FunctionBody | null = body; at !== null; at = at.enclosing) {
    if (at.class !== null && factsOf(at).self === key)
      return { kind: isClassMethod(at) ? 'class' : 'object', class: at.class };
  }
  return null;
}

/** A name that the file declares behind the function is no declared one where it is used. */
function globalKey({ key, name }: Variable, top: FunctionBody): string {
  return key === name ? (factsOf(top).keys.get(name) ?? key) : key;
}

/** The values of a container that is written out; under a key, where that is known. */
function entriesUnder(table: Expression, key: string | null): Expression[] {
  if (table.kind === 'sequence') return table.elements;
  if (table.kind !== 'collection') return [];
  return table.parts.flatMap((part, i) => {
    const value = part.kind === 'sequence' ? part.elements[1] : undefined;
    const own = table.keys[i] ?? null;
    return value === undefined || (key !== null && own !== null && own !== key) ? [] : [value];
  });
}

/** A string that is written out. */
function textOf({ origin }: Expression): string | null {
  return origin.kind === Kind.Str ? origin.value : null;
}

/** Each once; none of a sort of which there are too many. */
function bounded(objects: readonly StaticObject[]): readonly StaticObject[] {
  const distinct = new Map<ClassBody | FunctionBody, StaticObject>();
  for (const one of objects) distinct.set(one.kind === 'function' ? one.function : one.class, one);
  const all = [...distinct.values()];
  const classes = all.filter(({ kind }) => kind !== 'function');
  const functions = all.filter(({ kind }) => kind === 'function');
  return [...(classes.length > MAX_CLASSES ? [] : classes), ...(functions.length > MAX_FUNCTIONS ? [] : functions)];
}
