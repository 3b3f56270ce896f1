import type { Node } from '../../tree/nodes.ts';
import type { PythonLowering } from './lowering-context.ts';
import { Sym } from './symbols.ts';

/** The targets of `a = b = c` are one tuple, as the reference has it. */
export function lowerAssignment(l: PythonLowering, node: number): Node {
  const { read, build, fields } = l;
  const type = read.field(node, fields.type);
  const first = l.expression(read.field(node, fields.left));
  let value = read.field(node, fields.right);
  let target = first;
  if (value >= 0 && read.code(value) === Sym.assignment) {
    const targets = [first];
    let last = first;
    while (value >= 0 && read.code(value) === Sym.assignment) {
      last = l.expression(read.field(value, fields.left));
      targets.push(last);
      value = read.field(value, fields.right);
    }
    target = build.container(first.start, last.end, 'tuple', targets);
  }
  return build.assign(read.start(node), read.end(node), '=', target, l.optional(type), l.optional(value));
}

/** `a += b`. */
export function lowerCompoundAssignment(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const operatorNode = read.field(node, fields.operator);
  const operator = l.operator(operatorNode, read.slice(operatorNode));
  const target = l.expression(read.field(node, fields.left));
  const value = l.expression(read.field(node, fields.right));
  return l.build.compoundAssign(read.start(node), read.end(node), operator, target, value);
}

/** `a := b`. */
export function lowerWalrus(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const target = l.identifier(read.field(node, fields.name));
  const value = l.expression(read.field(node, fields.value));
  return l.build.assign(read.start(node), read.end(node), '=', target, null, value);
}
