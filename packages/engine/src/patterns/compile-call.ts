import { type Call, Kind, type Node } from '../tree/nodes.ts';
import { sequenceBinding } from './compile-list.ts';
import type { PatternCompiler } from './compiler.ts';
import type { MatchContext, Matcher } from './match-context.ts';
import { Reached } from './repeats.ts';

/** Callee, then arguments. */
export function compileCall(compiler: PatternCompiler, pattern: Call): Matcher {
  const matchCallee = compiler.expression(pattern.callee);
  const matchArguments = compileArguments(compiler, pattern.args);
  return (node, context, done) => {
    if (node.kind !== Kind.Call) return;
    matchCallee(node.callee, context, () => matchArguments(node.args, context, done));
  };
}

type Done = () => void;
type ArgumentsMatcher = (args: readonly Node[], context: MatchContext, done: Done) => void;

/**
 * Positional arguments from left to right, `...` and `$...X` taking any number; a keyword argument is sought by name
 * among all that are left. Everything must be consumed (semantics 03 §3).
 */
function compileArguments(compiler: PatternCompiler, patterns: readonly Node[]): ArgumentsMatcher {
  let next: ArgumentsMatcher = (args, _context, done) => {
    if (args.length === 0) done();
  };
  for (let i = patterns.length - 1; i >= 0; i--) {
    const isAnother = patterns.slice(0, i).some(({ kind }) => kind === Kind.Ellipsis);
    const reached = isAnother ? new Reached() : null;
    next = compileArgument(compiler, patterns[i] as Node, next, i === patterns.length - 1, reached);
  }
  return next;
}

/** Positional arguments are consumed from the left, so that with the same keywords left fewer arguments are a suffix. */
function keywordsOf(args: readonly Node[]): string {
  return args.flatMap(({ kind, id }) => (kind === Kind.Keyword ? [id] : [])).join();
}

function compileArgument(
  compiler: PatternCompiler,
  pattern: Node,
  rest: ArgumentsMatcher,
  isLast: boolean,
  reached: Reached | null,
): ArgumentsMatcher {
  switch (pattern.kind) {
    case Kind.Ellipsis:
      if (isLast) return (_args, _context, done) => done();
      return (args, context, done) => {
        // Two ellipses do not share an empty list in the reference.
        if (args.length === 0) return;
        const end = args.length;
        const before = reached?.until(keywordsOf(args), -end, context, done) ?? Number.POSITIVE_INFINITY;
        for (let count = 0; count <= end && count - end < before; count++) rest(args.slice(count), context, done);
      };
    case Kind.MetavariableSequence: {
      const slot = compiler.slot(pattern.name);
      return (args, context, done) => {
        for (let count = 0; count <= args.length; count++) {
          const binding = sequenceBinding(args.slice(0, count));
          context.bind(slot, binding, () => rest(args.slice(count), context, done));
        }
      };
    }
    case Kind.Keyword: {
      const matchName = compiler.root(pattern.name);
      const matchValue = compiler.expression(pattern.value);
      return (args, context, done) => {
        args.forEach((arg, at) => {
          if (arg.kind !== Kind.Keyword) return;
          const remaining = [...args.slice(0, at), ...args.slice(at + 1)];
          matchName(arg.name, context, () => matchValue(arg.value, context, () => rest(remaining, context, done)));
        });
      };
    }
    default: {
      const match = compiler.expression(pattern);
      return (args, context, done) => {
        const [first] = args;
        if (first === undefined || first.kind === Kind.Keyword) return;
        match(first, context, () => rest(args.slice(1), context, done));
      };
    }
  }
}
