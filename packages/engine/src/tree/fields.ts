import { Kind, type Node } from './nodes.ts';

/**
 * The shape of every node kind in one table: traversal, equality and printing read it instead of switching on kinds.
 * `hidden` fields hold nodes that expression patterns do not look into (semantics 03 §2: loop and `with` targets,
 * parameter and attribute names, …); `body` fields hold nested statements.
 */
export interface Shape {
  /** Fields holding one node or null. */
  node: readonly string[];
  /** Fields holding an array of nodes. */
  nodes: readonly string[];
  /** Fields whose primitive value takes part in equality. */
  value: readonly string[];
  /** Those of `node` and `nodes` that expression patterns do not enter. */
  hidden: readonly string[];
  /** Those of `node` and `nodes` that hold nested statements. */
  body: readonly string[];
  /** True for what an expression pattern may match. */
  isExpression: boolean;
}

function expression(parts: Partial<Shape>): Shape {
  return { ...statement(parts), isExpression: true };
}

function statement(parts: Partial<Shape>): Shape {
  return { node: [], nodes: [], value: [], hidden: [], body: [], isExpression: false, ...parts };
}

/** Order of fields is source order, so that a walk visits nodes as they stand in the text. */
export const SHAPES: { readonly [K in Kind]: Shape } = {
  [Kind.Name]: expression({ value: ['name'] }),
  [Kind.Int]: expression({ value: ['value', 'text'] }),
  [Kind.Float]: expression({ value: ['value', 'text'] }),
  [Kind.Str]: expression({ value: ['value', 'prefix'] }),
  [Kind.Concat]: expression({ nodes: ['parts'] }),
  [Kind.Interpolated]: expression({ nodes: ['parts'], value: ['prefix'] }),
  [Kind.Hole]: expression({ node: ['expression'], nodes: ['nested'], value: ['format'], hidden: ['nested'] }),
  [Kind.Constant]: expression({ value: ['name'] }),
  [Kind.Call]: expression({ node: ['callee'], nodes: ['args'] }),
  [Kind.Keyword]: statement({ node: ['name', 'value'], hidden: ['name'] }),
  [Kind.Spread]: statement({ node: ['value'], value: ['operator'] }),
  [Kind.Member]: expression({ node: ['object', 'property'], hidden: ['property'] }),
  [Kind.Index]: expression({ node: ['object', 'index'] }),
  [Kind.Slice]: statement({ node: ['lower', 'upper', 'step'] }),
  [Kind.Operation]: expression({ node: ['operator'], nodes: ['operands'] }),
  [Kind.Operator]: statement({ value: ['name'] }),
  [Kind.Assign]: expression({ node: ['target', 'annotation', 'value'], value: ['operator'] }),
  [Kind.CompoundAssign]: expression({ node: ['target', 'operator', 'value'] }),
  [Kind.Conditional]: expression({ node: ['consequence', 'test', 'alternative'] }),
  [Kind.Await]: expression({ node: ['value'] }),
  [Kind.Yield]: expression({ node: ['value'], value: ['delegate'] }),
  [Kind.Lambda]: expression({ nodes: ['parameters'], node: ['body'] }),
  [Kind.Container]: expression({ nodes: ['elements'], value: ['shape'] }),
  [Kind.Pair]: statement({ node: ['key', 'value'] }),
  [Kind.Comprehension]: expression({ node: ['element'], nodes: ['clauses'], value: ['shape'] }),
  [Kind.ComprehensionFor]: statement({ node: ['target', 'iterable'], hidden: ['target'] }),
  [Kind.ComprehensionIf]: statement({ node: ['test'] }),
  [Kind.Ident]: statement({ value: ['name'] }),
  [Kind.ModulePath]: statement({ nodes: ['parts'], value: ['dots'], hidden: ['parts'] }),
  [Kind.ExpressionStatement]: statement({ node: ['expression'] }),
  [Kind.Block]: statement({ nodes: ['statements'], body: ['statements'] }),
  [Kind.If]: statement({ node: ['test', 'consequence', 'alternative'], body: ['consequence', 'alternative'] }),
  [Kind.While]: statement({ node: ['test', 'body', 'alternative'], body: ['body', 'alternative'] }),
  [Kind.For]: statement({
    node: ['target', 'iterable', 'body', 'alternative'],
    value: ['isAsync'],
    hidden: ['target'],
    body: ['body', 'alternative'],
  }),
  [Kind.Try]: statement({
    node: ['body', 'alternative', 'finalizer'],
    nodes: ['handlers'],
    body: ['body', 'handlers', 'alternative', 'finalizer'],
  }),
  [Kind.Handler]: statement({ node: ['type', 'name', 'body'], hidden: ['name'], body: ['body'] }),
  [Kind.With]: statement({
    node: ['value', 'target', 'body'],
    value: ['isAsync'],
    hidden: ['target'],
    body: ['body'],
  }),
  [Kind.Return]: statement({ node: ['value'] }),
  [Kind.Raise]: statement({ node: ['value', 'cause'] }),
  [Kind.Assert]: statement({ node: ['test', 'message'] }),
  [Kind.Delete]: statement({ nodes: ['targets'] }),
  [Kind.ScopeDeclaration]: statement({ nodes: ['names'], value: ['keyword'], hidden: ['names'] }),
  [Kind.Jump]: statement({ value: ['keyword'] }),
  [Kind.Import]: statement({ node: ['module', 'alias'], hidden: ['module', 'alias'] }),
  [Kind.ImportFrom]: statement({
    node: ['module'],
    nodes: ['names'],
    value: ['wildcard'],
    hidden: ['module', 'names'],
  }),
  [Kind.ImportName]: statement({ node: ['name', 'alias'], hidden: ['name', 'alias'] }),
  [Kind.Function]: statement({
    nodes: ['decorators', 'typeParameters', 'parameters'],
    node: ['name', 'returns', 'body'],
    value: ['isAsync'],
    hidden: ['name', 'typeParameters'],
    body: ['body'],
  }),
  [Kind.Parameter]: statement({ node: ['name', 'annotation', 'value'], value: ['operator'], hidden: ['name'] }),
  [Kind.Class]: statement({
    nodes: ['decorators', 'typeParameters', 'bases'],
    node: ['name', 'body'],
    hidden: ['name', 'typeParameters'],
    body: ['body'],
  }),
  [Kind.Decorator]: statement({ node: ['expression'] }),
  [Kind.Switch]: statement({ node: ['subject'], nodes: ['cases'], body: ['cases'] }),
  [Kind.Case]: statement({ node: ['pattern', 'guard', 'body'], hidden: ['pattern', 'guard'], body: ['body'] }),
  [Kind.Other]: expression({ nodes: ['children'], value: ['type', 'text'] }),
  [Kind.Metavariable]: expression({ value: ['name'] }),
  [Kind.MetavariableSequence]: expression({ value: ['name'] }),
  [Kind.Ellipsis]: expression({}),
  [Kind.Deep]: expression({ node: ['expression'] }),
  [Kind.TypedMetavariable]: expression({ node: ['type'], value: ['name'] }),
};

/** A field that holds nodes, and whether it holds one or an array. */
interface ChildField {
  name: string;
  many: boolean;
}

function childFields(skip: (shape: Shape) => readonly string[]): (readonly ChildField[])[] {
  const table: (readonly ChildField[])[] = [];
  for (const [kind, shape] of Object.entries(SHAPES)) {
    const skipped = new Set(skip(shape));
    const one = shape.node.map((name) => ({ name, many: false }));
    const many = shape.nodes.map((name) => ({ name, many: true }));
    table[Number(kind)] = [...many, ...one].filter((field) => !skipped.has(field.name));
  }
  return table;
}

const ALL_FIELDS = childFields(() => []);
const VISIBLE_FIELDS = childFields((shape) => shape.hidden);

function forEach(fields: readonly (readonly ChildField[])[], node: Node, visit: (child: Node) => void): void {
  const record = node as unknown as Record<string, Node | Node[] | null>;
  for (const field of fields[node.kind] as readonly ChildField[]) {
    const value = record[field.name] as Node | Node[] | null;
    if (value === null) continue;
    if (field.many) for (const child of value as Node[]) visit(child);
    else visit(value as Node);
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
  return SHAPES[node.kind].isExpression;
}
