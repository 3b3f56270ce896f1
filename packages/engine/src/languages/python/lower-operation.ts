import type { Node } from '../../tree/nodes.ts';
import type { PythonLowering } from './lowering-context.ts';
import { Sym } from './symbols.ts';

/** `a and b and c`: one flat node; parentheses start a new one. */
export function lowerBooleanOperator(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  let operatorNode = read.field(node, fields.operator);
  const type = read.typeId(operatorNode);
  const name = read.typeName(operatorNode);
  // The grammar nests to the left, so the operands come last first.
  const operands: Node[] = [];
  let at = node;
  while (read.code(at) === Sym.boolean_operator) {
    const nextOperator = read.field(at, fields.operator);
    if (read.typeId(nextOperator) !== type) break;
    operands.push(l.expression(read.field(at, fields.right)));
    operatorNode = nextOperator;
    at = read.field(at, fields.left);
  }
  operands.push(l.expression(at));
  return l.build.operation(read.start(node), read.end(node), l.operator(operatorNode, name), operands.reverse());
}

export function lowerBinary(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const operatorNode = read.field(node, fields.operator);
  const operator = l.operator(operatorNode, read.typeName(operatorNode));
  const operands = [l.expression(read.field(node, fields.left)), l.expression(read.field(node, fields.right))];
  return l.build.operation(read.start(node), read.end(node), operator, operands);
}

export function lowerUnary(l: PythonLowering, node: number): Node {
  const { read } = l;
  const operatorNode = node + 1;
  const operand = l.expression(read.field(node, l.fields.argument));
  const operator = l.operator(operatorNode, read.typeName(operatorNode));
  return l.build.operation(read.start(node), read.end(node), operator, [operand]);
}

/**
 * One operator: a binary operation. A chain is opaque, an `Other` from its first operator on: the reference loses
 * the first operand.
 */
export function lowerComparison(l: PythonLowering, node: number): Node {
  const { read } = l;
  const operators: number[] = [];
  const operands: number[] = [];
  const stop = read.after(node);
  for (let child = node + 1; child < stop; child = read.after(child)) {
    if (read.fills(child, l.fields.operators)) operators.push(child);
    else if (read.isPart(child)) operands.push(child);
  }
  const [first] = operators;
  if (operators.length !== 1 || first === undefined) return lowerComparisonChain(l, node, operators, operands);
  const lowered = l.expressions(operands);
  const name = comparisonName(l, first);
  const operator = l.operator(first, name === '<>' ? '!=' : name);
  return l.build.operation(read.start(node), read.end(node), operator, lowered);
}

function lowerComparisonChain(
  l: PythonLowering,
  node: number,
  operators: readonly number[],
  operands: readonly number[],
): Node {
  const { read } = l;
  const [first] = operators;
  const names = operators.map((operator) => comparisonName(l, operator)).join(' ');
  const start = first === undefined ? read.start(node) : read.start(first);
  const others = operands.slice(1).flatMap((operand, i): Node[] => {
    const operator = operators[i] ?? operand;
    return [l.operator(operator, read.slice(operator)), l.expression(operand)];
  });
  return l.build.other(start, read.end(node), `comparison ${names}`, '', others);
}

/** The two words of `not in` and `is not` may stand apart. */
function comparisonName(l: PythonLowering, operator: number): string {
  const text = l.read.slice(operator);
  return text.length <= 2 ? text : text.replace(/\s+/g, ' ');
}
