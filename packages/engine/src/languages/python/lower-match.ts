import type { Node } from '../../tree/nodes.ts';
import type { PythonLowering } from './lowering-context.ts';
import { ANY_CASE_NAME } from './placeholders.ts';
import { Sym } from './symbols.ts';

export function lowerMatch(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const subject = l.tupleOf(read.fields(node, fields.subject)) ?? l.other(node);
  const body = read.field(node, fields.body);
  const cases = body < 0 ? [] : read.parts(body).filter((child) => read.code(child) === Sym.case_clause);
  const written = cases.filter((child) => !(l.pattern && read.slice(child).includes(ANY_CASE_NAME)));
  const arms = written.map((child) => lowerCase(l, child));
  return l.build.switch(read.start(node), arms[arms.length - 1]?.end ?? read.end(node), subject, arms);
}

function lowerCase(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const patterns = read.parts(node).filter((child) => read.code(child) === Sym.case_pattern);
  const pattern = l.tupleOf(patterns) ?? l.other(node);
  const guard = read.field(node, fields.guard);
  const test = guard < 0 ? -1 : read.firstPart(guard);
  const body = l.body(read.field(node, fields.consequence));
  return l.build.case(read.start(node), body.end, pattern, l.optional(test), body);
}
