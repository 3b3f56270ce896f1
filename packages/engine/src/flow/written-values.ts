import { factsOf } from './body-facts.ts';
import type { ClassBody, Expression, FunctionBody, Target } from './il.ts';

/** What is written somewhere as the value of a variable or field, or as its annotation. */
export interface WrittenValue {
  expression: Expression;
  isAnnotation: boolean;
  /** The function that it is written in. */
  body: FunctionBody;
}

type Written = ReadonlyMap<string, readonly WrittenValue[]>;

/** Behind a key or name: what is assigned to elements of it. */
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

  add(name: string, expression: Expression | null | undefined, body: FunctionBody, isAnnotation = false): void {
    if (expression === null || expression === undefined) return;
    const value = { expression, isAnnotation, body };
    const known = this.values.get(name);
    if (known === undefined) this.values.set(name, [value]);
    else known.push(value);
  }
}

function collectVariables(body: FunctionBody): Written {
  const collection = new Collection();
  for (const { variable, value, annotation } of body.parameters) {
    collection.add(variable.key, annotation, body, /* isAnnotation */ true);
    collection.add(variable.key, value, body);
  }
  const collect = (from: FunctionBody, isWritten: (key: string) => boolean): void => {
    forEachAssignment(from, (place, value) => {
      const variable = place.kind === 'index' ? place.object : place;
      if (variable.kind !== 'variable' || !isWritten(variable.key)) return;
      if (place.kind === 'index') return collection.add(variable.key + ELEMENTS, value, from);
      collection.add(variable.key, from.annotations.get(place), from, /* isAnnotation */ true);
      collection.add(variable.key, value, from);
    });
  };
  collect(body, (key) => !body.outer.has(key));
  for (const inner of functionsWithin(body)) if (inner.outer.size > 0) collect(inner, (key) => inner.outer.has(key));
  return collection.values;
}

function collectFields({ fields, methods, enclosing }: ClassBody): Written {
  const collection = new Collection();
  for (const { name, annotation, value } of enclosing === null ? [] : fields) {
    collection.add(name, annotation, enclosing as FunctionBody, /* isAnnotation */ true);
    collection.add(name, value, enclosing as FunctionBody);
  }
  for (const method of methods.values()) {
    const { self } = factsOf(method);
    forEachAssignment(method, (place, value) => {
      const field = place.kind === 'index' ? place.object : place;
      if (field.kind !== 'field' || field.object.kind !== 'variable' || field.object.key !== self) return;
      if (place.kind === 'index') return collection.add(field.name + ELEMENTS, value, method);
      collection.add(field.name, method.annotations.get(place), method, /* isAnnotation */ true);
      collection.add(field.name, value, method);
    });
  }
  return collection.values;
}

function functionsWithin({ functions, classes }: FunctionBody): FunctionBody[] {
  const direct = [...functions.values(), ...[...classes.values()].flatMap(({ methods }) => [...methods.values()])];
  return direct.flatMap((one) => [one, ...functionsWithin(one)]);
}

type WrittenPlace = (Target & { kind: 'place' })['place'];

/** Places that are given a value as a whole, or only declared. */
function forEachAssignment(
  { nodes }: FunctionBody,
  visit: (place: WrittenPlace, value: Expression | null) => void,
): void {
  for (const { instruction } of nodes) {
    if (instruction?.kind !== 'forget' && instruction?.kind !== 'assign') continue;
    if (instruction.kind === 'assign' && instruction.how !== 'plain') continue;
    const value = instruction.kind === 'assign' ? instruction.value : null;
    const { target } = instruction;
    if (target.kind === 'place') visit(target.place, value);
    else if (target.kind === 'several' && target.isChain)
      for (const part of target.targets) if (part.kind === 'place') visit(part.place, value);
  }
}
