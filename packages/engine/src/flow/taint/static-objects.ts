import { Kind } from '../../tree/nodes.ts';
import type { Application } from '../applications.ts';
import { factsOf, isClassMethod, isProperty } from '../body-facts.ts';
import type { Answer, DependencyLog } from '../dependencies.ts';
import {
  type CallExpression,
  type ClassBody,
  type Collection,
  type Declared,
  type Expression,
  type Field,
  type FunctionBody,
  isClass,
  isPlace,
  type Sequence,
  type Variable,
} from '../il.ts';
import { namesInAnnotation } from '../quoted-annotation.ts';
import {
  ELEMENTS,
  keyOfOuter,
  tableOf,
  valuesOfFields,
  valuesOfVariables,
  type WrittenValue,
} from '../written-values.ts';
import { GivenParameters, type GivenValue, type GivenValues } from './given-values.ts';

/** What a value is: an object of a class, a class, or a function. */
export type StaticObject =
  | { kind: 'object'; class: ClassBody }
  | { kind: 'class'; class: ClassBody }
  /** `owner`: the class of the object whose method it is. */
  | { kind: 'function'; function: FunctionBody; owner: ClassBody | null };

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
  /** Calls and decorators that may run a function, anywhere in the program. */
  applicationsOf(body: FunctionBody): readonly Application[];
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

/** What a table holds: as it is written, and under what. */
type Entry = Pick<WrittenValue, 'expression' | 'body' | 'key' | 'isKept'>;

const NO_ENTRIES: readonly Entry[] = [];

/**
 * What values are as far as it is written out: constructor calls, annotations, and what variables, fields and tables are
 * assigned anywhere, in whatever order. This is how an object is known that a function did not make: one that a module
 * or another object keeps. What nobody writes out says nothing against what others do.
 */
export class StaticObjects {
  private readonly names: DeclaredNames;
  private readonly given: GivenParameters;
  private readonly log: DependencyLog;
  private readonly known = new Map<Expression, Answer<readonly StaticObject[]>>();

  /** `log` is told what answers depend on. */
  constructor(log: DependencyLog, names: DeclaredNames) {
    this.log = log;
    this.names = names;
    this.given = new GivenParameters(log, {
      applicationsOf: names.applicationsOf,
      called: (callee, body) => new Search(names, null).find(callee, body, 0),
      method: names.method,
    });
  }

  /** All that the value of an expression may be; nothing where that is not known, or too much. */
  of(expression: Expression, body: FunctionBody): readonly StaticObject[] {
    return this.log.remembered(this.known, expression, () =>
      bounded(new Search(this.names, this.given).find(expression, body, 0)),
    );
  }

  /** What a value is by its annotation. */
  annotated(annotation: Expression, body: FunctionBody): readonly StaticObject[] {
    return bounded(new Search(this.names, null).annotated(annotation, body, 0));
  }
}

/** One answer. Each begins anew, so that it does not depend on what was asked before. */
class Search {
  private readonly names: DeclaredNames;
  private readonly given: GivenParameters | null;
  private steps = 0;
  /** The value has been found where it is kept, so that any call may have put it there. */
  private isKept = false;

  constructor(names: DeclaredNames, given: GivenParameters | null) {
    this.names = names;
    this.given = given;
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
        return this.element(expression.object, textOf(expression.index), body, depth);
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
    const owner = parameterOwner(variable, body);
    if (owner !== null) return this.parameter(variable, owner, this.givenTo(owner), depth);
    const written = this.writtenVariable(variable, body, WHOLE);
    return written === null ? this.declared(this.names.named(variable, body)) : this.values(written, depth);
  }

  /** What calls give for a parameter, and what it is by itself. */
  private parameter(
    { key }: Variable,
    owner: FunctionBody,
    calls: readonly GivenValues[],
    depth: number,
  ): readonly StaticObject[] {
    const given = calls.flatMap((values) => this.givenValue(values.get(key), depth));
    return [...bounded(given), ...this.values(valuesOfVariables(owner).get(key) ?? [], depth)];
  }

  private givenValue(value: GivenValue | undefined, depth: number): readonly StaticObject[] {
    if (value === undefined) return NONE;
    return value.kind === 'decorated'
      ? this.declared(value.decorated)
      : this.find(value.expression, value.body, depth + 1);
  }

  /** What one call gives and its function uses or returns, is known where the call is followed. */
  private givenTo(owner: FunctionBody): readonly GivenValues[] {
    return this.isKept ? (this.given?.of(owner) ?? []) : [];
  }

  private where<T>(isKept: boolean, search: () => T): T {
    const before = this.isKept;
    this.isKept = isKept;
    const found = search();
    this.isKept = before;
    return found;
  }

  /** What a variable, or what is in it, is assigned; null of what is none. */
  private writtenVariable(variable: Variable, body: FunctionBody, part: string): readonly WrittenValue[] | null {
    for (let at: FunctionBody | null = body; at !== null; at = at.enclosing) {
      const written = valuesOfVariables(at);
      const key = keyOfOuter(variable, at);
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
    const lineage = this.names.lineage(owner).map(valuesOfFields);
    if (part !== WHOLE) return lineage.flatMap((written) => written.get(name + part) ?? []);
    return lineage.find((written) => written.has(name))?.get(name) ?? null;
  }

  private member({ kind, class: owner }: Owner, name: string, depth: number): readonly StaticObject[] {
    const method = this.names.method(owner, name);
    if (method === null) return NONE;
    if (isProperty(method)) return this.returned(method, depth);
    return [{ kind: 'function', function: method, owner: kind === 'object' || isClassMethod(method) ? owner : null }];
  }

  /** What is assigned says more than an annotation does, which may name a base of it. */
  private values(values: readonly WrittenValue[], depth: number): readonly StaticObject[] {
    const assigned = values.flatMap((value) => this.entriesOf(value, null, depth));
    const found = assigned.flatMap((entry) => this.entry(entry, null, depth));
    if (found.length > 0) return found;
    const annotations = values.filter(({ how }) => how === 'annotation');
    return annotations.flatMap(({ expression, body }) => this.annotated(expression, body, depth + 1));
  }

  private result({ callee, args }: CallExpression, body: FunctionBody, depth: number): readonly StaticObject[] {
    const [key, other] = args;
    if (callee.kind === 'field' && isTaking(callee.name, body)) {
      const found = this.element(callee.object, key === undefined ? null : textOf(key.value), body, depth);
      if (found.length > 0) return other === undefined ? found : [...found, ...this.find(other.value, body, depth + 1)];
    }
    if (callee.kind === 'variable' && callee.name === body.language.base && body.class !== null) {
      const [, base] = this.names.lineage(body.class);
      return base === undefined ? NONE : [{ kind: 'object', class: base }];
    }
    return this.find(callee, body, depth + 1).flatMap((called) => {
      if (called.kind === 'function') return this.returned(called.function, depth);
      return called.kind === 'class' ? [{ kind: 'object' as const, class: called.class }] : NONE;
    });
  }

  private returned(called: FunctionBody, depth: number): readonly StaticObject[] {
    const found = this.where(/* isKept */ false, () =>
      returnedBy(called).flatMap((value) => this.find(value, called, depth + 1)),
    );
    return found.length > 0 || called.returns === null ? found : this.annotated(called.returns, called, depth + 1);
  }

  /** What may be found in a table under a key; in all of it where that is not known. */
  private element(table: Expression, key: string | null, body: FunctionBody, depth: number): readonly StaticObject[] {
    return this.entries(table, key, body, depth).flatMap((entry) => this.entry(entry, key, depth));
  }

  /** Where a function is given both what it puts into a table and the key, only the calls count that give such a key. */
  private entry(entry: Entry, asked: string | null, depth: number): readonly StaticObject[] {
    return this.where(this.isKept || entry.isKept, () => this.entryValue(entry, asked, depth));
  }

  private entryValue({ expression, body, key }: Entry, asked: string | null, depth: number): readonly StaticObject[] {
    const owner = expression.kind === 'variable' ? parameterOwner(expression, body) : null;
    if (expression.kind !== 'variable' || owner === null || asked === null || key?.kind !== 'variable')
      return this.find(expression, body, depth + 1);
    const calls = this.givenTo(owner).filter((values) => {
      const given = values.get(key.key);
      return given?.kind !== 'argument' || mayBe(textOf(given.expression), asked);
    });
    return this.parameter(expression, owner, calls, depth + 1);
  }

  /** What a table holds: a dictionary or list that is written out, and what is put into it. */
  private entries(table: Expression, key: string | null, body: FunctionBody, depth: number): readonly Entry[] {
    if (depth > MAX_DEPTH || this.steps >= MAX_STEPS) return NO_ENTRIES;
    this.steps++;
    if (table.kind === 'sequence' || table.kind === 'collection')
      return entriesUnder(table, key).map((expression) => ({ expression, body, key: null, isKept: this.isKept }));
    if (table.kind === 'wrapped') return this.entries(table.value, key, body, depth + 1);
    const outer = tableOf(table, body);
    const wholes =
      outer === null
        ? this.writtenAs(table, body, depth, WHOLE).flatMap((value) => this.entriesOf(value, null, depth))
        : this.entries(outer, keyIn(table), body, depth + 1);
    return [
      ...wholes.flatMap(({ expression, body: from, isKept }) =>
        this.where(this.isKept || isKept, () => this.entries(expression, key, from, depth + 1)),
      ),
      ...this.writtenAs(table, body, depth, ELEMENTS).flatMap((value) => this.entriesOf(value, key, depth)),
      ...(table.kind === 'call' ? this.entriesOfResult(table, key, body, depth) : NO_ENTRIES),
    ];
  }

  /** What is written: one value, or all that a container holds. */
  private entriesOf(value: WrittenValue, key: string | null, depth: number): readonly Entry[] {
    const { expression, how, position, body, key: own, isKept } = value;
    if (how === 'annotation') return NO_ENTRIES;
    if (how === 'value') return mayBe(own && textOf(own), key) ? [value] : NO_ENTRIES;
    return this.where(this.isKept || isKept, () => this.partsOf(expression, position, key, body, depth + 1));
  }

  /** What stands at a position of each thing that a loop goes over. */
  private partsOf(
    all: Expression,
    position: number | null,
    key: string | null,
    body: FunctionBody,
    depth: number,
  ): readonly Entry[] {
    const [counted, isPair] = pairsOf(all, body);
    if (isPair && position !== null) return position === 1 ? this.entries(counted, key, body, depth) : NO_ENTRIES;
    const entries = this.entries(all, key, body, depth);
    if (position === null) return entries;
    return entries.flatMap(({ expression, ...entry }): Entry[] => {
      const part = expression.kind === 'sequence' ? expression.elements[position] : undefined;
      return part === undefined ? [] : [{ ...entry, expression: part }];
    });
  }

  /** A call may return what its object or its argument holds, or a table that its function knows. */
  private entriesOfResult(
    { callee, args }: CallExpression,
    key: string | null,
    body: FunctionBody,
    depth: number,
  ): readonly Entry[] {
    const { containerMethods, containerFunctions, copying } = body.language;
    const method = callee.kind === 'field' ? containerMethods.get(callee.name) : undefined;
    if (callee.kind === 'field' && (method === 'values' || method === 'copy'))
      return this.entries(callee.object, key, body, depth + 1);
    const isCopy =
      callee.kind === 'variable' && (copying.has(callee.key) || containerFunctions.get(callee.key) === 'copy');
    if (isCopy) return args.slice(0, 1).flatMap(({ value }) => this.entries(value, key, body, depth + 1));
    const called = this.find(callee, body, depth + 1).flatMap((one) => (one.kind === 'function' ? [one.function] : []));
    return this.where(/* isKept */ false, () =>
      called.flatMap((from) => returnedBy(from).flatMap((value) => this.entries(value, key, from, depth + 1))),
    );
  }

  private writtenAs(place: Expression, body: FunctionBody, depth: number, part: string): readonly WrittenValue[] {
    if (place.kind === 'variable') return this.writtenVariable(place, body, part) ?? [];
    const table = tableOf(place, body);
    if (table !== null) return this.writtenAs(table, body, depth, ELEMENTS + part);
    if (place.kind !== 'field') return [];
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

/** The function, of those around, whose parameter it is. */
function parameterOwner({ key }: Variable, body: FunctionBody): FunctionBody | null {
  for (let at: FunctionBody | null = body; at !== null; at = at.enclosing) {
    if (factsOf(at).parameters.has(key)) return at;
  }
  return null;
}

function returnedBy({ nodes }: FunctionBody): Expression[] {
  return nodes.flatMap(({ instruction }) =>
    instruction?.kind === 'return' && instruction.value !== null ? [instruction.value] : [],
  );
}

/** Methods that give what is in a container, whether or not they leave it there. */
function isTaking(name: string, { language }: FunctionBody): boolean {
  const method = language.containerMethods.get(name);
  return method === 'get' || method === 'get-or-put' || method === 'take' || method === 'take-first';
}

/** What a table is asked for, where that is written out. */
function keyIn(expression: Expression): string | null {
  if (expression.kind === 'index') return textOf(expression.index);
  const key = expression.kind === 'call' ? expression.args[0] : undefined;
  return key === undefined ? null : textOf(key.value);
}

function mayBe(key: string | null, asked: string | null): boolean {
  return key === null || asked === null || key === asked;
}

/** What the second of each pair is an element of, as in `T.items()` and `enumerate(T)`. */
function pairsOf(all: Expression, { language }: FunctionBody): [Expression, isPair: boolean] {
  if (all.kind !== 'call') return [all, false];
  const { callee, args } = all;
  const [first] = args;
  if (callee.kind === 'field' && language.containerMethods.get(callee.name) === 'entries') return [callee.object, true];
  if (callee.kind !== 'variable' || first === undefined) return [all, false];
  return language.containerFunctions.get(callee.key) === 'enumerate' ? [first.value, true] : [all, false];
}

/** The values of a container that is written out; under a key, where that is known. */
function entriesUnder(table: Sequence | Collection, key: string | null): Expression[] {
  if (table.kind === 'sequence') return table.elements;
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
