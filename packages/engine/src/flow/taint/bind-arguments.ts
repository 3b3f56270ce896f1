import type { CallExpression, Expression } from '../il.ts';
import type { CallTarget } from './summary.ts';
import { type Cell, ELEMENT, joinCells, partAt, tainted, UNSET } from './value.ts';

export interface BoundArgument {
  cell: Cell;
  /** Null where no one expression is given. */
  expression: Expression | null;
}

/** What each parameter of a called function is given, by the key of its variable. Those with a default may be absent. */
export function bindArguments(
  { function: body, isBound }: CallTarget & { kind: 'function' },
  { callee, args }: CallExpression,
  receiver: Cell,
  cells: ReadonlyMap<Expression, Cell>,
): Map<string, BoundArgument> {
  const bound = new Map<string, BoundArgument>();
  const { parameters } = body;
  let next = 0;
  if (isBound && parameters[0] !== undefined) {
    const expression = callee.kind === 'field' ? callee.object : null;
    bound.set(parameters[next++]?.variable.key ?? '', { cell: receiver, expression });
  }
  const add = (key: string, cell: Cell, expression: Expression | null): void => {
    const known = bound.get(key);
    if (known === undefined) bound.set(key, { cell, expression });
    else bound.set(key, { cell: joinCells(known.cell, cell), expression: null });
  };
  for (const { name, spread, value } of args) {
    const cell = cells.get(value) ?? UNSET;
    if (spread !== '') {
      // Any of the parameters that are left may be given any of the elements.
      for (const { variable } of parameters.slice(next)) add(variable.key, partAt(cell, [ELEMENT]), null);
    } else if (name !== null) {
      const parameter = parameters.find((one) => one.variable.name === name && one.spread === '');
      const rest = parameters.find((one) => one.spread === '**');
      if (parameter !== undefined) add(parameter.variable.key, cell, value);
      else if (rest !== undefined)
        add(rest.variable.key, tainted(new Map(), new Map([[`[${JSON.stringify(name)}]`, cell]])), null);
    } else {
      const parameter = parameters[next];
      if (parameter === undefined) continue;
      if (parameter.spread === '') {
        add(parameter.variable.key, cell, value);
        next++;
      } else if (parameter.spread === '*')
        add(parameter.variable.key, tainted(new Map(), new Map([[ELEMENT, cell]])), null);
    }
  }
  return bound;
}
