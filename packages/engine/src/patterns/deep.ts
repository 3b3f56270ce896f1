import { forEachVisibleChild, SHAPES } from '../tree/fields.ts';
import { type Assign, Kind, type Node, type Spread } from '../tree/nodes.ts';

/** The node and every expression below it; from a statement, only what stands in its header (semantics 03 §3). */
export function forEachDeepExpression(node: Node, visit: (node: Node) => void): void {
  if (SHAPES[node.kind].isExpression || node.kind === Kind.Operator) visit(node);
  if (NOT_ENTERED.has(node.kind)) return;
  if (node.kind === Kind.With) {
    // The reference looks into the item only where nothing is bound by `as`.
    if (node.target === null) forEachDeepExpression(node.value, visit);
    return;
  }
  if (node.kind === Kind.Spread) visit(operatorOf(node));
  forEachVisibleChild(node, (child) => forEachDeepExpression(child, visit));
}

/** `a, b = 1, 2` is also `a = 1` and `b = 2`, each with the range of the whole. */
export function assignedPairs(node: Assign): Node[] {
  const { target, value } = node;
  if (target.kind !== Kind.Container || value?.kind !== Kind.Container) return [];
  if (target.elements.length !== value.elements.length) return [];
  return target.elements.map((element, i) => ({ ...node, target: element, value: value.elements[i] as Node }));
}

const NOT_ENTERED = new Set<number>([Kind.Block, Kind.Function, Kind.Class, Kind.Parameter]);

/** The token of a spread, which a lone metavariable matches too. */
export function operatorOf(node: Spread): Node {
  const { id, start, operator } = node;
  return { kind: Kind.Operator, id, start, end: start + operator.length, name: operator };
}

/**
 * The expressions in which a statement pattern `foo()` finds its expression: the statement's own and what it is made
 * of through values, calls, operators and containers, but not through conditions, indexes, comprehensions, lambdas or
 * assignment targets (semantics 03 §3, "implicit deep expression statements").
 */
export function forEachImplicitExpression(node: Node, visit: (node: Node) => void): void {
  switch (node.kind) {
    case Kind.ExpressionStatement:
      return forEachImplicitExpression(node.expression, visit);
    case Kind.Return:
      if (node.value !== null) forEachDeepExpression(node.value, visit);
      return;
    case Kind.Keyword:
    case Kind.Spread:
      return forEachImplicitExpression(node.value, visit);
    case Kind.Pair:
      forEachImplicitExpression(node.key, visit);
      return forEachImplicitExpression(node.value, visit);
    default:
      break;
  }
  if (!SHAPES[node.kind].isExpression) return;
  visit(node);
  switch (node.kind) {
    case Kind.Assign:
      for (const pair of assignedPairs(node)) visit(pair);
      if (node.value !== null) forEachImplicitExpression(node.value, visit);
      return;
    case Kind.CompoundAssign:
    case Kind.Await:
      return forEachImplicitExpression(node.value, visit);
    case Kind.Yield:
      if (node.value !== null) forEachImplicitExpression(node.value, visit);
      return;
    case Kind.Call:
      forEachImplicitExpression(node.callee, visit);
      for (const arg of node.args) forEachImplicitExpression(arg, visit);
      return;
    case Kind.Operation:
      for (const operand of node.operands) forEachImplicitExpression(operand, visit);
      return;
    case Kind.Member:
      return forEachImplicitExpression(node.object, visit);
    case Kind.Container:
      for (const element of node.elements) forEachImplicitExpression(element, visit);
      return;
    case Kind.Interpolated:
    case Kind.Concat:
      for (const part of node.parts) forEachImplicitExpression(part, visit);
      return;
    case Kind.Hole:
      return forEachImplicitExpression(node.expression, visit);
    default:
      return;
  }
}
