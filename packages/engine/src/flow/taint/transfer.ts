import type { TaintSink, TaintSource } from '../../rules/rule.ts';
import type {
  Argument,
  CallExpression,
  ComprehensionExpression,
  Expression,
  Field,
  Index,
  Instruction,
  LambdaExpression,
  Target,
  Variable,
} from '../il.ts';
import { forEachPart } from '../il.ts';
import type { FlowStyle } from '../lower-function.ts';
import type { Environment, Place } from './environment.ts';
import type { Labels } from './labels.ts';
import type { Marks, MarksOf, SpecMatch } from './spec-matches.ts';
import type { TaintOptions } from './taint-options.ts';
import {
  allTaints,
  type Cell,
  CLEAN,
  ELEMENT,
  isClean,
  joinCells,
  NO_TAINTS,
  partAt,
  type Taint,
  type Taints,
  type Token,
  tainted,
  UNSET,
  unionTaints,
} from './value.ts';

/** Data that reaches a sink. */
export interface SinkHit {
  sink: SpecMatch<TaintSink>;
  taints: Taints;
  /** What reaches the parts of the sink, by range `start:end`; of sinks that ask. */
  parts: ReadonlyMap<string, Taints>;
}

export interface TransferHost {
  options: TaintOptions;
  labels: Labels;
  style: FlowStyle;
  /** Told of what reaches sinks, where this is wanted. */
  report: ((hit: SinkHit) => void) | null;
}

const NO_MARKS: Marks = {
  sources: [],
  lastingSources: [],
  sinks: [],
  isSanitized: false,
  isCleaned: false,
  from: [],
  to: [],
};

/** Several sources at one place may each require another's label. */
const MAX_ROUNDS = 3;

/**
 * What one instruction does to what is known (semantics 05 §5.5): evaluates its expressions in the order in which the
 * reference does, as that decides which propagators take effect, and writes its targets.
 */
export class Transfer {
  private readonly host: TransferHost;
  private readonly marksOf: MarksOf;
  /** By name: `self.a` and a variable `a` are one to the reference. */
  private readonly keys: ReadonlyMap<string, string>;
  private env: Environment;
  /** Results of calls that were made ahead of what they are arguments of. */
  private readonly made = new Map<Expression, Cell>();
  private readonly ranges = new Map<string, Taints>();
  /** Keys of variables that the instruction has tainted by a side effect. */
  private readonly touched = new Set<string>();

  constructor(host: TransferHost, marksOf: MarksOf, keys: ReadonlyMap<string, string>, env: Environment) {
    this.host = host;
    this.marksOf = marksOf;
    this.keys = keys;
    this.env = env;
  }

  /** What holds afterwards; what held before is changed on the way. */
  run(instruction: Instruction): Environment {
    this.execute(instruction);
    return this.env;
  }

  private execute(instruction: Instruction): void {
    this.made.clear();
    this.ranges.clear();
    this.touched.clear();
    switch (instruction.kind) {
      case 'evaluate':
      case 'test':
        this.root(instruction.value);
        return;
      case 'return':
      case 'throw':
        if (instruction.value !== null) this.root(instruction.value);
        return;
      case 'assign':
        return this.assignment(instruction);
      case 'forget':
        return this.write(instruction.target, CLEAN);
    }
  }

  /** The cell of a parameter when the function is entered. */
  parameter(place: Variable, value: Cell): void {
    const cell = this.finish(place, this.marks(place), value);
    if (!isClean(cell)) this.env.set({ key: place.key, path: [] }, cell);
  }

  private marks(expression: Expression): Marks {
    return this.marksOf.get(expression) ?? NO_MARKS;
  }

  private assignment({ target, value, how }: Instruction & { kind: 'assign' }): void {
    const { onlyAssignments } = this.host.options;
    let cell = this.assigned(value);
    if (onlyAssignments && (how === 'loop' || how === 'compound')) cell = UNSET;
    if (how === 'loop') cell = elementOf(cell);
    this.write(target, cell);
  }

  /** A call whose result is assigned as it is, is no expression to the reference: sanitizers do not see it. */
  private assigned(value: Expression): Cell {
    this.makeCalls(value);
    if (value.kind !== 'call' || this.host.style === 'complete') return this.evaluate(value);
    return this.made.get(value) ?? this.call(value);
  }

  /** Evaluates an expression that is no part of another. */
  private root(expression: Expression): Cell {
    this.makeCalls(expression);
    return this.evaluate(expression);
  }

  /** Calls are made before what their results are used in, inner ones first. */
  private makeCalls(expression: Expression): void {
    if (expression.kind === 'choice') return this.makeCalls(expression.test);
    if (expression.kind === 'comprehension' || expression.kind === 'lambda') return;
    forEachPart(expression, (part) => this.makeCalls(part));
    if (expression.kind === 'call' && !this.made.has(expression)) this.made.set(expression, this.call(expression));
  }

  private evaluate(expression: Expression): Cell {
    const marks = this.marks(expression);
    if (marks.isSanitized) return this.sanitized(expression);
    return this.finish(expression, marks, this.value(expression));
  }

  private sanitized(expression: Expression): Cell {
    this.remember(expression, NO_TAINTS);
    return CLEAN;
  }

  private value(expression: Expression): Cell {
    switch (expression.kind) {
      case 'literal':
        return UNSET;
      case 'variable':
      case 'field':
      case 'index':
        return this.placeValue(expression);
      case 'operator':
        return this.operator(expression);
      case 'sequence':
        return sequence(expression.elements.map((element) => this.evaluate(element)));
      case 'collection':
        return whole(this.union(expression.parts));
      case 'call':
        return this.made.get(expression) ?? this.call(expression);
      case 'choice':
        return this.choice(expression);
      case 'lambda':
        return this.lambda(expression);
      case 'comprehension':
        return this.comprehension(expression);
      case 'assign': {
        const cell = this.assigned(expression.value);
        this.write(expression.target, cell);
        return cell;
      }
      case 'wrapped': {
        const cell = this.evaluate(expression.value);
        return this.host.options.onlyAssignments ? UNSET : cell;
      }
      case 'yield':
        if (expression.value !== null) this.evaluate(expression.value);
        return UNSET;
      case 'opaque': {
        const [first] = expression.parts.map((part) => this.evaluate(part));
        return expression.what === 'slice' && this.host.style === 'complete' ? (first ?? UNSET) : UNSET;
      }
    }
  }

  /** The taints of all parts, evaluated in order. */
  private union(parts: readonly Expression[]): Taints {
    let union = NO_TAINTS;
    for (const part of parts) union = unionTaints(union, allTaints(this.evaluate(part)));
    return union;
  }

  private operator(expression: Expression & { kind: 'operator' }): Cell {
    const taints = this.union(expression.operands);
    const { safeComparisons, safeBooleans, onlyAssignments } = this.host.options;
    if (onlyAssignments) return UNSET;
    if (expression.class === 'comparison' && (safeComparisons || safeBooleans)) return CLEAN;
    return tainted(taints);
  }

  private choice(expression: Expression & { kind: 'choice' }): Cell {
    this.evaluate(expression.test);
    const before = this.env;
    this.env = before.copy();
    const consequence = this.root(expression.consequence);
    const after = this.env;
    this.env = before.copy();
    const alternative = this.root(expression.alternative);
    this.env.join(after);
    return joinCells(consequence, alternative);
  }

  /** Analysed where it stands, with what is known there; it is not known what it returns when called. */
  private lambda({ function: body }: LambdaExpression): Cell {
    const before = this.env;
    this.env = before.copy();
    for (const { variable } of body.parameters) {
      this.env.clean({ key: variable.key, path: [] });
      this.parameter(variable, UNSET);
    }
    if (body.result !== null) this.root(body.result);
    this.env.join(before);
    return UNSET;
  }

  private comprehension(expression: ComprehensionExpression): Cell {
    for (const { target, value } of expression.clauses) {
      const cell = this.root(value);
      if (target !== null) this.write(target, elementOf(cell));
    }
    const { element, shape } = expression;
    const cell = this.root(element);
    if (this.host.style === 'complete') return tainted(allTaints(cell));
    if (shape === 'set' || shape === 'dict') return UNSET;
    if (!isComputed(element)) return tainted(allTaints(cell));
    const marks = this.marks(element);
    return marks.sources.length === 0 ? UNSET : this.withSources(UNSET, marks.sources);
  }

  private placeValue(expression: Variable | Field | Index): Cell {
    const place = this.placeOf(expression);
    if (expression.kind === 'variable') {
      return place === null ? UNSET : this.env.get(place);
    }
    const own = place?.path.length === 0 ? this.env.get(place) : null;
    if (expression.kind === 'field') return own ?? partAt(this.evaluate(expression.object), [`.${expression.name}`]);
    const object = this.evaluate(expression.object);
    const index = this.evaluate(expression.index);
    const cell = partAt(object, [ELEMENT]);
    const { safeIndexes, onlyAssignments } = this.host.options;
    if (onlyAssignments || safeIndexes || index.taints.size === 0) return cell;
    return { state: 'tainted', taints: unionTaints(cell.taints, index.taints), parts: cell.parts };
  }

  /** The variable and path that an expression reads or writes; null where it is based on something else. */
  private placeOf(expression: Expression): Place | null {
    if (expression.kind === 'variable') {
      return this.isObjectItself(expression) ? null : { key: expression.key, path: [] };
    }
    if (expression.kind === 'field') {
      const { object, name } = expression;
      if (object.kind === 'variable' && this.isObjectItself(object)) {
        return object.name === 'self' ? { key: this.keys.get(name) ?? name, path: [] } : null;
      }
      const outer = this.placeOf(object);
      return outer === null ? null : { key: outer.key, path: [...outer.path, `.${name}`] };
    }
    if (expression.kind !== 'index') return null;
    const outer = this.placeOf(expression.object);
    return outer === null ? null : { key: outer.key, path: [...outer.path, ELEMENT] };
  }

  private isObjectItself({ name }: Variable): boolean {
    return name === 'self' || name === 'cls';
  }

  /** Arguments from left to right, then what is called. */
  private call(expression: CallExpression): Cell {
    const { callee, args } = expression;
    const { safeFunctions, onlyAssignments } = this.host.options;
    const argumentTaints = this.arguments(args);
    const called = this.evaluate(callee);
    const receiver = callee.kind === 'field' ? this.receiverTaints(callee) : NO_TAINTS;
    let taints = argumentTaints;
    if (safeFunctions || onlyAssignments) taints = ownTaints(called, receiver);
    else taints = unionTaints(unionTaints(taints, receiver), allTaints(called));
    const marks = this.marks(expression);
    const result = this.withSources(this.propagated(expression, marks, tainted(taints)), marks.sources);
    this.remember(expression, allTaints(result));
    this.checkSinks(marks, unionTaints(allTaints(result), argumentTaints));
    this.passControl(marks, result);
    return result;
  }

  private arguments(args: readonly Argument[]): Taints {
    let taints = NO_TAINTS;
    for (const { value } of args) taints = unionTaints(taints, allTaints(this.evaluate(value)));
    return taints;
  }

  /** All of what a method is called on. */
  private receiverTaints(callee: Field): Taints {
    const place = this.placeOf(callee.object);
    const marks = this.marks(callee.object);
    if (marks.isSanitized) return NO_TAINTS;
    if (place !== null) return allTaints(this.withSources(this.env.get(place), marks.sources));
    return this.ranges.get(rangeOf(callee.object)) ?? NO_TAINTS;
  }

  /** Adds what the expression itself brings, runs propagators, tests sinks. */
  private finish(expression: Expression, marks: Marks, value: Cell): Cell {
    if (marks === NO_MARKS) {
      this.remember(expression, allTaints(value));
      return value;
    }
    let cell = this.withSources(value, marks.sources);
    cell = this.lasting(expression, marks, cell);
    cell = this.propagated(expression, marks, cell);
    this.remember(expression, allTaints(cell));
    this.checkSinks(marks, allTaints(cell));
    this.passControl(marks, cell);
    if (marks.isCleaned) {
      const place = this.placeOf(expression);
      if (place !== null) this.env.clean(place);
      return CLEAN;
    }
    return cell;
  }

  private withSources(cell: Cell, sources: readonly SpecMatch<TaintSource>[]): Cell {
    if (sources.length === 0) return cell;
    let taints = cell.taints;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const before = taints.size;
      for (const source of sources) {
        if (!source.spec.control) taints = unionTaints(taints, this.host.labels.emitted(source, taints));
      }
      if (taints.size === before) break;
    }
    return taints.size === 0 ? cell : { state: 'tainted', taints, parts: cell.parts };
  }

  /** Sources that taint the place for later, and unless they are `only` for later, this occurrence. */
  private lasting(expression: Expression, { lastingSources }: Marks, cell: Cell): Cell {
    let result = cell;
    for (const source of lastingSources) {
      const emitted = this.host.labels.emitted(source, allTaints(cell));
      const place = this.placeOf(expression);
      if (emitted.size === 0) continue;
      if (place !== null) this.taint(place, emitted);
      if (source.spec.bySideEffect !== 'only') result = tainted(unionTaints(result.taints, emitted), result.parts);
    }
    return result;
  }

  private taint(place: Place, taints: Taints): void {
    this.env.add(place, taints);
    this.touched.add(placeKey(place));
  }

  private propagated(expression: Expression, { from, to }: Marks, cell: Cell): Cell {
    for (const propagator of from) {
      const carried = this.host.labels.carried(propagator, allTaints(cell));
      if (carried.size > 0) this.env.carry(propagator.id, carried);
    }
    let result = cell;
    for (const propagator of to) {
      const taints = this.env.carriedBy(propagator.id);
      if (taints.size === 0) continue;
      result = tainted(unionTaints(result.taints, taints), result.parts);
      const place = propagator.spec.bySideEffect ? this.placeOf(expression) : null;
      if (place !== null) this.taint(place, taints);
    }
    return result;
  }

  private passControl({ sources }: Marks, cell: Cell): void {
    for (const source of sources) {
      if (!source.spec.control) continue;
      const emitted = this.host.labels.emitted(source, unionTaints(this.env.control, allTaints(cell)));
      this.env.control = unionTaints(this.env.control, emitted);
    }
  }

  private checkSinks({ sinks }: Marks, taints: Taints): void {
    const { report } = this.host;
    if (report === null || sinks.length === 0) return;
    const all = unionTaints(taints, this.env.control);
    if (all.size === 0) return;
    for (const sink of sinks) report({ sink, taints: all, parts: new Map(this.ranges) });
  }

  private remember(expression: Expression, taints: Taints): void {
    if (taints.size > 0) this.ranges.set(rangeOf(expression), taints);
  }

  /** Writes a value to what an assignment names. */
  private write(target: Target, cell: Cell): void {
    switch (target.kind) {
      case 'place':
        return this.writePlace(target.place, cell, /* isOne */ true);
      case 'several':
        for (const part of target.targets) {
          if (part.kind === 'place') this.writePlace(part.place, this.share(cell), /* isOne */ false);
          else this.write(part, this.share(cell));
        }
        return;
      case 'rest':
        return;
      case 'other':
        this.root(target.expression);
    }
  }

  /** Each target of a destructuring gets what any element may be. */
  private share(cell: Cell): Cell {
    return tainted(allTaints(cell));
  }

  private writePlace(expression: Variable | Field | Index, cell: Cell, isOne: boolean): void {
    const marks = this.marks(expression);
    if (expression.kind === 'variable') this.checkSinks(marks, allTaints(this.placeValue(expression)));
    else this.parts(expression);
    const place = this.placeOf(expression);
    if (place === null) return;
    const stored = this.stored(isOne ? cell : this.withSources(cell, marks.sources), tokenOf(expression));
    if (!isClean(stored) || !this.touched.has(placeKey(place))) this.env.set(place, stored);
    const after = this.propagated(expression, marks, this.lasting(expression, marks, stored));
    if (expression.kind !== 'variable') this.checkSinks(marks, allTaints(after));
  }

  /** What is evaluated to find a place. */
  private parts(expression: Field | Index): void {
    this.root(expression.object);
    if (expression.kind === 'index') this.root(expression.index);
  }

  private stored(cell: Cell, token: Token): Cell {
    if (isClean(cell)) return CLEAN;
    const taints = new Map<string, Taint>();
    for (const [key, taint] of cell.taints) taints.set(key, passing(taint, token));
    const parts =
      cell.parts === null ? null : new Map([...cell.parts].map(([name, part]) => [name, this.storedPart(part, token)]));
    return tainted(taints, parts);
  }

  private storedPart(part: Cell, token: Token): Cell {
    return isClean(part) ? part : this.stored(part, token);
  }
}

function passing(taint: Taint, token: Token): Taint {
  if (taint.through.some(({ start }) => start === token.start)) return taint;
  return { ...taint, through: [...taint.through, token] };
}

/** The name of the variable; of `self.a`, the field's. */
function tokenOf(expression: Expression): Token {
  let at = expression;
  while (at.kind === 'field' || at.kind === 'index') {
    if (at.kind === 'field' && at.object.kind === 'variable' && at.object.name === 'self') {
      return { start: at.end - at.name.length, end: at.end };
    }
    at = at.object;
  }
  return { start: at.start, end: at.end };
}

function rangeOf({ start, end }: Expression): string {
  return `${start}:${end}`;
}

function placeKey({ key, path }: Place): string {
  return key + path.join('');
}

/** What is iterated over yields its elements. */
function elementOf(cell: Cell): Cell {
  return tainted(allTaints(cell));
}

function sequence(elements: readonly Cell[]): Cell {
  const joined = elements.reduce(joinCells, UNSET);
  return isClean(joined) ? UNSET : { state: 'unset', taints: NO_TAINTS, parts: new Map([[ELEMENT, joined]]) };
}

function whole(taints: Taints): Cell {
  return tainted(taints);
}

/** Without what it has from the receiver. */
function ownTaints(called: Cell, receiver: Taints): Taints {
  const own = new Map<string, Taint>();
  for (const [key, taint] of called.taints) if (!receiver.has(key)) own.set(key, taint);
  return own;
}

/** Elements that the reference loses the taint of. */
function isComputed(element: Expression): boolean {
  if (element.kind === 'call' || element.kind === 'choice' || element.kind === 'assign') return true;
  if (element.kind === 'operator' && element.class === 'text') return true;
  let found = false;
  forEachPart(element, (part) => {
    found ||= isComputed(part);
  });
  return found;
}
