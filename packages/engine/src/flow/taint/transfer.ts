import type { TaintSource } from '../../rules/rule.ts';
import { Kind, type Node } from '../../tree/nodes.ts';
import { type BodyFacts, factsOf } from '../body-facts.ts';
import { type Constant, evaluateExpression, truthOf, type ValueOf } from '../evaluate-expression.ts';
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
  Opaque,
  Operator,
  Sequence,
  Target,
  Variable,
} from '../il.ts';
import { contains, forEachPart } from '../il.ts';
import { type NarrowedPlace, narrowedPlaces } from '../narrowed-places.ts';
import { CallEffects, type Called } from './call-effects.ts';
import { type ContainerHost, deleteElement } from './container-calls.ts';
import {
  type Entry,
  elementsOf,
  elementUnder,
  listOf,
  withElements,
  withEntries,
  withoutPositions,
} from './containers.ts';
import { Environment, type Place } from './environment.ts';
import { type Marks, type MarksOf, NO_MARKS, type SpecMatch } from './spec-matches.ts';
import { staticType } from './static-types.ts';
import type { TransferHost } from './transfer-host.ts';
import {
  allTaints,
  type Cell,
  CLEAN,
  ELEMENT,
  isClean,
  joinCells,
  NO_TAINTS,
  partAt,
  sequenceOf,
  type Taint,
  type Taints,
  type Token,
  tainted,
  taintsOf,
  UNSET,
  unionTaints,
  withWay,
} from './value.ts';

type AssignHow = (Instruction & { kind: 'assign' })['how'];

/** The reference takes no notice of further variables of a function. */
const MOST_TAINTED_IN_REFERENCE = 51;

const NO_PARTS: ReadonlyMap<string, Taints> = new Map();

/** Several sources at one place may each require another's label. */
const MAX_ROUNDS = 3;

/**
 * What the instructions of a function do to what is known, one at a time (semantics 05 §5.5): evaluates expressions in
 * the order in which the reference does, as that decides which propagators take effect, and writes targets.
 */
export class Transfer {
  private readonly host: TransferHost;
  private readonly marksOf: MarksOf;
  private readonly facts: BodyFacts;
  private readonly body: FunctionBody;
  private readonly calls: CallEffects;
  private env = new Environment();
  /** Results of calls that were made ahead of what they are arguments of. */
  private readonly made = new Map<Expression, Cell>();
  private readonly ranges = new Map<string, Taints>();
  /** Containers, and what is taken out of them: what they hold is known better than any propagator can say. */
  private readonly settled = new Set<Expression>();
  /** Keys of variables that the instruction has tainted by a side effect. */
  private readonly touched = new Set<string>();

  constructor(host: TransferHost, marksOf: MarksOf, body: FunctionBody) {
    this.host = host;
    this.marksOf = marksOf;
    this.facts = factsOf(body);
    this.body = body;
    this.calls = new CallEffects(host, body, {
      env: () => this.env,
      placeOf: (expression) => this.placeOf(expression),
      token: (start, end) => this.token(start, end),
      tokenOf: (expression) => this.tokenOf(expression),
      stored: (cell, token) => this.stored(cell, token),
      elementOf: (cell) => this.elementOf(cell),
      containers: this.containers,
    });
  }

  /** What holds after an instruction; what held before, `env`, is changed on the way. */
  run(instruction: Instruction, env: Environment): Environment {
    this.begin(env);
    this.execute(instruction);
    return this.env;
  }

  private begin(env: Environment): void {
    this.env = env;
    this.made.clear();
    this.ranges.clear();
    this.touched.clear();
    this.settled.clear();
  }

  private execute(instruction: Instruction): void {
    switch (instruction.kind) {
      case 'evaluate':
      case 'test':
        this.root(instruction.value);
        return;
      case 'return': {
        if (instruction.value === null) return;
        this.host.observer?.returned(this.root(instruction.value));
        return;
      }
      case 'throw':
        if (instruction.value !== null) this.root(instruction.value);
        return;
      case 'define':
        return this.calls.define(instruction.function);
      case 'assign':
        return this.assignment(instruction);
      case 'forget':
        return this.forget(instruction.target);
      case 'assume':
        return this.assume(instruction.test, instruction.holds);
      case 'delete':
        this.parts(instruction.place);
        return this.delete(instruction.place);
    }
  }

  private delete({ object, index }: Index): void {
    const place = this.placeOf(object);
    if (place === null) return;
    deleteElement(place, this.constant(index), this.containers);
  }

  /** What the outcome of a test says of the places that it looks at. */
  private assume(test: Expression, holds: boolean): void {
    if (this.host.style === 'reference') return;
    for (const expression of this.narrowed(test, holds)) {
      const place = this.placeOf(expression);
      if (place !== null) this.env.clean(place);
    }
  }

  private narrowed(test: Expression, holds: boolean): NarrowedPlace[] {
    return narrowedPlaces(test, holds, this.body.known, (part, outcome) =>
      this.marks(part).checked.flatMap((checked) => (checked.holds === outcome ? [checked.place] : [])),
    );
  }

  /** How a test comes out; null where it may come out either way. */
  private truthOf(test: Expression): boolean | null {
    return this.host.style === 'reference' ? null : truthOf(test, this.constantOf);
  }

  private readonly constantOf: ValueOf = (expression) => this.body.known.values.get(expression) ?? null;

  private token(start: number, end: number): Token {
    return { path: this.body.path, start, end };
  }

  private forget(target: Target): void {
    const place = target.kind === 'place' ? this.placeOf(target.place) : null;
    if (place !== null) this.env.clean(place);
  }

  /** Gives a parameter its value when the function is entered. */
  parameter(place: Variable, value: Cell, env: Environment): void {
    this.begin(env);
    this.giveParameter(place, value);
  }

  private giveParameter(place: Variable, value: Cell): void {
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
    if (how === 'loop' && value.kind === 'variable' && value.name === 'in') cell = this.elementOf(cell);
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
    if (expression.kind === 'operator' && expression.class === 'boolean' && this.host.style === 'complete')
      return this.makeCallsOfOperands(expression);
    forEachPart(expression, (part) => this.makeCalls(part));
    if (expression.kind === 'call' && !this.made.has(expression)) this.made.set(expression, this.call(expression));
  }

  /** Behind an operand that says something, calls are made when it is known what it says. */
  private makeCallsOfOperands({ name, operands }: Operator): void {
    for (const operand of operands) {
      this.makeCalls(operand);
      if (this.truthOf(operand) !== null) return;
      if (this.narrowed(operand, name === 'and').length > 0) return;
    }
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
        return this.sequence(expression);
      case 'collection':
        return this.collection(expression);
      case 'call':
        return this.made.get(expression) ?? this.call(expression);
      case 'choice':
        return this.choice(expression);
      case 'lambda':
        this.runLambda(expression);
        return this.host.calls === null ? UNSET : functionCell(expression.function);
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
        if (expression.value !== null) this.yielded(expression, this.evaluate(expression.value));
        return UNSET;
      case 'opaque': {
        const [first] = expression.parts.map((part) => this.evaluate(part));
        const isSlice = expression.what === 'slice' && this.host.style === 'complete';
        return isSlice ? this.slice(expression, first ?? UNSET) : UNSET;
      }
    }
  }

  private sequence({ elements }: Sequence): Cell {
    const cells = elements.map((element) => this.evaluate(element));
    const isKnown = this.host.style === 'complete' && !elements.some(({ kind }) => kind === 'wrapped');
    return isKnown ? listOf(cells) : sequenceOf(cells);
  }

  private slice({ origin, parts }: Opaque, whole: Cell): Cell {
    const elements = elementsOf(whole);
    const bounds = parts[1]?.kind === 'opaque' ? parts[1].parts : [];
    const written = origin.kind === Kind.Index && origin.index.kind === Kind.Slice ? origin.index : null;
    if (elements === null || written === null || written.step !== null) return withoutPositions(whole);
    const bound = (node: Node | null): number | null => {
      const expression = node === null ? undefined : bounds.find((one) => one.origin === node);
      const value = expression === undefined ? null : this.constant(expression);
      return value?.kind === 'int' ? Number(value.value) : null;
    };
    const [from, to] = [bound(written.lower), bound(written.upper)];
    if ((written.lower !== null && from === null) || (written.upper !== null && to === null))
      return withoutPositions(whole);
    return withElements(whole, elements.slice(from ?? 0, to ?? elements.length));
  }

  private yielded(expression: Expression, value: Cell): void {
    this.checkSinks(this.marks(expression), allTaints(value));
    if (!isClean(value)) this.host.observer?.returned(tainted(allTaints(value)));
  }

  /** The whole of it, and what stands under keys that are written out, as fields. */
  private collection(expression: Collection): Cell {
    const { parts, keys, origin } = expression;
    const isDictionary = origin.kind === Kind.Container && origin.shape === 'dict';
    if (isDictionary && this.host.style === 'complete') return this.dictionary(expression);
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

  /** Entries apart where their keys are known. Keys are what the whole yields. */
  private dictionary({ parts }: Collection): Cell {
    let keyTaints = NO_TAINTS;
    const entries = parts.map((part): Entry => {
      const cell = this.evaluate(part);
      const key = part.kind === 'sequence' ? part.elements[0] : undefined;
      if (key === undefined) return { name: null, entries: cell };
      keyTaints = unionTaints(keyTaints, allTaints(partAt(cell, ['[0]'])));
      return { name: elementUnder(this.constant(key), UNSET), value: partAt(cell, ['[1]']) };
    });
    return withEntries(tainted(keyTaints), entries);
  }

  /** What is iterated over yields its elements. */
  private elementOf(cell: Cell): Cell {
    return this.host.style === 'reference' ? tainted(allTaints(cell)) : partAt(cell, [ELEMENT]);
  }

  /** The taints of all parts, evaluated in order. */
  private union(parts: readonly Expression[]): Taints {
    return taintsOf(parts.map((part) => this.evaluate(part)));
  }

  private operator(expression: Operator): Cell {
    if (this.host.style === 'complete' && (expression.name === '+' || expression.name === '+='))
      return this.sum(expression);
    const taints = expression.class === 'boolean' ? this.alternatives(expression) : this.union(expression.operands);
    if (this.host.options.onlyAssignments) return UNSET;
    return expression.class === 'comparison' && this.host.options.safeComparisons ? CLEAN : tainted(taints);
  }

  /** Lists one after the other, or a union. */
  private sum({ operands }: Operator): Cell {
    const cells = operands.map((operand) => this.evaluate(operand));
    const lists = cells.map(elementsOf);
    if (this.host.options.onlyAssignments) return UNSET;
    if (!lists.includes(null)) return listOf((lists as Cell[][]).flat());
    return tainted(taintsOf(cells));
  }

  /** Of `a and b`, what is behind the first may not be evaluated, and is so only where the first holds. */
  private alternatives({ name, operands }: Operator): Taints {
    const isAnd = name === 'and';
    let taints = NO_TAINTS;
    const skipped: Environment[] = [];
    for (const [i, operand] of operands.entries()) {
      // The reference makes all calls before.
      const cell = this.host.style === 'complete' ? this.root(operand) : this.evaluate(operand);
      taints = unionTaints(taints, allTaints(cell));
      if (i === operands.length - 1 || this.truthOf(operand) === !isAnd) break;
      skipped.push(this.env.copy());
      this.assume(operand, isAnd);
    }
    for (const before of skipped) this.env.join(before);
    return taints;
  }

  private choice(expression: Expression & { kind: 'choice' }): Cell {
    const { test, consequence, alternative } = expression;
    this.evaluate(test);
    const truth = this.truthOf(test);
    if (truth !== null) return this.root(truth ? consequence : alternative);
    const before = this.env;
    this.env = before.copy();
    this.assume(test, true);
    const one = this.root(consequence);
    const after = this.env;
    this.env = before.copy();
    this.assume(test, false);
    const other = this.root(alternative);
    this.env.join(after);
    return joinCells(one, other);
  }

  /** Analysed where it stands, with what is known there. */
  private runLambda({ function: body }: LambdaExpression): void {
    const before = this.env;
    this.env = before.copy();
    for (const { variable } of body.parameters) {
      this.env.clean({ key: variable.key, path: [] });
      this.giveParameter(variable, UNSET);
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
    let outside: Environment | null = null;
    for (const { target, value } of expression.clauses) {
      const cell = this.root(value);
      if (target !== null) this.write(target, this.elementOf(cell));
      else {
        outside ??= this.env.copy();
        this.assume(value, true);
      }
    }
    const { element, shape } = expression;
    const cell = this.root(element);
    if (outside !== null) this.env.join(outside);
    if (this.host.options.onlyAssignments) return UNSET;
    if (this.host.style === 'complete') return sequenceOf([cell]);
    if (shape === 'set' || shape === 'dict') return UNSET;
    if (!isComputed(element)) return tainted(allTaints(cell));
    const marks = this.marks(element);
    return marks.sources.length === 0 ? UNSET : this.withSources(UNSET, marks.sources);
  }

  private placeValue(expression: Variable | Field | Index): Cell {
    const place = this.placeOf(expression);
    if (expression.kind === 'variable') return this.variableValue(expression, place);
    const own = place?.path.length === 0 ? this.env.get(place) : null;
    if (this.host.options.onlyAssignments) {
      this.parts(expression);
      return place === null ? UNSET : this.env.recorded(place);
    }
    if (expression.kind === 'field') return own ?? this.fieldValue(expression);
    const object = this.evaluate(expression.object);
    const index = this.evaluate(expression.index);
    const cell = partAt(object, [this.elementName(expression.index, object)]);
    if (this.host.options.safeIndexes || index.taints.size === 0) return cell;
    return { ...cell, state: 'tainted', taints: unionTaints(cell.taints, index.taints) };
  }

  private fieldValue(field: Field): Cell {
    const object = this.evaluate(field.object);
    const value = this.calls.property(field, object);
    const written = object.parts?.get(`.${field.name}`);
    if (value === null) return partAt(object, [`.${field.name}`]);
    return written === undefined ? value : joinCells(value, written);
  }

  private variableValue({ key, name }: Variable, place: Place | null): Cell {
    if (place === null) return UNSET;
    const { calls } = this.host;
    if (calls === null || !this.env.isUnset(key)) return this.env.get(place);
    return tainted(NO_TAINTS, null, calls.targets.meaningOf(name, this.body));
  }

  /** The variable and path that an expression reads or writes; null where it is based on something else. */
  private placeOf(expression: Expression): Place | null {
    if (expression.kind === 'variable') {
      return this.isObjectItself(expression) ? null : { key: expression.key, path: [] };
    }
    if (expression.kind === 'field') {
      const { object, name } = expression;
      if (object.kind === 'variable' && this.isObjectItself(object)) {
        return object.name === this.body.language.object ? { key: this.facts.keys.get(name) ?? name, path: [] } : null;
      }
      const outer = this.placeOf(object);
      return outer === null ? null : { key: outer.key, path: [...outer.path, `.${name}`] };
    }
    if (expression.kind !== 'index') return null;
    const outer = this.placeOf(expression.object);
    if (outer === null) return null;
    return { key: outer.key, path: [...outer.path, this.elementName(expression.index, this.env.get(outer))] };
  }

  /** To the reference an object's own fields are variables like any others, and the object itself is none. */
  private isObjectItself({ name }: Variable): boolean {
    return this.host.style === 'reference' && (name === this.body.language.object || name === this.body.language.class);
  }

  /** The reference tells no elements apart. */
  private elementName(index: Expression, container: Cell): string {
    return this.host.style === 'reference' ? ELEMENT : elementUnder(this.constant(index), container);
  }

  private constant(expression: Expression): Constant | null {
    return evaluateExpression(expression, this.constantOf);
  }

  /** Arguments from left to right, then what is called, then lambdas among them. */
  private call(expression: CallExpression): Cell {
    const { callee, args } = expression;
    const cells = new Map<Expression, Cell>();
    for (const { value } of args) if (value.kind !== 'lambda') cells.set(value, this.evaluate(value));
    const called = this.called(callee);
    const values = args.map(({ value }) => value);
    for (const value of values) if (value.kind === 'lambda') cells.set(value, this.evaluate(value));
    this.runLambdas([callee, ...values]);
    const argumentTaints = taintsOf(cells.values());
    const marks = this.marks(expression);
    const followed = this.calls.followed(expression, called, cells);
    const value = followed ?? tainted(this.resultTaints(argumentTaints, called));
    if (followed !== null && this.calls.isOfKnownContainer(callee, called.receiver)) this.settled.add(expression);
    const result = this.withSources(this.propagated(expression, marks, value), marks.sources);
    const ownTaints = allTaints(result);
    this.remember(expression, ownTaints);
    this.checkSinks({ ...marks, sinks: marks.sinks.filter(({ isFocused }) => isFocused) }, ownTaints);
    const unfocused = marks.sinks.filter(({ isFocused }) => !isFocused);
    this.checkSinks({ ...marks, sinks: unfocused }, unionTaints(ownTaints, argumentTaints));
    this.passControl(marks, result);
    return result;
  }

  /** What a call to a function that nothing is known of returns. */
  private resultTaints(argumentTaints: Taints, { own, receiver }: Called): Taints {
    const { safeFunctions, onlyAssignments } = this.host.options;
    if (onlyAssignments) return NO_TAINTS;
    return safeFunctions ? own : unionTaints(unionTaints(argumentTaints, allTaints(receiver)), own);
  }

  private called(callee: Expression): Called {
    const marks = this.marks(callee);
    if (marks.isSanitized) return { cell: UNSET, own: NO_TAINTS, receiver: UNSET };
    if (callee.kind === 'lambda') return { cell: functionCell(callee.function), own: NO_TAINTS, receiver: UNSET };
    if (callee.kind !== 'field') {
      const cell = this.evaluate(callee);
      return { cell, own: allTaints(cell), receiver: UNSET };
    }
    const place = this.placeOf(callee);
    if (this.host.calls !== null && this.body.language.containerMethods.has(callee.name))
      this.settled.add(callee.object);
    const receiver = this.evaluate(callee.object);
    const inherited = place?.path.length === 0 ? this.env.get(place) : partAt(receiver, [`.${callee.name}`]);
    const cell = this.finish(callee, marks, inherited);
    return {
      cell,
      // What it is a source of is its own, even if the reference takes the object for that source too.
      own: unionTaints(without(allTaints(cell), inherited.taints), this.withSources(UNSET, sourcesOf(marks)).taints),
      // What a method's name is tainted with is nothing that the method finds in its object.
      receiver:
        this.host.calls === null ? { ...joinCells(receiver, tainted(inherited.taints)), is: receiver.is } : receiver,
    };
  }

  private readonly containers: ContainerHost = {
    get: (place) => this.env.get(place),
    set: (place, cell) => this.env.set(place, cell),
    weaken: (place, cell) => this.env.weaken(place, cell),
    constant: (expression) => this.constant(expression),
  };

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
    if (this.host.style === 'reference') this.cleanChecked(marks);
    if (marks.isCleaned) {
      const place = this.placeOf(expression);
      if (place !== null) this.env.clean(place);
      return CLEAN;
    }
    return cell;
  }

  /** Where no branch is told from the other, what was checked is clean on both. */
  private cleanChecked({ checked }: Marks): void {
    for (const { place: expression } of checked) {
      const place = this.placeOf(expression);
      if (place !== null) this.env.clean(place);
    }
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
    return taints.size === 0 ? cell : { ...cell, state: 'tainted', taints };
  }

  /** Sources that taint the place for later, and unless they are `only` for later, this occurrence. */
  private lasting(expression: Expression, { lastingSources }: Marks, cell: Cell): Cell {
    let result = cell;
    for (const source of lastingSources) {
      const emitted = this.host.labels.emitted(source, allTaints(cell));
      const place = this.placeOf(expression);
      if (emitted.size === 0) continue;
      if (place !== null) this.taint(place, emitted);
      if (source.spec.bySideEffect !== 'only')
        result = tainted(unionTaints(result.taints, emitted), result.parts, result.is);
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
    for (const propagator of this.settled.has(expression) ? [] : to) {
      const taints = this.env.carriedBy(propagator.id);
      if (taints.size === 0) continue;
      result = tainted(unionTaints(result.taints, taints), result.parts, result.is);
      const place = propagator.spec.bySideEffect ? this.placeOf(expression) : null;
      if (place !== null) this.taint(place, passingAll(taints, this.tokenOf(expression)));
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
    const { observer } = this.host;
    if (observer === null || sinks.length === 0) return;
    const all = unionTaints(taints, this.env.control);
    if (all.size === 0) return;
    for (const sink of sinks) {
      const parts = Array.isArray(sink.spec.requires) ? new Map(this.ranges) : NO_PARTS;
      observer.sink({ sink, taints: all, parts, ending: { kind: 'sink' } });
    }
  }

  private remember(expression: Expression, taints: Taints): void {
    if (taints.size > 0 && this.host.asksForParts) this.ranges.set(rangeOf(expression), taints);
  }

  /** Writes a value to what an assignment names. */
  private write(target: Target, cell: Cell, how: AssignHow = 'plain'): void {
    switch (target.kind) {
      case 'place':
        return this.writePlace(target.place, cell, how, /* isOne */ true);
      case 'several':
        target.targets.forEach((part, i) => {
          const share = target.isChain && this.host.style === 'complete' ? cell : this.share(cell, target, i);
          if (part.kind === 'place') this.writePlace(part.place, share, how, /* isOne */ false);
          else this.write(part, share, how);
        });
        if (target.whole !== null) this.checkSinks(this.marks(target.whole), allTaints(cell));
        return;
      case 'rest':
        if (this.host.style === 'complete') this.write(target.target, tainted(allTaints(cell)), how);
        return;
      case 'other':
        this.root(target.expression);
    }
  }

  /** Each target of a destructuring gets its element; to the reference, what any element may be. */
  private share(cell: Cell, { targets }: Target & { kind: 'several' }, position: number): Cell {
    if (this.host.options.onlyAssignments) return cell.parts?.get(ELEMENT) ?? UNSET;
    if (this.host.style === 'reference') return tainted(allTaints(cell));
    const isShifted = targets.slice(0, position).some(({ kind }) => kind === 'rest');
    return partAt(cell, [isShifted ? ELEMENT : `[${position}]`]);
  }

  private writePlace(expression: Variable | Field | Index, cell: Cell, how: AssignHow, isOne: boolean): void {
    const marks = this.marks(expression);
    if (this.host.style === 'reference' && how === 'loop' && expression.kind !== 'variable')
      return this.parts(expression);
    if (expression.kind === 'variable') this.checkSinks(marks, allTaints(this.placeValue(expression)));
    else this.parts(expression);
    const place = this.placeOf(expression);
    if (place === null) return;
    const stored = this.stored(isOne ? cell : this.withSources(cell, marks.sources), this.tokenOf(expression));
    const isUnknownElement = this.host.style === 'complete' && place.path.includes(ELEMENT);
    if (isUnknownElement) {
      if (!isClean(stored)) this.env.weaken(place, stored);
    } else if (!isClean(stored) || !this.isTouched(place)) this.env.set(place, stored, this.mostTainted);
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

  /** The name of the variable; of `self.a`, the field's. */
  private tokenOf(expression: Expression): Token {
    let at = expression;
    while (at.kind === 'field' || at.kind === 'index') {
      if (at.kind === 'field' && at.object.kind === 'variable' && at.object.name === this.body.language.object) {
        return this.token(at.end - at.name.length, at.end);
      }
      at = at.object;
    }
    return this.token(at.start, at.end);
  }

  private stored(cell: Cell, token: Token): Cell {
    if (isClean(cell)) return cell.is === null ? CLEAN : { ...CLEAN, is: cell.is };
    const taints = passingAll(cell.taints, token);
    const parts =
      cell.parts === null ? null : new Map([...cell.parts].map(([name, part]) => [name, this.storedPart(part, token)]));
    return tainted(taints, parts, cell.is);
  }

  private storedPart(part: Cell, token: Token): Cell {
    return isClean(part) ? part : this.stored(part, token);
  }
}

function sourcesOf({ sources, lastingSources }: Marks): readonly SpecMatch<TaintSource>[] {
  return lastingSources.length === 0 ? sources : [...sources, ...lastingSources];
}

/** They have been stored in a variable, which traces list. */
function passingAll(taints: Taints, token: Token): Taints {
  const passed = new Map<string, Taint>();
  for (const [key, taint] of taints) passed.set(key, passing(taint, token));
  return passed;
}

function passing(taint: Taint, token: Token): Taint {
  if (taint.through.some(({ start, path }) => start === token.start && path === token.path)) return taint;
  return withWay(taint, [...taint.through, token]);
}

function rangeOf({ start, end }: Expression): string {
  return `${start}:${end}`;
}

function placeKey({ key, path }: Place): string {
  return key + path.join('');
}

/** What is in the first and not in the second. */
function without(taints: Taints, others: Taints): Taints {
  if (others.size === 0) return taints;
  return new Map([...taints].filter(([key]) => !others.has(key)));
}

/** Elements that the reference loses the taint of. */
function isComputed(element: Expression): boolean {
  return contains(element, (part) => {
    return part.kind === 'operator' ? part.class === 'text' : ['call', 'choice', 'assign'].includes(part.kind);
  });
}

function functionCell(body: FunctionBody): Cell {
  return tainted(NO_TAINTS, null, { kind: 'functions', functions: [body] });
}
