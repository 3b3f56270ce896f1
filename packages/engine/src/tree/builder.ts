import type * as N from './nodes.ts';
import { Kind, type Node } from './nodes.ts';

/** Creates nodes with every field set and ids that count up; one builder a tree. */
export class TreeBuilder {
  /** One more than the greatest id handed out. */
  count = 0;

  name(start: number, end: number, name: string): N.Name {
    return { kind: Kind.Name, id: this.count++, start, end, name, token: start, reference: null };
  }
  ident(start: number, end: number, name: string): N.Ident {
    return { kind: Kind.Ident, id: this.count++, start, end, name, reference: null };
  }
  int(start: number, end: number, value: bigint | null, text: string): N.Int {
    return { kind: Kind.Int, id: this.count++, start, end, value, text };
  }
  float(start: number, end: number, value: number, text: string): N.Float {
    return { kind: Kind.Float, id: this.count++, start, end, value, text };
  }
  str(
    start: number,
    end: number,
    value: string,
    prefix: string,
    contentStart: number,
    contentEnd: number,
    piece: boolean,
  ): N.Str {
    return {
      kind: Kind.Str,
      id: this.count++,
      start,
      end,
      value,
      prefix,
      contentStart,
      contentEnd,
      piece,
    };
  }
  concat(start: number, end: number, parts: Node[]): N.Concat {
    return { kind: Kind.Concat, id: this.count++, start, end, parts };
  }
  interpolated(start: number, end: number, prefix: string, parts: Node[]): N.Interpolated {
    return { kind: Kind.Interpolated, id: this.count++, start, end, prefix, parts };
  }
  hole(start: number, end: number, expression: Node, format: string, nested: Node[]): N.Hole {
    return { kind: Kind.Hole, id: this.count++, start, end, expression, format, nested };
  }
  constant(start: number, end: number, name: N.Constant['name']): N.Constant {
    return { kind: Kind.Constant, id: this.count++, start, end, name };
  }
  call(start: number, end: number, callee: Node, args: Node[]): N.Call {
    return { kind: Kind.Call, id: this.count++, start, end, callee, args };
  }
  keyword(start: number, end: number, name: Node, value: Node): N.Keyword {
    return { kind: Kind.Keyword, id: this.count++, start, end, name, value };
  }
  spread(start: number, end: number, operator: string, value: Node): N.Spread {
    return { kind: Kind.Spread, id: this.count++, start, end, operator, value };
  }
  member(start: number, end: number, object: Node, property: Node): N.Member {
    return { kind: Kind.Member, id: this.count++, start, end, object, property };
  }
  index(start: number, end: number, object: Node, index: Node): N.Index {
    return { kind: Kind.Index, id: this.count++, start, end, object, index };
  }
  slice(start: number, end: number, lower: Node | null, upper: Node | null, step: Node | null): N.Slice {
    return { kind: Kind.Slice, id: this.count++, start, end, lower, upper, step };
  }
  operation(start: number, end: number, operator: N.Operator, operands: Node[]): N.Operation {
    return { kind: Kind.Operation, id: this.count++, start, end, operator, operands };
  }
  operator(start: number, end: number, name: string): N.Operator {
    return { kind: Kind.Operator, id: this.count++, start, end, name };
  }
  assign(
    start: number,
    end: number,
    operator: string,
    target: Node,
    annotation: Node | null,
    value: Node | null,
  ): N.Assign {
    return {
      kind: Kind.Assign,
      id: this.count++,
      start,
      end,
      operator,
      target,
      annotation,
      value,
    };
  }
  compoundAssign(start: number, end: number, operator: N.Operator, target: Node, value: Node): N.CompoundAssign {
    return { kind: Kind.CompoundAssign, id: this.count++, start, end, operator, target, value };
  }
  conditional(start: number, end: number, test: Node, consequence: Node, alternative: Node): N.Conditional {
    return { kind: Kind.Conditional, id: this.count++, start, end, test, consequence, alternative };
  }
  await(start: number, end: number, value: Node): N.Await {
    return { kind: Kind.Await, id: this.count++, start, end, value };
  }
  yield(start: number, end: number, delegate: boolean, value: Node | null): N.Yield {
    return { kind: Kind.Yield, id: this.count++, start, end, delegate, value };
  }
  lambda(start: number, end: number, parameters: Node[], body: Node): N.Lambda {
    return { kind: Kind.Lambda, id: this.count++, start, end, parameters, body };
  }
  container(start: number, end: number, shape: N.Container['shape'], elements: Node[]): N.Container {
    return { kind: Kind.Container, id: this.count++, start, end, shape, elements };
  }
  pair(start: number, end: number, key: Node, value: Node): N.Pair {
    return { kind: Kind.Pair, id: this.count++, start, end, key, value };
  }
  comprehension(
    start: number,
    end: number,
    shape: N.Comprehension['shape'],
    element: Node,
    clauses: Node[],
  ): N.Comprehension {
    return {
      kind: Kind.Comprehension,
      id: this.count++,
      start,
      end,
      shape,
      element,
      clauses,
    };
  }
  comprehensionFor(start: number, end: number, target: Node, iterable: Node): N.ComprehensionFor {
    return { kind: Kind.ComprehensionFor, id: this.count++, start, end, target, iterable };
  }
  comprehensionIf(start: number, end: number, test: Node): N.ComprehensionIf {
    return { kind: Kind.ComprehensionIf, id: this.count++, start, end, test };
  }
  modulePath(start: number, end: number, dots: number, parts: Node[]): N.ModulePath {
    return { kind: Kind.ModulePath, id: this.count++, start, end, dots, parts };
  }
  expressionStatement(start: number, end: number, expression: Node): N.ExpressionStatement {
    return { kind: Kind.ExpressionStatement, id: this.count++, start, end, expression };
  }
  block(start: number, end: number, statements: Node[]): N.Block {
    return { kind: Kind.Block, id: this.count++, start, end, statements };
  }
  if(start: number, end: number, test: Node, consequence: Node, alternative: Node | null): N.If {
    return { kind: Kind.If, id: this.count++, start, end, test, consequence, alternative };
  }
  while(start: number, end: number, test: Node, body: Node, alternative: Node | null): N.While {
    return { kind: Kind.While, id: this.count++, start, end, test, body, alternative };
  }
  for(
    start: number,
    end: number,
    isAsync: boolean,
    target: Node,
    iterable: Node,
    body: Node,
    alternative: Node | null,
  ): N.For {
    return {
      kind: Kind.For,
      id: this.count++,
      start,
      end,
      isAsync,
      target,
      iterable,
      body,
      alternative,
    };
  }
  try(
    start: number,
    end: number,
    body: Node,
    handlers: Node[],
    alternative: Node | null,
    finalizer: Node | null,
  ): N.Try {
    return {
      kind: Kind.Try,
      id: this.count++,
      start,
      end,
      body,
      handlers,
      alternative,
      finalizer,
    };
  }
  handler(start: number, end: number, type: Node | null, name: Node | null, body: Node): N.Handler {
    return { kind: Kind.Handler, id: this.count++, start, end, type, name, body };
  }
  with(start: number, end: number, isAsync: boolean, value: Node, target: Node | null, body: Node): N.With {
    return { kind: Kind.With, id: this.count++, start, end, isAsync, value, target, body };
  }
  return(start: number, end: number, value: Node | null): N.Return {
    return { kind: Kind.Return, id: this.count++, start, end, value };
  }
  raise(start: number, end: number, value: Node | null, cause: Node | null): N.Raise {
    return { kind: Kind.Raise, id: this.count++, start, end, value, cause };
  }
  assert(start: number, end: number, test: Node, message: Node | null): N.Assert {
    return { kind: Kind.Assert, id: this.count++, start, end, test, message };
  }
  delete(start: number, end: number, targets: Node[]): N.Delete {
    return { kind: Kind.Delete, id: this.count++, start, end, targets };
  }
  scopeDeclaration(start: number, end: number, keyword: string, names: Node[]): N.ScopeDeclaration {
    return { kind: Kind.ScopeDeclaration, id: this.count++, start, end, keyword, names };
  }
  jump(start: number, end: number, keyword: string): N.Jump {
    return { kind: Kind.Jump, id: this.count++, start, end, keyword };
  }
  import(start: number, end: number, module: Node, alias: Node | null): N.Import {
    return { kind: Kind.Import, id: this.count++, start, end, module, alias };
  }
  importFrom(start: number, end: number, module: Node, names: Node[], wildcard: boolean): N.ImportFrom {
    return { kind: Kind.ImportFrom, id: this.count++, start, end, module, names, wildcard };
  }
  importName(start: number, end: number, name: Node, alias: Node | null): N.ImportName {
    return { kind: Kind.ImportName, id: this.count++, start, end, name, alias };
  }
  function(
    start: number,
    end: number,
    decorators: Node[],
    isAsync: boolean,
    name: Node,
    typeParameters: Node[],
    parameters: Node[],
    returns: Node | null,
    body: Node,
  ): N.Function {
    return {
      kind: Kind.Function,
      id: this.count++,
      start,
      end,
      decorators,
      isAsync,
      name,
      typeParameters,
      parameters,
      returns,
      body,
    };
  }
  parameter(
    start: number,
    end: number,
    operator: string,
    name: Node | null,
    annotation: Node | null,
    value: Node | null,
  ): N.Parameter {
    return {
      kind: Kind.Parameter,
      id: this.count++,
      start,
      end,
      operator,
      name,
      annotation,
      value,
    };
  }
  class(
    start: number,
    end: number,
    decorators: Node[],
    name: Node,
    typeParameters: Node[],
    bases: Node[],
    body: Node,
  ): N.Class {
    return {
      kind: Kind.Class,
      id: this.count++,
      start,
      end,
      decorators,
      name,
      typeParameters,
      bases,
      body,
    };
  }
  decorator(start: number, end: number, expression: Node): N.Decorator {
    return { kind: Kind.Decorator, id: this.count++, start, end, expression };
  }
  switch(start: number, end: number, subject: Node, cases: Node[]): N.Switch {
    return { kind: Kind.Switch, id: this.count++, start, end, subject, cases };
  }
  case(start: number, end: number, pattern: Node, guard: Node | null, body: Node): N.Case {
    return { kind: Kind.Case, id: this.count++, start, end, pattern, guard, body };
  }
  other(start: number, end: number, type: string, text: string, children: Node[]): N.Other {
    return { kind: Kind.Other, id: this.count++, start, end, type, text, children };
  }
  metavariable(start: number, end: number, name: string): N.Metavariable {
    return { kind: Kind.Metavariable, id: this.count++, start, end, name };
  }
  metavariableSequence(start: number, end: number, name: string): N.MetavariableSequence {
    return { kind: Kind.MetavariableSequence, id: this.count++, start, end, name };
  }
  ellipsis(start: number, end: number): N.Ellipsis {
    return { kind: Kind.Ellipsis, id: this.count++, start, end };
  }
  deep(start: number, end: number, expression: Node): N.Deep {
    return { kind: Kind.Deep, id: this.count++, start, end, expression };
  }
  typedMetavariable(start: number, end: number, name: string, type: Node): N.TypedMetavariable {
    return { kind: Kind.TypedMetavariable, id: this.count++, start, end, name, type };
  }
}
