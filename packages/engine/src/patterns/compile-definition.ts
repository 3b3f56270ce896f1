import {
  type Class,
  type Decorator,
  type Function as FunctionNode,
  Kind,
  type Lambda,
  type Node,
  type Parameter,
} from '../tree/nodes.ts';
import { compileList, compileUnordered, type ListMatcher } from './compile-list.ts';
import { compileBody, compileMembers } from './compile-sequence.ts';
import type { PatternCompiler } from './compiler.ts';
import type { Matcher } from './match-context.ts';

/** Definitions and their parts (semantics 03 §4). */
export function compileDefinition(
  compiler: PatternCompiler,
  pattern: FunctionNode | Class | Parameter | Lambda | Decorator,
): Matcher {
  switch (pattern.kind) {
    case Kind.Function:
      return compileFunction(compiler, pattern);
    case Kind.Class:
      return compileClass(compiler, pattern);
    case Kind.Parameter:
      return compileParameter(compiler, pattern);
    case Kind.Lambda:
      return compileLambda(compiler, pattern);
    case Kind.Decorator:
      return compileDecorator(compiler, pattern);
  }
}

/**
 * Decorators, return type and the types of parameters may be left out. `async` must be there if the pattern has it;
 * decorators on either side make the reference forget it.
 */
function compileFunction(compiler: PatternCompiler, pattern: FunctionNode): Matcher {
  const matchDecorators = compileDecorators(compiler, pattern.decorators);
  const matchName = compiler.root(pattern.name);
  const matchParameters = compileParameters(compiler, pattern.parameters);
  const matchReturns = compiler.optional(pattern.returns);
  const matchBody = compileBody(compiler, pattern.body);
  const wantsAsync = pattern.isAsync && pattern.decorators.length === 0;
  return (node, context, done) => {
    if (node.kind !== Kind.Function) return;
    if (wantsAsync && !(node.isAsync && node.decorators.length === 0)) return;
    matchName(node.name, context, () =>
      matchDecorators(node.decorators, context, () =>
        matchParameters(node.parameters, context, () =>
          matchReturns(node.returns, context, () => matchBody(node.body, context, done)),
        ),
      ),
    );
  };
}

function compileDecorators(compiler: PatternCompiler, decorators: readonly Node[]): ListMatcher {
  if (!compiler.options.decoratorsOrderMatters) return compileUnordered(compiler, decorators, { exact: false });
  const matchers = decorators.map((decorator) => compiler.root(decorator));
  return (nodes, context, done) => {
    const step = (i: number, from: number): void => {
      const match = matchers[i];
      if (match === undefined) return done();
      for (let at = from; at < nodes.length; at++) match(nodes[at] as Node, context, () => step(i + 1, at + 1));
    };
    step(0, 0);
  };
}

/** The reference takes `@...` for a dotted decorator. */
const matchDottedDecorator: Matcher = (node, _context, done) => {
  if (node.kind !== Kind.Decorator) return;
  const { expression } = node;
  if (expression.kind === Kind.Call && expression.callee.kind === Kind.Member) done();
};

/** `@d` is the call `d()`: it matches `@d` and `@d()`, not `@d(1)`. */
function compileDecorator(compiler: PatternCompiler, pattern: Decorator): Matcher {
  if (pattern.expression.kind === Kind.Ellipsis) return matchDottedDecorator;
  const match = compiler.expression(pattern.expression);
  return (node, context, done) => {
    if (node.kind === Kind.Decorator) match(node.expression, context, done);
  };
}

function compileParameters(compiler: PatternCompiler, patterns: readonly Node[]): ListMatcher {
  return compileList(compiler, patterns, { sequences: true, prefix: false });
}

/**
 * A plain `$X` is any single parameter but a starred one (the markers `*` and `/` count); a type or a default that the pattern names
 * must be there, the other may.
 */
function compileParameter(compiler: PatternCompiler, pattern: Parameter): Matcher {
  const { operator, annotation, value, name } = pattern;
  const slot = name?.kind === Kind.Metavariable ? compiler.slot(name.name) : null;
  const isVariable = slot !== null && operator === '' && annotation === null && value === null;
  const matchName = compiler.exact(name);
  const matchAnnotation = compiler.optional(annotation);
  const matchValue = compiler.optional(value);
  return (node, context, done) => {
    if (node.kind !== Kind.Parameter) return;
    const isStarred = node.operator.startsWith('*') && node.name !== null;
    if (isVariable ? isStarred : node.operator !== operator) return;
    const rest = (): void => matchAnnotation(node.annotation, context, () => matchValue(node.value, context, done));
    if (slot === null) return matchName(node.name, context, rest);
    if (!isVariable && node.name === null) return;
    // The whole parameter is bound, but reads like its name.
    const { start, end } = node.name ?? node;
    context.bind(slot, { kind: 'node', node, start, end }, rest);
  };
}

function compileLambda(compiler: PatternCompiler, pattern: Lambda): Matcher {
  const matchParameters = compileParameters(compiler, pattern.parameters);
  const matchBody = compiler.expression(pattern.body);
  return (node, context, done) => {
    if (node.kind !== Kind.Lambda) return;
    matchParameters(node.parameters, context, () => matchBody(node.body, context, done));
  };
}

/** Base classes may go on after those of the pattern; members are matched in any order. */
function compileClass(compiler: PatternCompiler, pattern: Class): Matcher {
  const matchDecorators = compileDecorators(compiler, pattern.decorators);
  const matchName = compiler.root(pattern.name);
  const matchBases = compileList(compiler, pattern.bases, {
    sequences: false,
    prefix: true,
    element: (base) => compileBase(compiler, base),
  });
  const matchMembers = compileMembers(compiler, pattern.body);
  return (node, context, done) => {
    if (node.kind !== Kind.Class) return;
    matchName(node.name, context, () =>
      matchDecorators(node.decorators, context, () =>
        matchBases(node.bases, context, () => matchMembers(node.body, context, done)),
      ),
    );
  };
}

/** A keyword base (`metaclass=M`) counts in order, but no metavariable binds it. */
function compileBase(compiler: PatternCompiler, base: Node): Matcher {
  const match = compiler.expression(base);
  return (node, context, done) => {
    if (node.kind === Kind.Keyword && base.kind !== Kind.Keyword) return;
    match(node, context, done);
  };
}
