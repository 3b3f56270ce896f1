import type { Node } from '../../tree/nodes.ts';
import { lowerFor, lowerIf, lowerWhile, lowerWith } from './lower-control-flow.ts';
import { lowerClass, lowerDecorated, lowerFunction } from './lower-definition.ts';
import { lowerImport, lowerImportFrom, lowerImportFuture } from './lower-import.ts';
import { lowerMatch } from './lower-match.ts';
import { lowerTry } from './lower-try.ts';
import type { Handler, PythonLowering, SeveralHandler } from './lowering-context.ts';
import { Sym } from './symbols.ts';

function lowerExpressionStatement(l: PythonLowering, node: number): Node {
  const { read, build } = l;
  const start = read.start(node);
  const end = read.end(node);
  const lone = read.lonePart(node);
  if (lone >= 0) return build.expressionStatement(start, end, l.expression(lone));
  const parts = read.parts(node);
  const expression =
    parts.length === 1 && !read.hasChild(node, Sym[','])
      ? l.expression(parts[0] as number)
      : build.container(start, end, 'tuple', l.expressions(parts));
  return build.expressionStatement(start, end, expression);
}

function lowerReturn(l: PythonLowering, node: number): Node {
  const { read } = l;
  return l.build.return(read.start(node), read.end(node), l.tupleOf(read.parts(node)));
}

/** Ends before `from`. */
function lowerRaise(l: PythonLowering, node: number): Node {
  const { read } = l;
  const causeNode = read.field(node, l.fields.cause);
  const cause = l.optional(causeNode);
  const value = l.tupleOf(read.parts(node).filter((child) => child !== causeNode));
  const end = cause === null || value === null ? read.end(node) : value.end;
  return l.build.raise(read.start(node), end, value, cause);
}

function lowerAssert(l: PythonLowering, node: number): Node {
  const { read } = l;
  const [test, messageNode] = read.parts(node);
  if (test === undefined) return l.other(node);
  const message = messageNode === undefined ? null : l.expression(messageNode);
  return l.build.assert(read.start(node), read.end(node), l.expression(test), message);
}

/** The keyword does not belong to the range. */
function lowerDelete(l: PythonLowering, node: number): Node {
  const { read } = l;
  const inside = read.firstPart(node);
  if (inside < 0) return l.other(node);
  const targets = read.code(inside) === Sym.expression_list ? l.partExpressions(inside) : [l.expression(inside)];
  return l.build.delete(read.start(inside), read.end(inside), targets);
}

/** One statement a name, each starting at the keyword. */
function lowerScopeDeclarations(l: PythonLowering, node: number, keyword: 'global' | 'nonlocal'): Node[] {
  const { read } = l;
  return read.parts(node).map((child) => {
    return l.build.scopeDeclaration(read.start(node), read.end(child), keyword, [l.ident(child)]);
  });
}

function lowerJump(l: PythonLowering, node: number, keyword: string): Node {
  return l.build.jump(l.read.start(node), l.read.end(node), keyword);
}

/** Python 2: `print x, y` and `exec code in scope` are calls. */
function lowerKeywordCall(l: PythonLowering, node: number, name: string): Node {
  const { read, build } = l;
  const start = read.start(node);
  const end = read.end(node);
  const callee = build.name(start, start + name.length, name);
  const call = build.call(start, end, callee, l.partExpressions(node));
  return build.expressionStatement(start, end, call);
}

/** Handlers of statements by grammar symbol. */
export const STATEMENTS: Readonly<Record<string, Handler>> = {
  expression_statement: lowerExpressionStatement,
  if_statement: lowerIf,
  while_statement: lowerWhile,
  for_statement: lowerFor,
  try_statement: lowerTry,
  with_statement: lowerWith,
  function_definition: lowerFunction,
  class_definition: lowerClass,
  decorated_definition: lowerDecorated,
  return_statement: lowerReturn,
  raise_statement: lowerRaise,
  assert_statement: lowerAssert,
  delete_statement: lowerDelete,
  pass_statement: (l, n) => lowerJump(l, n, 'pass'),
  break_statement: (l, n) => lowerJump(l, n, 'break'),
  continue_statement: (l, n) => lowerJump(l, n, 'continue'),
  import_from_statement: lowerImportFrom,
  print_statement: (l, n) => lowerKeywordCall(l, n, 'print'),
  exec_statement: (l, n) => lowerKeywordCall(l, n, 'exec'),
  match_statement: lowerMatch,
};

/** Handlers of statements that stand for several. */
export const SEVERAL_STATEMENTS: Readonly<Record<string, SeveralHandler>> = {
  import_statement: lowerImport,
  future_import_statement: lowerImportFuture,
  global_statement: (l, n) => lowerScopeDeclarations(l, n, 'global'),
  nonlocal_statement: (l, n) => lowerScopeDeclarations(l, n, 'nonlocal'),
};
