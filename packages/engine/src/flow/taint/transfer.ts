import type { TaintSink, TaintSource } from '../../rules/rule.ts';
import { type BodyFacts, factsOf } from '../body-facts.ts';
import type {
  CallExpression,
  Collection,
  ComprehensionExpression,
  Expression,
  Field,
  FunctionBody,
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
import { staticType } from './static-types.ts';
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
  isWithinSanitized: false,
  isCleaned: false,
  from: [],
  to: [],
};

type AssignHow = (Instruction & { kind: 'assign' })['how'];

/** The taint of what is called: its own, and of what a method is called on. */
interface Called {
  own: Taints;
  receiver: Taints;
}

/** The reference takes no notice of further variables of a function. */
const MOST_TAINTED_IN_REFERENCE = 51;

/** Several sources at one place may each require another's label. */
const MAX_ROUNDS = 3;

/**
 * What one instruction does to what is known (semantics 05 §5.5): evaluates its expressions in the order in which the
 * reference does, as that decides which propagators take effect, and writes its targets.
 */
export class Transfer {
  private readonly host: TransferHost;
  private readonly marksOf: MarksOf;
  private readonly facts: BodyFacts;
  private env: Environment;
  /** Results of calls that were made ahead of what they are arguments of. */
  private readonly made = new Map<Expression, Cell>();
  private readonly ranges = new Map<string, Taints>();
  /** Keys of variables that the instruction has tainted by a side effect. */
  private readonly touched = new Set<string>();

  constructor(host: TransferHost, marksOf: MarksOf, body: FunctionBody, env: Environment) {
    this.host = host;
    this.marksOf = marksOf;
    this.facts = factsOf(body);
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
        return this.forget(instruction.target);
    }
  }

  private forget(target: Target): void {
    const place = target.kind === 'place' ? this.placeOf(target.place) : null;
    if (place !== null) this.env.clean(place);
  }

  /** The cell of a parameter when the function is entered. */
  parameter(place: Variable, value: Cell): void {
    const marks = { ...this.marks(place), sinks: [], isCleaned: false };
    const cell = this.finish(place, marks, value);
    if (!isClean(cell)) this.env.set({ key: place.key, path: [] }, cell);
  }

  private marks(expression: Expression): Marks {
    return this.marksOf.get(expression) ?? NO_MARKS;
  }

  private assignment({ target, value, how }: Instruction & { kind: 'assign' }): void {
    const { onlyAssignments } = this.host.options;
    if (value.kind === 'lambda' && target.kind === 'place' && target.place.kind === 'variable') {
      // One that is called later is analysed then.
      if (this.facts.lambdas.has(target.place.key)) return this.env.clean({ key: target.place.key, path: [] });
    }
    let cell = how === 'plain' ? this.assigned(value) : this.root(value);
    if (onlyAssignments && (how === 'loop' || how === 'compound')) cell = UNSET;
    if (how === 'loop') cell = elementOf(cell);
    this.write(target, cell, how);
  }

  /** A call whose result is assigned as it is, is no expression to the reference: sanitizers do not see it. */
  private assigned(value: Expression): Cell {
    this.makeCalls(value);
    const isSeen = value.kind !== 'call' || this.host.style === 'complete' || this.marks(value).isWithinSanitized;
    return isSeen ? this.evaluate(value) : (this.made.get(value) ?? this.call(value));
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
    if (marks.isSanitized) return this.sanitized(expression, marks);
    if (this.isSafeType(expression)) {
      this.value(expression);
      return CLEAN;
    }
    return this.finish(expression, marks, this.value(expression));
  }

  private sanitized(expression: Expression, { isCleaned }: Marks): Cell {
    const place = isCleaned ? this.placeOf(expression) : null;
    if (place !== null) this.env.set(place, CLEAN);
    return CLEAN;
  }

  private isSafeType(expression: Expression): boolean {
    const { safeBooleans, safeNumbers } = this.host.options;
    if (!safeBooleans && !safeNumbers) return false;
    const type = staticType(expression, this.facts.firstValues);
    return (safeBooleans && type === 'boolean') || (safeNumbers && type === 'number');
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
        return this.collection(expression);
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
        if (expression.value !== null)
          this.checkSinks(this.marks(expression), allTaints(this.evaluate(expression.value)));
        return UNSET;
      case 'opaque': {
        const [first] = expression.parts.map((part) => this.evaluate(part));
        return expression.what === 'slice' && this.host.style === 'complete' ? (first ?? UNSET) : UNSET;
      }
    }
  }

  /** The whole of it, and what stands under keys that are written out, as fields. */
  private collection({ parts, keys }: Collection): Cell {
    const cells = parts.map((part) => tainted(allTaints(this.evaluate(part))));
    const whole = cells.reduce((taints, cell) => unionTaints(taints, cell.taints), NO_TAINTS);
    if (whole.size === 0) return UNSET;
    const fields = new Map<string, Cell>();
    keys.forEach((key, i) => {
      const cell = cells[i];
      if (key !== null && cell !== undefined && cell.taints.size > 0) fields.set(`.${key}`, cell);
    });
    return tainted(whole, fields.size === 0 ? null : fields);
  }

  /** The taints of all parts, evaluated in order. */
  private union(parts: readonly Expression[]): Taints {
    let union = NO_TAINTS;
    for (const part of parts) union = unionTaints(union, allTaints(this.evaluate(part)));
    return union;
  }

  private operator(expression: Expression & { kind: 'operator' }): Cell {
    const taints =
      expression.class === 'boolean' ? this.alternatives(expression.operands) : this.union(expression.operands);
    if (this.host.options.onlyAssignments) return UNSET;
    return expression.class === 'comparison' && this.host.options.safeComparisons ? CLEAN : tainted(taints);
  }

  /** Of `a and b`, what is behind the first may not be evaluated. */
  private alternatives([first, ...others]: readonly Expression[]): Taints {
    let taints = first === undefined ? NO_TAINTS : allTaints(this.evaluate(first));
    for (const operand of others) {
      const before = this.env.copy();
      taints = unionTaints(taints, allTaints(this.evaluate(operand)));
      this.env.join(before);
    }
    return taints;
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
  private lambda(expression: LambdaExpression): Cell {
    this.runLambda(expression);
    return UNSET;
  }

  private runLambda({ function: body }: LambdaExpression): void {
    const before = this.env;
    this.env = before.copy();
    for (const { variable } of body.parameters) {
      this.env.clean({ key: variable.key, path: [] });
      this.parameter(variable, UNSET);
    }
    if (body.result !== null) this.root(body.result);
    this.env.join(before);
  }

  /** Lambdas are analysed when all else of a call is known: a propagator may taint their parameters. */
  private runLambdas(expressions: readonly Expression[]): void {
    for (const expression of expressions) {
      if (expression.kind === 'lambda') this.evaluate(expression);
      else if (expression.kind === 'variable') {
        for (const lambda of this.facts.lambdas.get(expression.key) ?? []) this.runLambda(lambda);
      }
    }
  }

  private comprehension(expression: ComprehensionExpression): Cell {
    for (const { target, value } of expression.clauses) {
      const cell = this.root(value);
      if (target !== null) this.write(target, elementOf(cell));
    }
    const { element, shape } = expression;
    const cell = this.root(element);
    if (this.host.options.onlyAssignments) return UNSET;
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
    if (this.host.options.onlyAssignments) {
      this.parts(expression);
      return place === null ? UNSET : this.env.recorded(place);
    }
    if (expression.kind === 'field') return own ?? partAt(this.evaluate(expression.object), [`.${expression.name}`]);
    const object = this.evaluate(expression.object);
    const index = this.evaluate(expression.index);
    const cell = partAt(object, [ELEMENT]);
    if (this.host.options.safeIndexes || index.taints.size === 0) return cell;
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
        return object.name === 'self' ? { key: this.facts.keys.get(name) ?? name, path: [] } : null;
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

  /** Arguments from left to right, then what is called, then lambdas among them. */
  private call(expression: CallExpression): Cell {
    const { callee, args } = expression;
    const values = args.map(({ value }) => value);
    const argumentTaints = this.union(values.filter((value) => value.kind !== 'lambda'));
    const called = this.called(callee);
    this.runLambdas([callee, ...values]);
    const marks = this.marks(expression);
    const value = tainted(this.resultTaints(argumentTaints, called));
    const result = this.withSources(this.propagated(expression, marks, value), marks.sources);
    this.remember(expression, allTaints(result));
    const ownTaints = allTaints(result);
    const unfocused = marks.sinks.filter(({ isFocused }) => !isFocused);
    this.checkSinks({ ...marks, sinks: unfocused }, unionTaints(ownTaints, argumentTaints));
    this.checkSinks({ ...marks, sinks: marks.sinks.filter(({ isFocused }) => isFocused) }, ownTaints);
    this.passControl(marks, result);
    return result;
  }

  /** What a call to a function that nothing is known of returns. */
  private resultTaints(argumentTaints: Taints, { own, receiver }: Called): Taints {
    const { safeFunctions, onlyAssignments } = this.host.options;
    if (onlyAssignments) return NO_TAINTS;
    return safeFunctions ? own : unionTaints(unionTaints(argumentTaints, receiver), own);
  }

  private called(callee: Expression): Called {
    const marks = this.marks(callee);
    if (marks.isSanitized || callee.kind === 'lambda') return { own: NO_TAINTS, receiver: NO_TAINTS };
    if (callee.kind !== 'field') return { own: allTaints(this.evaluate(callee)), receiver: NO_TAINTS };
    const place = this.placeOf(callee);
    const object = this.evaluate(callee.object);
    const inherited = place?.path.length === 0 ? this.env.get(place) : partAt(object, [`.${callee.name}`]);
    const own = without(allTaints(this.finish(callee, marks, inherited)), inherited.taints);
    return { own, receiver: unionTaints(allTaints(object), inherited.taints) };
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
  private write(target: Target, cell: Cell, how: AssignHow = 'plain'): void {
    switch (target.kind) {
      case 'place':
        return this.writePlace(target.place, cell, how, /* isOne */ true);
      case 'several':
        for (const part of target.targets) {
          if (part.kind === 'place') this.writePlace(part.place, this.share(cell), how, /* isOne */ false);
          else this.write(part, this.share(cell), how);
        }
        if (target.whole !== null) this.checkSinks(this.marks(target.whole), allTaints(cell));
        return;
      case 'rest':
        return;
      case 'other':
        this.root(target.expression);
    }
  }

  /** Each target of a destructuring gets what any element may be. */
  private share(cell: Cell): Cell {
    if (this.host.options.onlyAssignments) return cell.parts?.get(ELEMENT) ?? UNSET;
    return tainted(allTaints(cell));
  }

  private writePlace(expression: Variable | Field | Index, cell: Cell, how: AssignHow, isOne: boolean): void {
    const marks = this.marks(expression);
    if (this.host.style === 'reference' && how === 'loop' && expression.kind !== 'variable')
      return this.parts(expression);
    if (expression.kind === 'variable') this.checkSinks(marks, allTaints(this.placeValue(expression)));
    else this.parts(expression);
    const place = this.placeOf(expression);
    if (place === null) return;
    const stored = this.stored(isOne ? cell : this.withSources(cell, marks.sources), tokenOf(expression));
    if (!isClean(stored) || !this.isTouched(place)) this.env.set(place, stored, this.mostTainted);
    const after = this.propagated(expression, marks, this.lasting(expression, marks, stored));
    if (expression.kind === 'variable') return;
    this.checkSinks(marks, allTaints(after));
    if (marks.isCleaned) this.env.set(place, CLEAN);
  }

  private get mostTainted(): number {
    return this.host.style === 'reference' ? MOST_TAINTED_IN_REFERENCE : Number.POSITIVE_INFINITY;
  }

  /** A clean element would clean what it is an element of. */
  private isTouched({ key, path }: Place): boolean {
    const outer = path[path.length - 1] === ELEMENT ? path.slice(0, -1) : path;
    return this.touched.has(placeKey({ key, path })) || this.touched.has(placeKey({ key, path: outer }));
  }

  /** What is evaluated to find a place. */
  private parts(expression: Field | Index): void {
    if (expression.kind === 'index') this.makeCalls(expression.index);
    if (this.marks(expression.object).to.length > 0 && expression.kind === 'index') this.evaluate(expression.index);
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

/** What is in the first and not in the second. */
function without(taints: Taints, others: Taints): Taints {
  if (others.size === 0) return taints;
  return new Map([...taints].filter(([key]) => !others.has(key)));
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
