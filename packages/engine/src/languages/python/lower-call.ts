import { Kind, type Node } from '../../tree/nodes.ts';
import { lowerComprehension } from './lower-comprehension.ts';
import type { PythonLowering } from './lowering-context.ts';
import { DEEP_NAME } from './placeholders.ts';
import { Sym } from './symbols.ts';

/** A call; in patterns also `<... E ...>`, which is written as one. */
export function lowerCall(l: PythonLowering, node: number): Node {
  const { read, build, fields } = l;
  const functionNode = read.field(node, fields.function);
  const argumentsNode = read.field(node, fields.arguments);
  const args = argumentsNode < 0 ? [] : lowerArguments(l, argumentsNode);
  if (l.pattern && read.slice(functionNode) === DEEP_NAME && args[0] !== undefined) {
    return build.deep(read.start(node), read.end(node), args[0]);
  }
  const callee = l.expression(functionNode);
  if (callee.kind === Kind.Name && KEYWORDS_OF_PYTHON_2.has(callee.name) && l.isPython2)
    parenthesize(l, args, argumentsNode);
  // The grammar takes `[*f(x)]` for a call of `*f`.
  if (callee.kind === Kind.Spread) {
    const call = build.call(callee.value.start, read.end(node), callee.value, args);
    return build.spread(callee.start, read.end(node), callee.operator, call);
  }
  return build.call(read.start(node), read.end(node), callee, args);
}

const KEYWORDS_OF_PYTHON_2 = new Set(['print', 'exec']);

/** `print(1)` in Python 2 prints an expression in parentheses. */
function parenthesize(l: PythonLowering, args: readonly Node[], node: number): void {
  const [only] = args;
  if (args.length !== 1 || only === undefined) return;
  only.start = l.read.start(node);
  only.end = l.read.end(node);
}

function lowerArguments(l: PythonLowering, node: number): Node[] {
  if (l.read.code(node) === Sym.generator_expression) return [lowerBareGenerator(l, node)];
  return l.partExpressions(node);
}

/** `f(x for x in y)`: the reference takes the lone argument for a list comprehension without brackets. */
function lowerBareGenerator(l: PythonLowering, node: number): Node {
  const comprehension = lowerComprehension(l, node, 'list');
  if (comprehension.kind !== Kind.Comprehension) return comprehension;
  comprehension.start = comprehension.element.start;
  comprehension.end = comprehension.clauses[comprehension.clauses.length - 1]?.end ?? comprehension.end;
  return comprehension;
}

export function lowerKeywordArgument(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const name = l.ident(read.field(node, fields.name));
  const value = l.expression(read.field(node, fields.value));
  return l.build.keyword(read.start(node), read.end(node), name, value);
}

/** `*e` and `**e`. */
export function lowerSpread(l: PythonLowering, node: number, operator: string): Node {
  const { read } = l;
  const value = read.firstPart(node);
  if (value < 0) return l.other(node);
  const expression = l.expression(value);
  // In a dictionary the pattern `...` is written as a spread (placeholders.ts).
  if (l.pattern && operator === '**' && expression.kind === Kind.Ellipsis) return expression;
  return l.build.spread(read.start(node), read.end(node), operator, expression);
}
