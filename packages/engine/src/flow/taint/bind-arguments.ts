import { isBoundMethod } from '../body-facts.ts';
import type { Argument, CallExpression, Expression, FlowParameter, FunctionBody } from '../il.ts';
import type { RecordFields } from '../record-fields.ts';
import { elementsOf, listOf, withoutPositions } from './containers.ts';
import type { CallTarget } from './summary.ts';
import { type Cell, isClean, joinCells, type Meaning, NO_TAINTS, partAt, tainted, UNSET } from './value.ts';

export interface BoundArgument {
  cell: Cell;
  /** Null where no one expression is given. */
  expression: Expression | null;
}

/** What each parameter of a called function is given, by the key of its variable. Those with a default may be absent. */
export function bindArguments(
  target: CallTarget & { kind: 'function' },
  { callee, args }: CallExpression,
  receiver: Cell,
  cells: ReadonlyMap<Expression, Cell>,
): Map<string, BoundArgument> {
  const bound = new Map<string, BoundArgument>();
  const { parameters } = target.function;
  let first = 0;
  if (target.receiver !== 'none' && parameters[0] !== undefined) {
    const is: Meaning = { kind: 'object', class: target.object };
    const cell = target.receiver === 'unseen' ? tainted(NO_TAINTS, null, is) : { ...receiver, is };
    const expression = target.receiver === 'own' && callee.kind === 'field' ? callee.object : null;
    bound.set(parameters[first++]?.variable.key ?? '', { cell, expression });
  }
  bindParameters(parameters.slice(first), args, cells, bound);
  return bound;
}

/**
 * What a function is given that is handed to an unknown one together with `*args` and `**options`: most likely it is called
 * with them. `args` are those behind it.
 */
export function bindHandedOn(
  body: FunctionBody,
  args: readonly Argument[],
  cells: ReadonlyMap<Expression, Cell>,
): Map<string, BoundArgument> {
  const bound = new Map<string, BoundArgument>();
  const spread = new Map(
    args.flatMap(({ spread: how, value }) => (how === '' ? [] : [[value, cells.get(value) ?? UNSET]])),
  );
  bindParameters(body.parameters.slice(isBoundMethod(body) ? 1 : 0), args, spread, bound);
  return bound;
}

/**
 * What the fields of an object are that is made with nothing but its fields; null where it is given others than are
 * known.
 */
export function bindFields(
  { names, isTuple }: RecordFields,
  { args }: CallExpression,
  cells: ReadonlyMap<Expression, Cell>,
): Map<string, Cell> | null {
  const positional = args.filter(({ name, spread }) => name === null && spread === '');
  const isKnown = args.every(({ name }) => name === null || names.includes(name));
  if (!isKnown || positional.length > names.length) return null;
  const bound = new Map<string, BoundArgument>();
  const parameters = names.map((name) => ({ variable: { key: `.${name}`, name }, spread: '' }));
  bindParameters(parameters, args, cells, bound);
  const parts = new Map<string, Cell>();
  names.forEach((name, i) => {
    const cell = bound.get(`.${name}`)?.cell;
    if (cell === undefined || (isClean(cell) && cell.is === null)) return;
    parts.set(`.${name}`, cell);
    if (isTuple) parts.set(`[${i}]`, cell);
  });
  return parts;
}

/** What the method is given that runs when the fields have been taken: those that it names. */
export function handedToFinisher(
  { parameters }: FunctionBody,
  { args }: CallExpression,
  { names }: RecordFields,
): Argument[] {
  const positional = args.filter(({ name, spread }) => name === null && spread === '');
  return parameters.slice(1).flatMap(({ variable: { name } }) => {
    const given = args.find((one) => one.name === name) ?? positional[names.indexOf(name)];
    return given === undefined ? [] : [{ ...given, name }];
  });
}

/** What arguments are given to. */
type Receiving = Pick<FlowParameter, 'spread'> & { variable: Pick<FlowParameter['variable'], 'key' | 'name'> };

function bindParameters(
  parameters: readonly Receiving[],
  args: readonly Argument[],
  cells: ReadonlyMap<Expression, Cell>,
  bound: Map<string, BoundArgument>,
): void {
  let next = 0;
  const add = (key: string, cell: Cell, expression: Expression | null): void => {
    const known = bound.get(key);
    if (known === undefined) bound.set(key, { cell, expression });
    else bound.set(key, { cell: joinCells(known.cell, cell), expression: null });
  };
  const rest: Cell[] = [];
  for (const { name, spread, value } of args) {
    const cell = cells.get(value) ?? UNSET;
    if (spread === '*') bindElements(cell, parameters.slice(next), add);
    else if (spread === '**') bindEntries(cell, parameters.slice(next), add);
    else if (name !== null) {
      const parameter = parameters.find((one) => one.variable.name === name && one.spread === '');
      const others = parameters.find((one) => one.spread === '**');
      if (parameter !== undefined) add(parameter.variable.key, cell, value);
      else if (others !== undefined)
        add(others.variable.key, tainted(new Map(), new Map([[entryName(name), cell]])), null);
    } else {
      const parameter = parameters[next];
      if (parameter?.spread === '') {
        add(parameter.variable.key, cell, value);
        next++;
      } else if (parameter?.spread === '*') rest.push(cell);
    }
  }
  const [taker] = parameters.slice(next);
  if (taker !== undefined && rest.length > 0) add(taker.variable.key, listOf(rest), null);
}

type Add = (key: string, cell: Cell, expression: Expression | null) => void;

/** `*cell`: each parameter that is left is given its element. */
function bindElements(cell: Cell, parameters: readonly Receiving[], add: Add): void {
  parameters.forEach(({ variable, spread }, i) => {
    if (spread === '') add(variable.key, partAt(cell, [`[${i}]`]), null);
    else if (spread === '*') add(variable.key, i === 0 ? cell : elementsFrom(cell, i), null);
  });
}

function elementsFrom(cell: Cell, position: number): Cell {
  const elements = elementsOf(cell);
  return elements === null ? withoutPositions(cell) : listOf(elements.slice(position));
}

/** `**cell`: each parameter that is left is given what stands under its name. */
function bindEntries(cell: Cell, parameters: readonly Receiving[], add: Add): void {
  for (const { variable, spread } of parameters) {
    if (spread === '') add(variable.key, partAt(cell, [entryName(variable.name)]), null);
    else if (spread === '**') add(variable.key, cell, null);
  }
}

function entryName(name: string): string {
  return `[${JSON.stringify(name)}]`;
}
