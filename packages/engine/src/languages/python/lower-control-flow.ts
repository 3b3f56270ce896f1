import type { Block, Node } from '../../tree/nodes.ts';
import type { PythonLowering } from './lowering-context.ts';
import { Sym } from './symbols.ts';

/** `elif` clauses become nested `If`s in the `else` branch. */
export function lowerIf(l: PythonLowering, node: number): Node {
  return lowerIfFrom(l, node, l.read.fields(node, l.fields.alternative), 0);
}

/** `node` is the statement or an `elif` clause; its `else` branch is the clause at `at`. */
function lowerIfFrom(l: PythonLowering, node: number, clauses: readonly number[], at: number): Node {
  const { read, build, fields } = l;
  const clause = clauses[at];
  let alternative: Node | null = null;
  if (clause !== undefined && read.code(clause) === Sym.elif_clause) {
    const nested = lowerIfFrom(l, clause, clauses, at + 1);
    alternative = build.block(nested.start, nested.end, [nested]);
  } else if (clause !== undefined) {
    alternative = l.body(read.field(clause, fields.body));
  }
  const test = l.expression(read.field(node, fields.condition));
  const consequence = l.body(read.field(node, fields.consequence));
  return build.if(read.start(node), (alternative ?? consequence).end, test, consequence, alternative);
}

/** Ends before `else`. */
export function lowerWhile(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const test = l.expression(read.field(node, fields.condition));
  const body = l.body(read.field(node, fields.body));
  return l.build.while(read.start(node), body.end, test, body, lowerElse(l, node));
}

/** Starts at `for` even where `async` precedes it, and ends before `else`. */
export function lowerFor(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const target = l.expression(read.field(node, fields.left));
  const iterable = l.expression(read.field(node, fields.right));
  const body = l.body(read.field(node, fields.body));
  const start = read.start(read.child(node, Sym.for));
  const isAsync = read.hasChild(node, Sym.async);
  return l.build.for(start, body.end, isAsync, target, iterable, body, lowerElse(l, node));
}

function lowerElse(l: PythonLowering, node: number): Block | null {
  const clause = l.read.field(node, l.fields.alternative);
  return clause < 0 ? null : l.body(l.read.field(clause, l.fields.body));
}

/** Several items are nested statements, each from its item to the end. */
export function lowerWith(l: PythonLowering, node: number): Node {
  const { read, build } = l;
  const clause = read.child(node, Sym.with_clause);
  const items = clause < 0 ? [] : read.parts(clause);
  const isAsync = read.hasChild(node, Sym.async);
  let body: Node = l.body(read.field(node, l.fields.body));
  const { end } = body;
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i] as number;
    const { value, target } = lowerWithItem(l, item);
    const statement = build.with(read.start(item), end, isAsync, value, target, body);
    if (i === 0) return statement;
    body = build.block(statement.start, end, [statement]);
  }
  return l.other(node);
}

function lowerWithItem(l: PythonLowering, node: number): { value: Node; target: Node | null } {
  const { read, fields } = l;
  const valueNode = read.field(node, fields.value);
  if (read.code(valueNode) !== Sym.as_pattern) return { value: l.expression(valueNode), target: null };
  const alias = read.field(valueNode, fields.alias);
  const targetNode = alias < 0 ? -1 : read.firstPart(alias);
  const inside = read.firstPart(valueNode);
  const value = l.expression(inside < 0 ? valueNode : inside);
  return { value, target: l.optional(targetNode) };
}
