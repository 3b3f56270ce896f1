import { type Constant, type Container, Kind, type Node } from '../../tree/nodes.ts';
import { lowerAssignment, lowerCompoundAssignment, lowerWalrus } from './lower-assignment.ts';
import { lowerCall, lowerKeywordArgument, lowerSpread } from './lower-call.ts';
import { lowerComprehension, lowerForClause, lowerIfClause } from './lower-comprehension.ts';
import { lowerFloat, lowerInteger } from './lower-number.ts';
import { lowerBinary, lowerBooleanOperator, lowerComparison, lowerUnary } from './lower-operation.ts';
import { lowerLambda } from './lower-parameter.ts';
import { lowerConcatenatedString, lowerHole, lowerString } from './lower-string.ts';
import { lowerGenericType, lowerSlice, lowerSubscript } from './lower-subscript.ts';
import type { Handler, PythonLowering } from './lowering-context.ts';
import { Sym } from './symbols.ts';

/** Parentheses vanish, but the range includes them. */
function lowerParenthesized(l: PythonLowering, node: number): Node {
  const { read } = l;
  const inside = read.firstPart(node);
  if (inside < 0) return l.other(node);
  const expression = l.expression(inside);
  if (expression.kind === Kind.Yield) return expression;
  expression.start = read.start(node);
  expression.end = read.end(node);
  return expression;
}

function lowerAttribute(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const object = l.expression(read.field(node, fields.object));
  const property = l.ident(read.field(node, fields.attribute));
  return l.build.member(read.start(node), read.end(node), object, property);
}

function lowerConstant(l: PythonLowering, node: number, name: Constant['name']): Node {
  return l.build.constant(l.read.start(node), l.read.end(node), name);
}

function lowerContainer(l: PythonLowering, node: number, shape: Container['shape']): Node {
  return l.build.container(l.read.start(node), l.read.end(node), shape, l.partExpressions(node));
}

/** `(a) = …` is no tuple. */
function lowerTuplePattern(l: PythonLowering, node: number): Node {
  const { read } = l;
  const isTuple = read.parts(node).length !== 1 || read.hasChild(node, Sym[',']);
  return isTuple ? lowerContainer(l, node, 'tuple') : lowerParenthesized(l, node);
}

/** An entry of a dictionary. */
function lowerPair(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const entry = [l.expression(read.field(node, fields.key)), l.expression(read.field(node, fields.value))];
  return l.build.container(read.start(node), read.end(node), 'tuple', entry);
}

/** `consequence if test else alternative`. */
function lowerConditional(l: PythonLowering, node: number): Node {
  const { read } = l;
  const [consequenceNode, testNode, alternativeNode] = read.parts(node);
  if (consequenceNode === undefined || testNode === undefined || alternativeNode === undefined) return l.other(node);
  const test = l.expression(testNode);
  const consequence = l.expression(consequenceNode);
  return l.build.conditional(read.start(node), read.end(node), test, consequence, l.expression(alternativeNode));
}

function lowerAwait(l: PythonLowering, node: number): Node {
  const { read } = l;
  const value = read.firstPart(node);
  return value < 0 ? l.other(node) : l.build.await(read.start(node), read.end(node), l.expression(value));
}

function lowerYield(l: PythonLowering, node: number): Node {
  const { read } = l;
  const value = l.tupleOf(read.parts(node));
  return l.build.yield(read.start(node), read.end(node), read.hasChild(node, Sym.from), value);
}

/** A transparent wrapper of the grammar. */
function lowerInside(l: PythonLowering, node: number): Node {
  const [only, more] = l.read.parts(node);
  return only === undefined || more !== undefined ? l.other(node) : l.expression(only);
}

/** A sign in front of a number is no node of its own: what is negative is not the number. */
function lowerCasePattern(l: PythonLowering, node: number): Node {
  const [first] = l.read.parts(node);
  const isSigned = first !== undefined && l.read.slice(node).startsWith('-');
  return isSigned ? l.other(node) : lowerInside(l, node);
}

function lowerDottedName(l: PythonLowering, node: number): Node {
  const { read } = l;
  const parts = read.parts(node);
  const [first] = parts;
  if (first === undefined) return l.other(node);
  let result = l.identifier(first);
  for (const part of parts.slice(1)) {
    result = l.build.member(read.start(node), read.end(part), result, l.ident(part));
  }
  return result;
}

/** Handlers of expressions by grammar symbol. */
export const EXPRESSIONS: Readonly<Record<string, Handler>> = {
  identifier: (l, n) => l.identifier(n),
  integer: lowerInteger,
  float: lowerFloat,
  string: lowerString,
  concatenated_string: lowerConcatenatedString,
  true: (l, n) => lowerConstant(l, n, 'true'),
  false: (l, n) => lowerConstant(l, n, 'false'),
  none: (l, n) => lowerConstant(l, n, 'null'),
  ellipsis: (l, n) => l.build.name(l.read.start(n), l.read.end(n), '...'),
  call: lowerCall,
  keyword_argument: lowerKeywordArgument,
  list_splat: (l, n) => lowerSpread(l, n, '*'),
  dictionary_splat: (l, n) => lowerSpread(l, n, '**'),
  list_splat_pattern: (l, n) => lowerSpread(l, n, '*'),
  parenthesized_list_splat: lowerParenthesized,
  attribute: lowerAttribute,
  subscript: lowerSubscript,
  slice: lowerSlice,
  parenthesized_expression: lowerParenthesized,
  boolean_operator: lowerBooleanOperator,
  binary_operator: lowerBinary,
  unary_operator: lowerUnary,
  not_operator: lowerUnary,
  comparison_operator: lowerComparison,
  conditional_expression: lowerConditional,
  named_expression: lowerWalrus,
  await: lowerAwait,
  yield: lowerYield,
  lambda: lowerLambda,
  list: (l, n) => lowerContainer(l, n, 'list'),
  tuple: (l, n) => lowerContainer(l, n, 'tuple'),
  expression_list: (l, n) => lowerContainer(l, n, 'tuple'),
  pattern_list: (l, n) => lowerContainer(l, n, 'tuple'),
  tuple_pattern: lowerTuplePattern,
  list_pattern: (l, n) => lowerContainer(l, n, 'list'),
  set: (l, n) => lowerContainer(l, n, 'set'),
  dictionary: (l, n) => lowerContainer(l, n, 'dict'),
  pair: lowerPair,
  list_comprehension: (l, n) => lowerComprehension(l, n, 'list'),
  set_comprehension: (l, n) => lowerComprehension(l, n, 'set'),
  // Entries are tuples, so a dictionary comprehension is a set comprehension of tuples, as in the reference.
  dictionary_comprehension: (l, n) => lowerComprehension(l, n, 'set'),
  generator_expression: (l, n) => lowerComprehension(l, n, 'generator'),
  for_in_clause: lowerForClause,
  if_clause: lowerIfClause,
  assignment: lowerAssignment,
  augmented_assignment: lowerCompoundAssignment,
  interpolation: lowerHole,
  format_expression: lowerHole,
  type: lowerInside,
  generic_type: lowerGenericType,
  case_pattern: lowerCasePattern,
  dotted_name: lowerDottedName,
};
