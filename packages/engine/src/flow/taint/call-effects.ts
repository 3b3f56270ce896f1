import { type BodyFacts, factsOf } from '../body-facts.ts';
import type { Argument, CallExpression, ClassBody, Expression, Field, FunctionBody } from '../il.ts';
import type { RecordFields } from '../record-fields.ts';
import { bindArguments, bindFields, bindHandedOn, handedToFinisher } from './bind-arguments.ts';
import { type ContainerHost, type ContainerResult, callFunction, callMethod } from './container-calls.ts';
import type { Environment, Place } from './environment.ts';
import { inputPart } from './input-part.ts';
import { type Input, inputName, isWhole } from './inputs.ts';
import {
  type CallTarget,
  functionsOf,
  type Given,
  hasSource,
  substitute,
  substituteHits,
  substituteTaints,
  withoutCall,
} from './summary.ts';
import type { TransferHost } from './transfer-host.ts';
import {
  type Cell,
  isClean,
  isElement,
  joinCells,
  type Meaning,
  NO_TAINTS,
  sequenceOf,
  type Taints,
  type Token,
  tainted,
  taintsOf,
  UNSET,
  unionTaints,
} from './value.ts';

/** The taint of what is called: its own, and of what a method is called on. */
export interface Called {
  /** All that is known of it. */
  cell: Cell;
  own: Taints;
  receiver: Cell;
}

/** What calls ask of the function that makes them. */
export interface CallSite {
  /** What holds at the call. */
  env(): Environment;
  placeOf(expression: Expression): Place | null;
  token(start: number, end: number): Token;
  /** What a trace shows of a place. */
  tokenOf(expression: Expression): Token;
  /** A value as it is kept in a variable. */
  stored(cell: Cell, token: Token): Cell;
  /** What a loop over it yields. */
  elementOf(cell: Cell): Cell;
  containers: ContainerHost;
}

/** What calls of functions of the program, of containers' methods and of what takes functions do to what is known. */
export class CallEffects {
  private readonly host: TransferHost;
  private readonly body: FunctionBody;
  private readonly facts: BodyFacts;
  private readonly site: CallSite;

  constructor(host: TransferHost, body: FunctionBody, site: CallSite) {
    this.host = host;
    this.body = body;
    this.facts = factsOf(body);
    this.site = site;
  }

  /** A function sees what is known where it is defined; what it is called with is not known here. */
  define(body: FunctionBody): void {
    const { calls, observer } = this.host;
    if (calls === null || observer === null || body.enclosing?.kind === 'top-level') return;
    const { hits } = calls.summary(body, new Map());
    const { parameters } = factsOf(body);
    const given: Given = (input) => (parameters.has(input.key) ? UNSET : this.givenOutside(input));
    const token = this.site.token(body.origin.start, body.origin.start);
    for (const hit of substituteHits(hits, given, token)) observer.sink(withoutCall(hit));
  }

  /** What a variable of a scope outside of the called function holds. */
  private givenOutside(input: Input): Cell | null {
    return this.site.env().isUnset(input.key)
      ? null
      : inputPart(this.site.env().get({ key: input.key, path: [] }), input);
  }

  /** What a call to functions of the program does; null where it is not known where the call goes. */
  followed(expression: CallExpression, called: Called, cells: ReadonlyMap<Expression, Cell>): Cell | null {
    const { calls } = this.host;
    if (calls === null) return null;
    const targets = calls.targets.targets(expression.callee, called.cell, called.receiver, this.body);
    if (targets.length === 0) {
      this.tellOfReceivers(called, cells);
      return this.builtIn(expression, called, cells);
    }
    let result: Cell | null = null;
    for (const target of targets) {
      const one =
        target.kind === 'class'
          ? this.construct(expression, target.class, cells)
          : target.kind === 'object'
            ? this.enter(callOf(expression, target.function), { ...target, kind: 'function' }, called.cell, cells)
            : this.enter(expression, target, called.receiver, cells);
      result = result === null ? one : joinCells(result, one);
    }
    return result;
  }

  /** What a method returns that runs where a field of its name is read; null of any other field. */
  property(field: Field, object: Cell): Cell | null {
    const getter = this.host.calls?.targets.propertyOf(field, object) ?? null;
    if (getter === null) return null;
    const { start, end, origin } = field;
    return this.enter({ kind: 'call', callee: field, args: [], start, end, origin }, getter, object, new Map());
  }

  /** Where a parameter is called with data of a source, callers that know what they give may know where it goes. */
  private tellOfReceivers({ own, receiver }: Called, cells: ReadonlyMap<Expression, Cell>): void {
    const { observer } = this.host;
    if (observer === null || ![...cells.values()].some(hasSource)) return;
    observer.passedTo(this.wholeParameters(unionTaints(own, receiver.taints)));
  }

  private wholeParameters(taints: Taints): Taints {
    const { parameters, self } = this.facts;
    return new Map(
      [...taints].filter(([, { input }]) => {
        return input !== null && isWhole(input) && input.key !== self && parameters.has(input.key);
      }),
    );
  }

  private construct(expression: CallExpression, made: ClassBody, cells: ReadonlyMap<Expression, Cell>): Cell {
    const object = tainted(NO_TAINTS, null, { kind: 'object', class: made });
    const targets = this.host.calls?.targets;
    const initializer = targets?.constructorOf(made) ?? null;
    if (initializer === null) {
      const fields = targets?.fieldsOf(made) ?? null;
      const parts = fields && bindFields(fields, expression, cells);
      // Where its fields are not known, any of them may be what is given.
      const taken =
        parts === null ? tainted(taintsOf(cells.values()), null, object.is) : tainted(NO_TAINTS, parts, object.is);
      return fields === null ? taken : this.finish(expression, made, fields, taken, cells);
    }
    const self = initializer.parameters[0]?.variable.key;
    const after = new Map<string, Cell>();
    const target = { kind: 'function', function: initializer, receiver: 'own', object: made } as const;
    this.enter(expression, target, object, cells, after);
    const fields = self === undefined ? undefined : after.get(self);
    return fields === undefined ? object : { ...fields, is: object.is };
  }

  /** What a method makes of an object that has taken its fields. */
  private finish(
    expression: CallExpression,
    made: ClassBody,
    fields: RecordFields,
    object: Cell,
    cells: ReadonlyMap<Expression, Cell>,
  ): Cell {
    const finisher = this.host.calls?.targets.finisherOf(made) ?? null;
    const self = finisher?.parameters[0]?.variable.key;
    if (finisher === null || self === undefined) return object;
    const after = new Map<string, Cell>();
    const args = handedToFinisher(finisher, expression, fields);
    const target = { kind: 'function', function: finisher, receiver: 'own', object: made } as const;
    this.enter({ ...expression, args }, target, object, cells, after);
    return { ...(after.get(self) ?? object), is: object.is };
  }

  /** Puts what is given in place of the inputs of the called function. `after` is told of what parameters then hold. */
  private enter(
    expression: CallExpression,
    target: CallTarget & { kind: 'function' },
    receiver: Cell,
    cells: ReadonlyMap<Expression, Cell>,
    after?: Map<string, Cell>,
  ): Cell {
    const { calls, observer } = this.host;
    if (calls === null) return UNSET;
    const arguments_ = bindArguments(target, expression, receiver, cells);
    const meanings = new Map<string, Meaning>();
    for (const [key, { cell }] of arguments_) {
      // Lists of all lengths are one to a function: to analyse it again for each is not worth it.
      if (cell.is !== null && cell.is.kind !== 'list') meanings.set(key, cell.is);
    }
    const summary = calls.summary(target.function, meanings);
    const call = this.site.token(expression.start, expression.end);
    const { parameters } = factsOf(target.function);
    const given = remembered((input) => {
      if (!parameters.has(input.key)) return this.givenOutside(input);
      const argument = arguments_.get(input.key);
      return argument === undefined ? UNSET : inputPart(argument.cell, input);
    });
    if (observer !== null) for (const hit of substituteHits(summary.hits, given, call)) observer.sink(hit);
    if (observer !== null && summary.receivers.size > 0)
      observer.passedTo(this.wholeParameters(substituteTaints(summary.receivers, given, call)));
    const result = substitute(summary.result, given, call);
    for (const [key, cell] of summary.outputs) {
      const value = substitute(cell, given, call);
      after?.set(key, value);
      if (observer !== null && hasSource(value) && isLeftOutside(target, key))
        observer.left(target.function, key, value);
      const from = arguments_.get(key)?.expression ?? null;
      const place = parameters.has(key) ? from && this.site.placeOf(from) : { key, path: [] };
      if (place !== null && !isClean(value)) this.site.env().set(place, joinCells(this.site.env().get(place), value));
    }
    return result;
  }

  /** Functions of the language itself that take functions, or change what they are called on. */
  private builtIn(
    { callee, args }: CallExpression,
    { receiver, own }: Called,
    cells: ReadonlyMap<Expression, Cell>,
  ): Cell | null {
    const values = args.map(({ value }) => cells.get(value) ?? UNSET);
    const held = this.containerCall(callee, args, values, receiver);
    if (held !== undefined) {
      const { safeFunctions, onlyAssignments } = this.host.options;
      const isKnown = this.isOfKnownContainer(callee, receiver);
      if (held === null || onlyAssignments || (safeFunctions && !isKnown)) return null;
      return joinCells(held, tainted(own));
    }
    const functions = values.flatMap(({ is }) => functionsOf(is));
    if (functions.length === 0 || this.host.calls === null) return null;
    const elements = [...values.filter((_, i) => args[i]?.spread === ''), receiver]
      .map((cell) => this.site.elementOf(cell))
      .reduce(joinCells, UNSET);
    let result: Cell = UNSET;
    for (const body of functions) {
      const summary = this.host.calls.summary(body, new Map());
      const { parameters } = factsOf(body);
      const position = values.findIndex(({ is }) => functionsOf(is).includes(body));
      const handedOn = bindHandedOn(body, args.slice(position + 1), cells);
      const given: Given = (input) => {
        if (!parameters.has(input.key)) return this.givenOutside(input);
        return inputPart(joinCells(elements, handedOn.get(input.key)?.cell ?? UNSET), input);
      };
      const call = this.site.token(callee.start, callee.end);
      for (const hit of substituteHits(summary.hits, given, call)) this.host.observer?.sink(hit);
      result = joinCells(result, substitute(summary.result, given, call));
    }
    return callee.kind === 'variable' && this.body.language.applying.has(callee.name) ? sequenceOf([result]) : null;
  }

  /** Whether a method is one of a container of which it is known what it holds. */
  isOfKnownContainer(callee: Expression, receiver: Cell): boolean {
    if (callee.kind !== 'field') return false;
    const { object } = callee;
    return isKnownContainer(receiver) || (object.kind === 'variable' && this.facts.rest.has(object.key));
  }

  private containerCall(
    callee: Expression,
    args: readonly Argument[],
    values: readonly Cell[],
    receiver: Cell,
  ): ContainerResult {
    if (callee.kind === 'variable') {
      const call = { name: callee.key, args, values, stored: values, receiver: UNSET, place: null };
      return callFunction(call, this.body.language, this.site.containers);
    }
    if (callee.kind !== 'field') return undefined;
    const token = this.site.tokenOf(callee.object);
    const stored = values.map((cell) => this.site.stored(cell, token));
    const place = this.site.placeOf(callee.object);
    return callMethod(
      { name: callee.name, args, values, stored, receiver, place },
      this.body.language,
      this.site.containers,
    );
  }
}

/** The call of an object as one of its method. */
function callOf(expression: CallExpression, { name }: FunctionBody): CallExpression {
  const { callee: object } = expression;
  const { start, end, origin } = object;
  return { ...expression, callee: { kind: 'field', object, name, start, end, origin } };
}

/** In a variable outside of the called function, or in a field of an object that others have too. */
function isLeftOutside({ function: body, receiver }: CallTarget & { kind: 'function' }, key: string): boolean {
  const { parameters, self } = factsOf(body);
  return !parameters.has(key) || (receiver === 'kept' && key === self);
}

/** What is given for an input is asked for wherever a summary has it. */
function remembered(given: Given): Given {
  const known = new Map<string, Cell | null>();
  return (input) => {
    const name = inputName(input);
    let cell = known.get(name);
    if (cell === undefined) {
      cell = given(input);
      known.set(name, cell);
    }
    return cell;
  };
}

/** Its elements or keys are known. */
function isKnownContainer(cell: Cell): boolean {
  return cell.is?.kind === 'list' || [...(cell.parts?.keys() ?? [])].some(isElement);
}
