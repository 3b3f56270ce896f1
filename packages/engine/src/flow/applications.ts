import { factsOf, fieldNames } from './body-facts.ts';
import { dottedPath } from './dotted-path.ts';
import { type Argument, type ClassBody, type Expression, type FunctionBody, forEachPart } from './il.ts';
import { importsOf } from './imports.ts';

/** A call, or a decorator, which is called with the function or class that it stands over. */
export interface Application {
  /** What is called: `f` of `f(x)` and of `@f`, `f(1)` of `@f(1)`. */
  callee: Expression;
  args: readonly Argument[];
  decorated: FunctionBody | ClassBody | null;
  /** The function that does so. */
  body: FunctionBody;
}

/** What a function calls, and what it decorates with. */
export function applicationsIn(body: FunctionBody): Application[] {
  const applications: Application[] = [];
  const visit = (expression: Expression): void => {
    if (expression.kind === 'call') applications.push({ ...expression, decorated: null, body });
    forEachPart(expression, visit);
  };
  body.roots.forEach(visit);
  for (const decorated of decoratedIn(body)) {
    for (const callee of decorated.decorators) {
      applications.push({ callee, args: [], decorated, body });
      visit(callee);
    }
  }
  return applications;
}

/** Names of what a function calls or decorates with that are not those it calls functions by. */
export function otherNamesIn(body: FunctionBody): Set<string> {
  const names = new Set<string>();
  const { called } = factsOf(body);
  for (const [local, origins] of importsOf(body).named) {
    if (called.has(local)) for (const origin of origins) names.add(origin.at(-1) ?? local);
  }
  for (const { decorators } of decoratedIn(body))
    for (const decorator of decorators) for (const name of namesOfCallee(decorator, body)) names.add(name);
  return names;
}

function decoratedIn({ nodes, classes }: FunctionBody): (FunctionBody | ClassBody)[] {
  const functions = nodes.flatMap(({ instruction }) => (instruction?.kind === 'define' ? [instruction.function] : []));
  return [...functions, ...classes.values()].filter(({ decorators }) => decorators.length > 0);
}

/**
 * The names of what is called: those of `f(1)(x)` are those of `f`. `a.b.f` has the names `f` and `b.f`, and a method of its
 * own object that of its class and itself.
 */
export function namesOfCallee(callee: Expression, body: FunctionBody): Set<string> {
  if (callee.kind === 'call') return namesOfCallee(callee.callee, body);
  if (callee.kind === 'variable') return new Set(namesOfVariable(callee));
  if (callee.kind !== 'field') return new Set();
  const { object, name } = callee;
  const holders = object.kind === 'call' ? [...namesOfCallee(object.callee, body)] : lastNames(object);
  return new Set([...fieldNames(callee, body), ...holders.map((holder) => `${holder}.${name}`)]);
}

function lastNames(expression: Expression): string[] {
  if (expression.kind === 'variable') return namesOfVariable(expression);
  return expression.kind === 'field' ? [expression.name] : [];
}

/** What it is called here, and where it is imported from. */
function namesOfVariable(variable: Expression & { kind: 'variable' }): string[] {
  const original = dottedPath(variable)?.canonical?.at(-1);
  return original === undefined ? [variable.name] : [variable.name, original];
}
