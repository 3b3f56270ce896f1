import {
  type Assert,
  type Assign,
  type Block,
  type Case,
  type ExpressionStatement,
  type For,
  type Handler,
  type If,
  Kind,
  type Node,
  type Raise,
  type Return,
  type Switch,
  type Try,
  type While,
  type With,
} from '../tree/nodes.ts';
import { compileList, compileUnordered } from './compile-list.ts';
import { compileBody } from './compile-sequence.ts';
import type { PatternCompiler } from './compiler.ts';
import { forEachImplicitExpression } from './deep.ts';
import type { MatchContext, Matcher } from './match-context.ts';

type StatementNode =
  | ExpressionStatement
  | Block
  | If
  | While
  | For
  | Try
  | Handler
  | With
  | Return
  | Raise
  | Assert
  | Switch
  | Case
  | Assign;

/** Statements, and assignments as expressions (semantics 03 §3 and §4). */
export function compileStatement(compiler: PatternCompiler, pattern: StatementNode): Matcher {
  switch (pattern.kind) {
    case Kind.ExpressionStatement:
      return compileExpressionStatement(compiler, pattern);
    case Kind.Block:
      return compileBody(compiler, pattern);
    case Kind.If:
      return compileIf(compiler, pattern);
    case Kind.While:
      return compileWhile(compiler, pattern);
    case Kind.For:
      return compileFor(compiler, pattern);
    case Kind.Try:
      return compileTry(compiler, pattern);
    case Kind.Handler:
      return compileHandler(compiler, pattern);
    case Kind.With:
      return compileWith(compiler, pattern);
    case Kind.Return:
      return compileReturn(compiler, pattern);
    case Kind.Raise:
      return compileRaise(compiler, pattern);
    case Kind.Assert:
      return compileAssert(compiler, pattern);
    case Kind.Switch:
      return compileSwitch(compiler, pattern);
    case Kind.Case:
      return compileCase(compiler, pattern);
    case Kind.Assign:
      return compileAssign(compiler, pattern);
  }
}

/** Runs matchers one after the other, each on its part of the node. */
type Part = (context: MatchContext, done: () => void) => void;
function inTurn(context: MatchContext, done: () => void, parts: readonly Part[]): void {
  const step = (i: number): void => {
    const part = parts[i];
    if (part === undefined) done();
    else part(context, () => step(i + 1));
  };
  step(0);
}

/** `$S` is any statement; any other expression is also found inside the statement's values. */
function compileExpressionStatement(compiler: PatternCompiler, pattern: ExpressionStatement): Matcher {
  const { expression } = pattern;
  const match = compiler.root(expression);
  if (expression.kind === Kind.Metavariable || expression.kind === Kind.Ellipsis) {
    return (node, context, done) => match(node, context, done);
  }
  if (expression.kind === Kind.Deep) {
    return (node, context, done) => match(node, context, done);
  }
  if (!compiler.options.implicitDeepExprstmt) {
    return (node, context, done) => {
      if (node.kind === Kind.ExpressionStatement) match(node.expression, context, done);
    };
  }
  return (node, context, done) => forEachImplicitExpression(node, (inner) => match(inner, context, done));
}

/** A block that holds one statement is that statement. */
function compileIf(compiler: PatternCompiler, pattern: If): Matcher {
  const matchTest = compiler.expression(pattern.test);
  const matchThen = compileBody(compiler, pattern.consequence);
  const matchElse = pattern.alternative === null ? null : compileBody(compiler, pattern.alternative);
  return (node, context, done) => {
    if (node.kind !== Kind.If) return;
    const { alternative } = node;
    if (matchElse !== null && alternative === null) return;
    inTurn(context, done, [
      (c, k) => matchTest(node.test, c, k),
      (c, k) => matchThen(node.consequence, c, k),
      (c, k) => (matchElse === null || alternative === null ? k() : matchElse(alternative, c, k)),
    ]);
  };
}

function compileWhile(compiler: PatternCompiler, pattern: While): Matcher {
  const matchTest = compiler.expression(pattern.test);
  const matchBody = compileBody(compiler, pattern.body);
  const matchElse = compiler.optional(pattern.alternative);
  return (node, context, done) => {
    if (node.kind !== Kind.While) return;
    inTurn(context, done, [
      (c, k) => matchTest(node.test, c, k),
      (c, k) => matchBody(node.body, c, k),
      (c, k) => matchElse(node.alternative, c, k),
    ]);
  };
}

/** `for (...)`-style headers are one ellipsis in the target's place. */
function compileFor(compiler: PatternCompiler, pattern: For): Matcher {
  const matchTarget = compiler.root(pattern.target);
  const matchIterable = compiler.expression(pattern.iterable);
  const matchBody = compileBody(compiler, pattern.body);
  const matchElse = compiler.optional(pattern.alternative);
  return (node, context, done) => {
    if (node.kind !== Kind.For || (pattern.isAsync && !node.isAsync)) return;
    inTurn(context, done, [
      (c, k) => matchTarget(node.target, c, k),
      (c, k) => matchIterable(node.iterable, c, k),
      (c, k) => matchBody(node.body, c, k),
      (c, k) => matchElse(node.alternative, c, k),
    ]);
  };
}

/** Handlers in any order, others allowed; `else` and `finally` must agree in presence. */
function compileTry(compiler: PatternCompiler, pattern: Try): Matcher {
  const matchBody = compileBody(compiler, pattern.body);
  const matchHandlers = compileUnordered(compiler, pattern.handlers, { exact: false });
  const matchElse = compiler.exact(pattern.alternative);
  const matchFinally = compiler.exact(pattern.finalizer);
  return (node, context, done) => {
    if (node.kind !== Kind.Try) return;
    inTurn(context, done, [
      (c, k) => matchBody(node.body, c, k),
      (c, k) => matchHandlers(node.handlers, c, k),
      (c, k) => matchElse(node.alternative, c, k),
      (c, k) => matchFinally(node.finalizer, c, k),
    ]);
  };
}

/** Without `as`, a tuple of exceptions is a list of them, one exception a list of one. */
function exceptionTypes({ type, name }: Handler): readonly Node[] {
  if (type === null) return [];
  return name === null && type.kind === Kind.Container && type.shape === 'tuple' ? type.elements : [type];
}

/** `except ...:` is any clause. `except $E` is one exception; `as` must agree in presence. */
function compileHandler(compiler: PatternCompiler, pattern: Handler): Matcher {
  const isAny = pattern.type?.kind === Kind.Ellipsis && pattern.name === null;
  const matchTypes = compileList(compiler, exceptionTypes(pattern), { sequences: false, prefix: false });
  const matchName = compiler.exact(pattern.name);
  const matchBody = compileBody(compiler, pattern.body);
  return (node, context, done) => {
    if (node.kind !== Kind.Handler) return;
    if (isAny) return matchBody(node.body, context, done);
    inTurn(context, done, [
      (c, k) => matchTypes(exceptionTypes(node), c, k),
      (c, k) => matchName(node.name, c, k),
      (c, k) => matchBody(node.body, c, k),
    ]);
  };
}

/** `with $X` binds `a as b`. */
function compileWith(compiler: PatternCompiler, pattern: With): Matcher {
  const matchValue = compiler.expression(pattern.value);
  const matchTarget = compiler.exact(pattern.target);
  const matchBody = compileBody(compiler, pattern.body);
  const bindsItem =
    pattern.target === null && (pattern.value.kind === Kind.Metavariable || pattern.value.kind === Kind.Ellipsis);
  return (node, context, done) => {
    if (node.kind !== Kind.With || (pattern.isAsync && !node.isAsync)) return;
    if (bindsItem && node.target !== null) {
      return matchValue(withItem(node), context, () => matchBody(node.body, context, done));
    }
    inTurn(context, done, [
      (c, k) => matchValue(node.value, c, k),
      (c, k) => matchTarget(node.target, c, k),
      (c, k) => matchBody(node.body, c, k),
    ]);
  };
}

/** `a as b` as one node. */
export function withItem(node: With): Node {
  const { value, target } = node;
  const children = target === null ? [value] : [value, target];
  const { end } = target ?? value;
  return { kind: Kind.Other, id: value.id, start: value.start, end, type: 'with item', text: '', children };
}

/** `return ...` also matches a bare `return`. */
function compileReturn(compiler: PatternCompiler, pattern: Return): Matcher {
  const matchValue = compiler.exact(pattern.value);
  const isAny = pattern.value?.kind === Kind.Ellipsis;
  return (node, context, done) => {
    if (node.kind !== Kind.Return) return;
    if (isAny) done();
    else matchValue(node.value, context, done);
  };
}

function compileRaise(compiler: PatternCompiler, pattern: Raise): Matcher {
  const matchValue = compiler.exact(pattern.value);
  const matchCause = compiler.optional(pattern.cause);
  return (node, context, done) => {
    if (node.kind !== Kind.Raise) return;
    matchValue(node.value, context, () => matchCause(node.cause, context, done));
  };
}

function compileAssert(compiler: PatternCompiler, pattern: Assert): Matcher {
  const isAny = pattern.test.kind === Kind.Ellipsis && pattern.message === null;
  const matchTest = compiler.expression(pattern.test);
  const matchMessage =
    pattern.message?.kind === Kind.Ellipsis ? compiler.optional(null) : compiler.exact(pattern.message);
  return (node, context, done) => {
    if (node.kind !== Kind.Assert) return;
    if (isAny) return done();
    matchTest(node.test, context, () => matchMessage(node.message, context, done));
  };
}

/** Cases in any order, others allowed. */
function compileSwitch(compiler: PatternCompiler, pattern: Switch): Matcher {
  const matchSubject = compiler.expression(pattern.subject);
  const matchCases = compileUnordered(compiler, pattern.cases, { exact: false });
  return (node, context, done) => {
    if (node.kind !== Kind.Switch) return;
    matchSubject(node.subject, context, () => matchCases(node.cases, context, done));
  };
}

/** A written `case ...` matches nothing in the reference. */
function compileCase(compiler: PatternCompiler, pattern: Case): Matcher {
  if (pattern.pattern.kind === Kind.Ellipsis) return () => {};
  const matchPattern = compiler.root(pattern.pattern);
  const matchGuard = compiler.exact(pattern.guard);
  const matchBody = compileBody(compiler, pattern.body);
  return (node, context, done) => {
    if (node.kind !== Kind.Case) return;
    inTurn(context, done, [
      (c, k) => matchPattern(node.pattern, c, k),
      (c, k) => matchGuard(node.guard, c, k),
      (c, k) => matchBody(node.body, c, k),
    ]);
  };
}

/** `$X = $Y` includes annotated assignments; `$X: $T` is only a declaration without a value. */
function compileAssign(compiler: PatternCompiler, pattern: Assign): Matcher {
  const matchTarget = compiler.root(pattern.target);
  const matchValue = compiler.exact(pattern.value);
  const matchAnnotation =
    pattern.value === null ? compiler.exact(pattern.annotation) : compiler.optional(pattern.annotation);
  return (node, context, done) => {
    if (node.kind !== Kind.Assign || node.operator !== pattern.operator) return;
    if (node.annotation !== null && pattern.annotation === null && !compiler.options.vardefAssign) return;
    inTurn(context, done, [
      (c, k) => matchTarget(node.target, c, k),
      (c, k) => matchValue(node.value, c, k),
      (c, k) => matchAnnotation(node.annotation, c, k),
    ]);
  };
}
