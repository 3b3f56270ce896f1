import { Kind, type Node, type Operation, type Operator } from '../tree/nodes.ts';

import type { PatternCompiler } from './compiler.ts';
import type { MatchContext, Matcher } from './match-context.ts';

/** Commutative and associative: left-over operands of the target are allowed. */
const AC_OPERATORS = new Set(['|', '&', '^']);
const LOGICAL_OPERATORS = new Set(['and', 'or', '&&', '||']);
const EQUALITY_OPERATORS = new Set(['==', '!=']);

/** Same operator; operands by the operator's algebra (semantics 03 §5). */
export function compileOperation(compiler: PatternCompiler, pattern: Operation): Matcher {
  const { options } = compiler;
  const name = pattern.operator.name;
  if (pattern.operands.length >= 2 && options.acMatching) {
    if (AC_OPERATORS.has(name) || (options.commutativeBoolop && LOGICAL_OPERATORS.has(name))) {
      return compileCommutative(compiler, pattern);
    }
    if (LOGICAL_OPERATORS.has(name)) return compileAssociative(compiler, pattern);
  }
  const last = pattern.operands[pattern.operands.length - 1];
  if (
    pattern.operands.length === 2 &&
    last?.kind === Kind.Ellipsis &&
    pattern.operands[0]?.kind !== Kind.Metavariable
  ) {
    return compileOperatorEllipsis(compiler, pattern);
  }
  return compileStructural(compiler, pattern);
}

function compileStructural(compiler: PatternCompiler, pattern: Operation): Matcher {
  const name = pattern.operator.name;
  const operands = pattern.operands.map((operand) => compiler.expression(operand));
  const symmetric = compiler.options.symmetricEq && EQUALITY_OPERATORS.has(name);
  return (node, context, done) => {
    if (node.kind !== Kind.Operation || node.operator.name !== name) return;
    matchInOrder(operands, node.operands, context, done);
    if (symmetric) matchInOrder(operands, [...node.operands].reverse(), context, done);
  };
}

function matchInOrder(
  matchers: readonly Matcher[],
  nodes: readonly Node[],
  context: MatchContext,
  done: () => void,
): void {
  if (matchers.length !== nodes.length) return;
  const step = (i: number): void => {
    const match = matchers[i];
    if (match === undefined) done();
    else match(nodes[i] as Node, context, () => step(i + 1));
  };
  step(0);
}

/** `a + b + ...`: the chain so far, followed by one operand or more. */
function compileOperatorEllipsis(compiler: PatternCompiler, pattern: Operation): Matcher {
  const name = pattern.operator.name;
  const matchLeft = compiler.expression(pattern.operands[0] as Node);
  return (node, context, done) => {
    let at: Node = node;
    while (at.kind === Kind.Operation && at.operator.name === name && at.operands.length === 2) {
      at = at.operands[0] as Node;
      matchLeft(at, context, done);
    }
  };
}

/** Operands of nested operations of the same operator, in order. */
function flatten(node: Node, operator: string, result: Node[] = []): Node[] {
  if (node.kind === Kind.Operation && node.operator.name === operator && node.operands.length > 1) {
    for (const operand of node.operands) flatten(operand, operator, result);
  } else result.push(node);
  return result;
}

/** `$X` takes one operand or more, `...` any number. */
function compileAssociative(compiler: PatternCompiler, pattern: Operation): Matcher {
  const name = pattern.operator.name;
  const patterns = flatten(pattern, name);
  type Step = (nodes: readonly Node[], at: number, operator: Operator, context: MatchContext, done: () => void) => void;
  let next: Step = (nodes, at, _operator, _context, done) => {
    if (at === nodes.length) done();
  };
  for (const operand of [...patterns].reverse()) {
    const rest = next;
    if (operand.kind === Kind.Ellipsis) {
      next = (nodes, at, operator, context, done) => {
        for (let to = at; to <= nodes.length; to++) rest(nodes, to, operator, context, done);
      };
      continue;
    }
    const match = compiler.expression(operand);
    const longest = operand.kind === Kind.Metavariable ? Number.POSITIVE_INFINITY : 1;
    next = (nodes, at, operator, context, done) => {
      for (let to = at + 1; to <= nodes.length && to - at <= longest; to++) {
        match(rebuild(nodes.slice(at, to), operator), context, () => rest(nodes, to, operator, context, done));
      }
    };
  }
  return (node, context, done) => {
    if (node.kind !== Kind.Operation || node.operator.name !== name || node.operands.length < 2) return;
    next(flatten(node, name), 0, node.operator, context, done);
  };
}

/** Consecutive operands as one operation again; the reference has it reach to the operator's token. */
function rebuild(nodes: readonly Node[], operator: Operator): Node {
  const first = nodes[0] as Node;
  const last = nodes[nodes.length - 1] as Node;
  if (nodes.length === 1) return first;
  const start = Math.min(first.start, operator.start);
  const end = Math.max(last.end, operator.end);
  return { kind: Kind.Operation, id: first.id, start, end, operator, operands: [...nodes] };
}

/**
 * Operands that are no variables match one to one in any order, and what the target has more is allowed; variables
 * then share what is left (at most three operands are shared out in every way, more in order).
 */
function compileCommutative(compiler: PatternCompiler, pattern: Operation): Matcher {
  const name = pattern.operator.name;
  const patterns = flatten(pattern, name).filter((operand) => operand.kind !== Kind.Ellipsis);
  const variables = patterns.filter((operand) => operand.kind === Kind.Metavariable);
  const fixed = patterns.filter((operand) => operand.kind !== Kind.Metavariable);
  const matchVariables = variables.map((variable) => compiler.expression(variable));
  if (fixed.length === 0) return compileSharing(name, matchVariables);
  const matchFixed = fixed.map((operand) => compiler.expression(operand));
  return (node, context, done) => {
    if (node.kind !== Kind.Operation || node.operator.name !== name || node.operands.length < 2) return;
    const { operator } = node;
    const targets = flatten(node, name);
    const step = (i: number, left: readonly Node[]): void => {
      const match = matchFixed[i];
      if (match === undefined) return share(matchVariables, left, operator, context, done);
      left.forEach((target, at) => {
        match(target, context, () => step(i + 1, [...left.slice(0, at), ...left.slice(at + 1)]));
      });
    };
    step(0, targets);
  };
}

function compileSharing(name: string, variables: readonly Matcher[]): Matcher {
  return (node, context, done) => {
    if (node.kind !== Kind.Operation || node.operator.name !== name || node.operands.length < 2) return;
    share(variables, flatten(node, name), node.operator, context, done);
  };
}

/** Of more operands than this each variable takes one, in order: sharing them out in every way would be 3^n. */
const MOST_SHARED_OPERANDS = 3;

function share(
  variables: readonly Matcher[],
  nodes: readonly Node[],
  operator: Operator,
  context: MatchContext,
  done: () => void,
): void {
  const [match, ...others] = variables;
  if (match === undefined) return done();
  if (nodes.length > MOST_SHARED_OPERANDS) {
    const [first, ...left] = nodes;
    if (first !== undefined) match(first, context, () => share(others, left, operator, context, done));
    return;
  }
  for (let mask = 1; mask < 1 << nodes.length; mask++) {
    const taken = nodes.filter((_node, i) => (mask & (1 << i)) !== 0);
    const left = nodes.filter((_node, i) => (mask & (1 << i)) === 0);
    match(rebuild(taken, operator), context, () => share(others, left, operator, context, done));
  }
}
