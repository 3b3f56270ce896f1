import { type Expression, type FunctionBody, forEachPart, type LambdaExpression } from './il.ts';

/** What can be told of a function without following its flow. */
export interface BodyFacts {
  /** Keys of the variables that it assigns, by name. */
  keys: ReadonlyMap<string, string>;
  /** What each variable is assigned first, in order of the text. */
  firstValues: ReadonlyMap<string, Expression>;
  /** Lambdas that a variable is assigned and that are called through it, or passed on. */
  lambdas: ReadonlyMap<string, readonly LambdaExpression[]>;
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
  return { keys, firstValues, lambdas };
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
