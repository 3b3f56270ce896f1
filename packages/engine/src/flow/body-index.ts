import { type ClassBody, type Expression, type FunctionBody, forEachPart } from './il.ts';

/** What a file declares, by id. */
export interface BodyIndex {
  functions: ReadonlyMap<string, FunctionBody>;
  classes: ReadonlyMap<string, ClassBody>;
}

const known = new WeakMap<readonly FunctionBody[], BodyIndex>();

/** Of the functions of a file; lambdas are those of the functions that they stand in. */
export function indexOf(functions: readonly FunctionBody[]): BodyIndex {
  let index = known.get(functions);
  if (index === undefined) {
    index = makeIndex(functions);
    known.set(functions, index);
  }
  return index;
}

function makeIndex(bodies: readonly FunctionBody[]): BodyIndex {
  const functions = new Map<string, FunctionBody>();
  const classes = new Map<string, ClassBody>();
  const add = (body: FunctionBody): void => {
    functions.set(body.id, body);
    for (const one of body.classes.values()) classes.set(one.id, one);
    body.roots.forEach(visit);
  };
  const visit = (expression: Expression): void => {
    if (expression.kind === 'lambda') add(expression.function);
    else forEachPart(expression, visit);
  };
  bodies.forEach(add);
  return { functions, classes };
}

/** The file that a function or class of this id is in. */
export function pathOf(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}
