import { Kind, type Node } from '../tree/nodes.ts';
import {
  type ClassBody,
  type Expression,
  type Field,
  type FunctionBody,
  forEachPart,
  type LambdaExpression,
  type Target,
  type Variable,
} from './il.ts';

/** What can be told of a function without following its flow. */
export interface BodyFacts {
  /** Keys of its parameters. */
  parameters: ReadonlySet<string>;
  /** Keys of its parameters that take what is left over: a list and a dictionary, whatever it is given. */
  rest: ReadonlySet<string>;
  /** Of a method: the key of its first parameter, which is the object. */
  self: string | null;
  /** Keys of the variables that it assigns, by name. */
  keys: ReadonlyMap<string, string>;
  /** What each variable is assigned first, in order of the text. */
  firstValues: ReadonlyMap<string, Expression>;
  /** Lambdas that a variable is assigned and that are called through it, or passed on. */
  lambdas: ReadonlyMap<string, readonly LambdaExpression[]>;
  /** Keys of variables of scopes outside: declared, and not here. */
  free: ReadonlySet<string>;
  /**
   * Names of what is called, or passed to a call: the last of dotted ones; `Class.method` where a method calls one of
   * its own object.
   */
  called: ReadonlySet<string>;
  /** Keys of variables that are assigned as a whole. */
  reassigned: ReadonlySet<string>;
  /** Some node leads back to one before it. */
  hasLoops: boolean;
}

const known = new WeakMap<FunctionBody, BodyFacts>();

/** Worked out once a function. */
export function factsOf(body: FunctionBody): BodyFacts {
  let facts = known.get(body);
  if (facts === undefined) {
    facts = collectFacts(body);
    known.set(body, facts);
  }
  return facts;
}

/** Methods are given the object, or its class, but for static ones; functions that a method defines are none. */
export function isBoundMethod(body: FunctionBody): boolean {
  return isMethod(body) && !isDecorated(body, (name) => name === body.language.static);
}

/** A method that is given the class, whatever it is called on. */
export function isClassMethod(body: FunctionBody): boolean {
  return isMethod(body) && isDecorated(body, (name) => name === body.language.classMethod);
}

/** A method that runs where a field of its name is read. */
export function isProperty(body: FunctionBody): boolean {
  return isMethod(body) && isDecorated(body, (name) => body.language.properties.has(name));
}

function isMethod({ class: owner, enclosing, origin }: FunctionBody): boolean {
  return owner !== null && enclosing?.class !== owner && origin.kind === Kind.Function;
}

function isDecorated({ origin }: FunctionBody, isSought: (name: string) => boolean): boolean {
  return origin.kind === Kind.Function && origin.decorators.some((decorator) => isSought(nameOf(decorator) ?? ''));
}

/** The last name. A bare `@staticmethod` is a call without arguments, as every decorator is. */
function nameOf(decorator: Node): string | null {
  const call = decorator.kind === Kind.Decorator ? decorator.expression : decorator;
  const callee = call.kind === Kind.Call ? call.callee : call;
  const name = callee.kind === Kind.Member ? callee.property : callee;
  return name.kind === Kind.Name || name.kind === Kind.Ident ? name.name : null;
}

function collectFacts(body: FunctionBody): BodyFacts {
  const keys = new Map<string, string>();
  const firstValues = new Map<string, Expression>();
  const assigned = new Map<string, LambdaExpression[]>();
  for (const { variable } of body.parameters) keys.set(variable.name, variable.key);
  for (const { instruction } of body.nodes) {
    if (instruction?.kind !== 'assign' || instruction.target.kind !== 'place') continue;
    const { place } = instruction.target;
    if (place.kind !== 'variable') continue;
    keys.set(place.name, place.key);
    if (!firstValues.has(place.key) && instruction.how === 'plain') firstValues.set(place.key, instruction.value);
    if (instruction.value.kind === 'lambda') {
      assigned.set(place.key, [...(assigned.get(place.key) ?? []), instruction.value]);
    }
  }
  const used = assigned.size === 0 ? new Set<string>() : usedAsFunctions(body);
  const lambdas = new Map([...assigned].filter(([key]) => used.has(key)));
  const own = new Set([...writtenKeys(body)].filter((key) => !body.outer.has(key)));
  const parameters = new Set(body.parameters.map(({ variable }) => variable.key));
  const self = isBoundMethod(body) ? (body.parameters[0]?.variable.key ?? null) : null;
  const rest = new Set(body.parameters.filter(({ spread }) => spread !== '').map(({ variable }) => variable.key));
  return {
    parameters,
    rest,
    self,
    keys,
    firstValues,
    lambdas,
    free: freeKeys(body, own),
    called: calledNames(body),
    reassigned: own,
    hasLoops: body.nodes.some(({ next }, id) => next.some((to) => to <= id)),
  };
}

/** Variables that are called, or passed to a call. */
function usedAsFunctions(body: FunctionBody): Set<string> {
  const used = new Set<string>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'call') {
      for (const part of [expression.callee, ...expression.args.map(({ value }) => value)]) {
        if (part.kind === 'variable') used.add(part.key);
      }
    }
    forEachPart(expression, visit);
  };
  for (const root of body.roots) visit(root);
  return used;
}

/** `self.run` is a method of the function's class, `super().run` one of a class that it is derived from. */
export function fieldNames({ object, name }: Field, { class: owner, language }: FunctionBody): string[] {
  if (owner === null) return [name];
  const isOwn = object.kind === 'variable' && (object.name === language.object || object.name === language.class);
  if (isOwn) return [`${owner.name}.${name}`];
  const isSuper = object.kind === 'call' && object.callee.kind === 'variable' && object.callee.name === language.base;
  return isSuper ? baseNames(owner).map((base) => `${base}.${name}`) : [name];
}

/** The last names of the classes that a class is derived from. */
export function baseNames({ bases }: ClassBody): string[] {
  return bases.flatMap((base) => (base.kind === 'variable' || base.kind === 'field' ? [base.name] : []));
}

function calledNames(body: FunctionBody): Set<string> {
  const called = new Set<string>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'call') {
      for (const part of [expression.callee, ...expression.args.map(({ value }) => value)]) {
        if (part.kind === 'variable') called.add(part.name);
        else if (part.kind === 'field') for (const name of fieldNames(part, body)) called.add(name);
      }
    }
    if (expression.kind === 'lambda') expression.function.roots.forEach(visit);
    else forEachPart(expression, visit);
  };
  body.roots.forEach(visit);
  return called;
}

/** Variables that an assignment, a loop or a comprehension writes as a whole. */
function writtenKeys(body: FunctionBody): Set<string> {
  const written = new Set<string>();
  const writeTarget = (target: Target): void => {
    if (target.kind === 'place' && target.place.kind === 'variable') written.add(target.place.key);
    else if (target.kind === 'several') target.targets.forEach(writeTarget);
    else if (target.kind === 'rest') writeTarget(target.target);
  };
  const visit = (expression: Expression): void => {
    if (expression.kind === 'assign') writeTarget(expression.target);
    if (expression.kind === 'comprehension') for (const { target } of expression.clauses) target && writeTarget(target);
    forEachPart(expression, visit);
  };
  for (const { instruction } of body.nodes) {
    if (instruction?.kind === 'assign' || instruction?.kind === 'forget') writeTarget(instruction.target);
  }
  for (const root of body.roots) visit(root);
  return written;
}

/** Imported names are no variables; those of lambdas that are read from outside are. */
function freeKeys(body: FunctionBody, written: ReadonlySet<string>): Set<string> {
  const own = new Set(written);
  for (const { variable } of body.parameters) own.add(variable.key);
  const free = new Set<string>(body.outer);
  const visit = (expression: Expression): void => {
    if (expression.kind === 'variable' && !own.has(expression.key) && isDeclared(expression)) free.add(expression.key);
    if (expression.kind !== 'lambda') return forEachPart(expression, visit);
    for (const key of factsOf(expression.function).free) if (!own.has(key)) free.add(key);
  };
  for (const root of body.roots) visit(root);
  return free;
}

/** Whether it is a variable of the file, and no imported name. */
export function isDeclared({ origin }: Variable): boolean {
  if (origin.kind !== Kind.Name && origin.kind !== Kind.Ident) return false;
  return origin.reference !== null && origin.reference.declaration > 0 && origin.reference.canonical === null;
}
