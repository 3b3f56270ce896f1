import type { Comprehension, Node } from '../../tree/nodes.ts';
import type { PythonLowering } from './lowering-context.ts';

export function lowerComprehension(l: PythonLowering, node: number, shape: Comprehension['shape']): Node {
  const { read } = l;
  const body = read.field(node, l.fields.body);
  const clauses = read.parts(node).filter((child) => child !== body);
  const element = l.expression(body);
  return l.build.comprehension(read.start(node), read.end(node), shape, element, l.expressions(clauses));
}

export function lowerForClause(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const iterable = l.tupleOf(read.fieldParts(node, fields.right)) ?? l.other(node);
  const target = l.expression(read.field(node, fields.left));
  return l.build.comprehensionFor(read.start(node), read.end(node), target, iterable);
}

export function lowerIfClause(l: PythonLowering, node: number): Node {
  const { read } = l;
  const test = read.firstPart(node);
  if (test < 0) return l.other(node);
  return l.build.comprehensionIf(read.start(node), read.end(node), l.expression(test));
}
