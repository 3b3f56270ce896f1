import { factsOf } from './body-facts.ts';
import {
  type CallExpression,
  type ClassBody,
  type Expression,
  type Field,
  type FunctionBody,
  forEachPart,
  type Instruction,
  type Target,
  type Variable,
} from './il.ts';

/** What is written somewhere as the value of a variable or field, or of what it holds, or as its annotation. */
export interface WrittenValue {
  expression: Expression;
  /** `element`: the value is one of what the expression holds, as that of a loop's variable is. */
  how: 'value' | 'element' | 'annotation';
  /** Of an `element`: where in it the value stands, as in `for name, value in all`. */
  position: number | null;
  /** Of what is put into a table: what it is put under. */
  key: Expression | null;
  /** It stays when the function that writes it is done: in a field, or in a variable of the top level. */
  isKept: boolean;
  /** The function that it is written in. */
  body: FunctionBody;
}

type Written = ReadonlyMap<string, readonly WrittenValue[]>;

/** Behind a key or name: what is put into it. */
export const ELEMENTS = '[]';

const ofVariables = new WeakMap<FunctionBody, Written>();
const ofFields = new WeakMap<ClassBody, Written>();

/** By key: the parameters of a function and the variables that it declares, which functions within it may write too. */
export function valuesOfVariables(body: FunctionBody): Written {
  let values = ofVariables.get(body);
  if (values === undefined) {
    values = collectVariables(body);
    ofVariables.set(body, values);
  }
  return values;
}

/** By name: what the body of a class and its methods write. */
export function valuesOfFields(owner: ClassBody): Written {
  let values = ofFields.get(owner);
  if (values === undefined) {
    values = collectFields(owner);
    ofFields.set(owner, values);
  }
  return values;
}

class Collection {
  readonly values = new Map<string, WrittenValue[]>();
  private readonly isKept: boolean;

  constructor(isKept: boolean) {
    this.isKept = isKept;
  }

  add(
    name: string,
    expression: Expression | null | undefined,
    body: FunctionBody,
    how: Partial<WrittenValue> = {},
  ): void {
    if (expression === null || expression === undefined) return;
    const value: WrittenValue = {
      expression,
      how: 'value',
      position: null,
      key: null,
      isKept: this.isKept,
      body,
      ...how,
    };
    const known = this.values.get(name);
    if (known === undefined) this.values.set(name, [value]);
    else known.push(value);
  }

  addWrite(name: string, { place, value, ...how }: Write, body: FunctionBody): void {
    if (place.part === '') this.add(name, body.annotations.get(place.root), body, { how: 'annotation' });
    this.add(name + place.part, value, body, how);
  }
}

function collectVariables(body: FunctionBody): Written {
  const collection = new Collection(body.enclosing === null);
  for (const { variable, value, annotation } of body.parameters) {
    collection.add(variable.key, annotation, body, { how: 'annotation' });
    collection.add(variable.key, value, body);
  }
  for (const write of writesIn(body)) {
    const { root } = write.place;
    if (root.kind === 'variable' && !body.outer.has(root.key)) collection.addWrite(root.key, write, body);
  }
  const { keys } = factsOf(body);
  for (const inner of functionsWithin(body)) {
    for (const write of writesIn(inner)) {
      const { root, part } = write.place;
      if (root.kind !== 'variable') continue;
      // Of variables around it, a function writes what is in them; the variable itself only where it says so.
      const key = keyOfOuter(root, body);
      const isOuter = part === '' ? inner.outer.has(root.key) : keys.get(root.name) === key;
      if (isOuter) collection.addWrite(part === '' ? root.key : key, write, inner);
    }
  }
  return collection.values;
}

/** A name that the file declares behind the function is no declared one where it is used. */
export function keyOfOuter({ key, name }: Variable, body: FunctionBody): string {
  return key === name && body.enclosing === null ? (factsOf(body).keys.get(name) ?? key) : key;
}

function collectFields(owner: ClassBody): Written {
  const { fields, methods, enclosing, name: className } = owner;
  const collection = new Collection(/* isKept */ true);
  for (const { name, annotation, value } of enclosing === null ? [] : fields) {
    collection.add(name, annotation, enclosing as FunctionBody, { how: 'annotation' });
    collection.add(name, value, enclosing as FunctionBody);
  }
  for (const method of methods.values()) {
    const { self } = factsOf(method);
    const isOwn = ({ object }: Field): boolean =>
      object.kind === 'variable' && (object.key === self || object.name === className);
    for (const body of [method, ...functionsWithin(method)]) {
      for (const write of writesIn(body)) {
        const { root } = write.place;
        if (root.kind === 'field' && isOwn(root)) collection.addWrite(root.name, write, body);
      }
    }
  }
  return collection.values;
}

function functionsWithin({ functions, classes }: FunctionBody): FunctionBody[] {
  const direct = [...functions.values(), ...[...classes.values()].flatMap(({ methods }) => [...methods.values()])];
  return direct.flatMap((one) => [one, ...functionsWithin(one)]);
}

/** A variable or field, or with as many `ELEMENTS` in `part` what is in it, and in that. */
interface WrittenPlace {
  root: Variable | Field;
  part: string;
}

interface Write extends Pick<WrittenValue, 'key' | 'how' | 'position'> {
  place: WrittenPlace;
  /** Null where it is only declared. */
  value: Expression | null;
}

const ofBodies = new WeakMap<FunctionBody, readonly Write[]>();

/** What a function writes as a whole, and what it puts into containers. */
function writesIn(body: FunctionBody): readonly Write[] {
  let writes = ofBodies.get(body);
  if (writes === undefined) {
    const collected = new Writes(body);
    collected.collect();
    writes = collected.all;
    ofBodies.set(body, writes);
  }
  return writes;
}

class Writes {
  readonly all: Write[] = [];
  private readonly body: FunctionBody;
  /** What loops go over, by the key of the variable that holds it. */
  private readonly iterated = new Map<string, Expression>();

  constructor(body: FunctionBody) {
    this.body = body;
  }

  collect(): void {
    for (const { instruction } of this.body.nodes) if (instruction !== null) this.instruction(instruction);
    const visit = (expression: Expression): void => {
      if (expression.kind === 'comprehension')
        for (const { target, value } of expression.clauses) if (target !== null) this.elements(target, value);
      forEachPart(expression, visit);
    };
    this.body.roots.forEach(visit);
  }

  private instruction(instruction: Instruction): void {
    if (instruction.kind === 'evaluate' && instruction.value.kind === 'call') return this.call(instruction.value);
    if (instruction.kind === 'forget' && instruction.target.kind === 'place')
      return this.write(instruction.target.place, null);
    if (instruction.kind !== 'assign') return;
    const { target, value, how } = instruction;
    if (how === 'plain') for (const place of placesOf(target)) this.write(place, value);
    else if (how === 'compound' && target.kind === 'place' && value.kind === 'operator')
      this.put(target.place, value.operands[1], { how: 'element' });
    else if (how === 'loop') this.loop(target, value);
  }

  private write(place: Expression, value: Expression | null, how: Partial<Write> = {}): void {
    const written = placeOf(place, this.body);
    const key = place.kind === 'index' ? place.index : null;
    if (written !== null) this.all.push({ place: written, value, key, how: 'value', position: null, ...how });
  }

  private put(container: Expression, value: Expression | undefined, how: Partial<Write>): void {
    const written = placeOf(container, this.body);
    if (written === null || value === undefined) return;
    const place = { root: written.root, part: written.part + ELEMENTS };
    this.all.push({ place, value, key: null, how: 'value', position: null, ...how });
  }

  /** A loop first keeps what it goes over, then takes element after element of that. */
  private loop(target: Target, value: Expression): void {
    const all = value.kind === 'variable' ? this.iterated.get(value.key) : undefined;
    if (all !== undefined) this.elements(target, all);
    else if (target.kind === 'place' && target.place.kind === 'variable') this.iterated.set(target.place.key, value);
  }

  private elements(target: Target, all: Expression): void {
    if (target.kind === 'place') this.write(target.place, all, { how: 'element' });
    if (target.kind !== 'several') return;
    target.targets.forEach((part, position) => {
      if (part.kind === 'place') this.write(part.place, all, { how: 'element', position });
    });
  }

  /** A method of a container may put what it is given into it. */
  private call({ callee, args }: CallExpression): void {
    if (callee.kind !== 'field') return;
    const { object, name } = callee;
    const [first, second] = args.map(({ value }) => value);
    switch (this.body.language.containerMethods.get(name)) {
      case 'append':
      case 'prepend':
      case 'put':
        return this.put(object, first, {});
      case 'insert':
        return this.put(object, second, {});
      case 'get-or-put':
      case 'set':
        return this.put(object, second, { key: first ?? null });
      case 'extend':
      case 'update':
        return this.put(object, first, { how: 'element' });
    }
  }
}

/** Those that an assignment gives its whole value. */
function placesOf(target: Target): Expression[] {
  if (target.kind === 'place') return [target.place];
  return target.kind === 'several' && target.isChain ? target.targets.flatMap(placesOf) : [];
}

function placeOf(expression: Expression, body: FunctionBody): WrittenPlace | null {
  if (expression.kind === 'variable' || expression.kind === 'field') return { root: expression, part: '' };
  const table = tableOf(expression, body);
  const place = table && placeOf(table, body);
  return place && { root: place.root, part: place.part + ELEMENTS };
}

/** What `T[k]`, `T.get(k)` and the like take something out of, and leave it there. */
export function tableOf(expression: Expression, { language }: FunctionBody): Expression | null {
  if (expression.kind === 'index') return expression.object;
  if (expression.kind !== 'call' || expression.callee.kind !== 'field') return null;
  const { object, name } = expression.callee;
  const method = language.containerMethods.get(name);
  return method === 'get' || method === 'get-or-put' ? object : null;
}
