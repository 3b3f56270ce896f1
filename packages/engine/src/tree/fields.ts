import { Kind, type Node, SUBSCRIPTS } from './nodes.ts';

/**
 * The shape of every node kind in one table: traversal, equality and printing read it instead of switching on kinds.
 * `hidden` fields hold nodes that expression patterns do not look into (semantics 03 §2: loop and `with` targets,
 * parameter and attribute names, …); `body` fields hold nested statements.
 */
export interface Shape {
  /** Fields holding a node, null or an array of nodes, in source order. */
  children: readonly string[];
  /** Fields whose primitive value takes part in equality. */
  value: readonly string[];
  /** Those of `children` that expression patterns do not enter. */
  hidden: readonly string[];
  /** Those of `children` that hold nested statements. */
  body: readonly string[];
  /** True for what an expression pattern may match. */
  isExpression: boolean;
}

function expression(parts: Partial<Shape>): Shape {
  return { ...statement(parts), isExpression: true };
}

function statement(parts: Partial<Shape>): Shape {
  return { children: [], value: [], hidden: [], body: [], isExpression: false, ...parts };
}

/** Order of fields is source order, so that a walk visits nodes as they stand in the text. */
export const SHAPES: { readonly [K in Kind]: Shape } = {
  [Kind.Name]: expression({ value: ['name'] }),
  [Kind.Int]: expression({ value: ['value', 'text'] }),
  [Kind.Float]: expression({ value: ['value', 'text'] }),
  [Kind.Str]: expression({ value: ['value', 'prefix'] }),
  [Kind.Concat]: expression({ children: ['parts'] }),
  [Kind.Interpolated]: expression({ children: ['parts'], value: ['prefix'] }),
  [Kind.Hole]: expression({ children: ['expression', 'nested'], value: ['format'], hidden: ['nested'] }),
  [Kind.Constant]: expression({ value: ['name'] }),
  [Kind.Call]: expression({ children: ['callee', 'args'] }),
  [Kind.Keyword]: statement({ children: ['name', 'value'], hidden: ['name'] }),
  [Kind.Spread]: expression({ children: ['value'], value: ['operator'] }),
  [Kind.Member]: expression({ children: ['object', 'property'], hidden: ['property'] }),
  [Kind.Index]: expression({ children: ['object', 'index'] }),
  [Kind.Slice]: statement({ children: ['lower', 'upper', 'step'] }),
  [Kind.Operation]: expression({ children: ['operator', 'operands'] }),
  [Kind.Operator]: statement({ value: ['name'] }),
  [Kind.Assign]: expression({ children: ['target', 'annotation', 'value'], value: ['operator'] }),
  [Kind.CompoundAssign]: expression({ children: ['target', 'operator', 'value'], hidden: ['operator'] }),
  [Kind.Conditional]: expression({ children: ['consequence', 'test', 'alternative'] }),
  [Kind.Await]: expression({ children: ['value'] }),
  [Kind.Yield]: expression({ children: ['value'], value: ['delegate'] }),
  [Kind.Lambda]: expression({ children: ['parameters', 'body'] }),
  [Kind.Container]: expression({ children: ['elements'], value: ['shape'] }),
  [Kind.Pair]: statement({ children: ['key', 'value'] }),
  [Kind.Comprehension]: expression({ children: ['element', 'clauses'], value: ['shape'] }),
  [Kind.ComprehensionFor]: statement({ children: ['target', 'iterable'], hidden: ['target'] }),
  [Kind.ComprehensionIf]: statement({ children: ['test'] }),
  [Kind.Ident]: statement({ value: ['name'] }),
  [Kind.ModulePath]: statement({ children: ['parts'], value: ['dots'], hidden: ['parts'] }),
  [Kind.ExpressionStatement]: statement({ children: ['expression'] }),
  [Kind.Block]: statement({ children: ['statements'], body: ['statements'] }),
  [Kind.If]: statement({ children: ['test', 'consequence', 'alternative'], body: ['consequence', 'alternative'] }),
  [Kind.While]: statement({ children: ['test', 'body', 'alternative'], body: ['body', 'alternative'] }),
  [Kind.For]: statement({
    children: ['target', 'iterable', 'body', 'alternative'],
    value: ['isAsync'],
    hidden: ['target'],
    body: ['body', 'alternative'],
  }),
  [Kind.Try]: statement({
    children: ['body', 'handlers', 'alternative', 'finalizer'],
    body: ['body', 'handlers', 'alternative', 'finalizer'],
  }),
  [Kind.Handler]: statement({ children: ['type', 'name', 'body'], hidden: ['name'], body: ['body'] }),
  [Kind.With]: statement({
    children: ['value', 'target', 'body'],
    value: ['isAsync'],
    hidden: ['target'],
    body: ['body'],
  }),
  [Kind.Return]: statement({ children: ['value'] }),
  [Kind.Raise]: statement({ children: ['value', 'cause'] }),
  [Kind.Assert]: statement({ children: ['test', 'message'] }),
  [Kind.Delete]: statement({ children: ['targets'] }),
  [Kind.ScopeDeclaration]: statement({ children: ['names'], hidden: ['names'] }),
  [Kind.Jump]: statement({ value: ['keyword'] }),
  [Kind.Import]: statement({ children: ['module', 'alias'], hidden: ['module', 'alias'] }),
  [Kind.ImportFrom]: statement({ children: ['module', 'names'], value: ['wildcard'], hidden: ['module', 'names'] }),
  [Kind.ImportName]: statement({ children: ['name', 'alias'], hidden: ['name', 'alias'] }),
  [Kind.Function]: statement({
    children: ['decorators', 'name', 'typeParameters', 'parameters', 'returns', 'body'],
    value: ['isAsync'],
    hidden: ['name', 'typeParameters'],
    body: ['body'],
  }),
  [Kind.Parameter]: statement({ children: ['name', 'annotation', 'value'], value: ['operator'], hidden: ['name'] }),
  [Kind.Class]: statement({
    children: ['decorators', 'name', 'typeParameters', 'bases', 'body'],
    hidden: ['name', 'typeParameters'],
    body: ['body'],
  }),
  [Kind.Decorator]: statement({ children: ['expression'] }),
  [Kind.Switch]: statement({ children: ['subject', 'cases'], body: ['cases'] }),
  [Kind.Case]: statement({ children: ['pattern', 'guard', 'body'], hidden: ['pattern', 'guard'], body: ['body'] }),
  [Kind.Other]: expression({ children: ['children'], value: ['type', 'text'] }),
  [Kind.Metavariable]: expression({ value: ['name'] }),
  [Kind.MetavariableSequence]: expression({ value: ['name'] }),
  [Kind.Ellipsis]: expression({}),
  [Kind.Deep]: expression({ children: ['expression'] }),
  [Kind.TypedMetavariable]: expression({ children: ['type'], value: ['name'] }),
};

function childFields(skip: (shape: Shape) => readonly string[]): (readonly string[])[] {
  const table: (readonly string[])[] = [];
  for (const [kind, shape] of Object.entries(SHAPES)) {
    const skipped = new Set(skip(shape));
    table[Number(kind)] = shape.children.filter((name) => !skipped.has(name));
  }
  return table;
}

const ALL_FIELDS = childFields(() => []);
const VISIBLE_FIELDS = childFields((shape) => shape.hidden);

function forEach(fields: readonly (readonly string[])[], node: Node, visit: (child: Node) => void): void {
  const record = node as unknown as Record<string, Node | Node[] | null>;
  for (const field of fields[node.kind] as readonly string[]) {
    const value = record[field] as Node | Node[] | null;
    if (value === null) continue;
    if (Array.isArray(value)) for (const child of value) visit(child);
    else visit(value);
  }
}

/** Calls `visit` on every direct child. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  forEach(ALL_FIELDS, node, visit);
}

/**
 * Calls `visit` on the direct children that expression patterns may reach. The target of a bare declaration
 * (`x: T`, no value) is none of them.
 */
export function forEachVisibleChild(node: Node, visit: (child: Node) => void): void {
  if (node.kind === Kind.Assign && node.value === null) {
    if (node.annotation !== null) visit(node.annotation);
    return;
  }
  forEach(VISIBLE_FIELDS, node, visit);
}

/** True for what an expression pattern may be tried on. */
export function isExpression(node: Node): boolean {
  return SHAPES[node.kind].isExpression && !(node.kind === Kind.Other && node.type === SUBSCRIPTS);
}
