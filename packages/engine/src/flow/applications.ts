import { fieldNames } from './body-facts.ts';
import { dottedPath } from './dotted-path.ts';
import { type Argument, type ClassBody, type Expression, type FunctionBody, forEachPart } from './il.ts';

/** A call, or a decorator, which is called with the function or class that it stands over. */
export interface Application {
  /** What is called: `f` of `f(x)` and of `@f`, `f(1)` of `@f(1)`. */
  callee: Expression;
  args: readonly Argument[];
  decorated: FunctionBody | ClassBody | null;
  /** The function that does so. */
  body: FunctionBody;
}

/**
 * What a function calls and decorates with, by names: those of `f(1)(x)` are those of `f`. `a.b.f` has the names `f` and
 * `b.f`, and a method of its own object that of its class and itself.
 */
export function applicationsIn(body: FunctionBody): [name: string, application: Application][] {
  const named: [string, Application][] = [];
  const add = (application: Application): void => {
    for (const name of namesOf(application.callee, body)) named.push([name, application]);
  };
  const visit = (expression: Expression): void => {
    if (expression.kind === 'call') add({ ...expression, decorated: null, body });
    forEachPart(expression, visit);
  };
  const decorate = (decorated: FunctionBody | ClassBody): void => {
    for (const callee of decorated.decorators) {
      add({ callee, args: [], decorated, body });
      visit(callee);
    }
  };
  body.roots.forEach(visit);
  for (const { instruction } of body.nodes) if (instruction?.kind === 'define') decorate(instruction.function);
  for (const defined of body.classes.values()) decorate(defined);
  return named;
}

function namesOf(callee: Expression, body: FunctionBody): Set<string> {
  if (callee.kind === 'call') return namesOf(callee.callee, body);
  if (callee.kind === 'variable') return new Set(namesOfVariable(callee));
  if (callee.kind !== 'field') return new Set();
  const names = fieldNames(callee, body);
  const { object, name } = callee;
  const holders = object.kind === 'call' ? namesOf(object.callee, body) : lastNames(object);
  for (const holder of holders) names.push(`${holder}.${name}`);
  return new Set(names);
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
