import type { Binding } from '../match/bindings.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import type { PatternCompiler } from './compiler.ts';
import type { MatchContext } from './match-context.ts';
import { Reached } from './repeats.ts';

type Done = () => void;
export type ListMatcher = (nodes: readonly Node[], context: MatchContext, done: Done) => void;

/** What `$...X` is bound to; an empty sequence has no range. */
export function sequenceBinding(nodes: readonly Node[]): Binding {
  const first = nodes[0];
  const last = nodes[nodes.length - 1];
  if (first === undefined || last === undefined) return { kind: 'nodes', nodes, start: -1, end: -1 };
  return { kind: 'nodes', nodes, start: first.start, end: last.end };
}

/**
 * Ordered and exact except for `...`, and `$...X` where `sequences` allows it. With `prefix`, elements of the target
 * may be left over at the end.
 */
export function compileList(
  compiler: PatternCompiler,
  patterns: readonly Node[],
  rules: { sequences: boolean; prefix: boolean; element?: (pattern: Node) => ReturnType<PatternCompiler['root']> },
): ListMatcher {
  type Step = (nodes: readonly Node[], at: number, context: MatchContext, done: Done) => void;
  const compileElement = rules.element ?? ((pattern: Node) => compiler.expression(pattern));
  let next: Step = (nodes, at, _context, done) => {
    if (at === nodes.length || rules.prefix) done();
  };
  for (let i = patterns.length - 1; i >= 0; i--) {
    const pattern = patterns[i] as Node;
    const rest = next;
    if (pattern.kind === Kind.Ellipsis) {
      const isLast = i === patterns.length - 1;
      const isAnother = patterns.slice(0, i).some(({ kind }) => kind === Kind.Ellipsis);
      const reached = isAnother ? new Reached() : null;
      next = isLast
        ? (_nodes, _at, _context, done) => done()
        : (nodes, at, context, done) => {
            // Two ellipses do not share an empty list in the reference.
            if (at === nodes.length) return;
            const before = reached?.until(`${nodes[0]?.id}`, at, context, done) ?? Number.POSITIVE_INFINITY;
            for (let to = at; to <= nodes.length && to < before; to++) rest(nodes, to, context, done);
          };
    } else if (pattern.kind === Kind.MetavariableSequence && rules.sequences) {
      const slot = compiler.slot(pattern.name);
      next = (nodes, at, context, done) => {
        for (let to = at; to <= nodes.length; to++) {
          context.bind(slot, sequenceBinding(nodes.slice(at, to)), () => rest(nodes, to, context, done));
        }
      };
    } else if (pattern.kind === Kind.MetavariableSequence) {
      next = () => {};
    } else {
      const match = compileElement(pattern);
      next = (nodes, at, context, done) => {
        const node = nodes[at];
        if (node !== undefined) match(node, context, () => rest(nodes, at + 1, context, done));
      };
    }
  }
  return (nodes, context, done) => next(nodes, 0, context, done);
}

/**
 * Each pattern element matches a different target element, in any order. `exact`: as many as the target has, unless
 * the pattern holds a `...`.
 */
export function compileUnordered(
  compiler: PatternCompiler,
  patterns: readonly Node[],
  rules: { exact: boolean; element?: (pattern: Node) => ReturnType<PatternCompiler['root']> },
): ListMatcher {
  const compileElement = rules.element ?? ((pattern: Node) => compiler.expression(pattern));
  const hasEllipsis = patterns.some((pattern) => pattern.kind === Kind.Ellipsis);
  const wanted = patterns.filter((pattern) => pattern.kind !== Kind.Ellipsis).map(compileElement);
  const exact = rules.exact && !hasEllipsis;
  return (nodes, context, done) => {
    if (wanted.length > nodes.length || (exact && wanted.length !== nodes.length)) return;
    const used = new Array<boolean>(nodes.length).fill(false);
    const step = (i: number): void => {
      const match = wanted[i];
      if (match === undefined) return done();
      nodes.forEach((node, at) => {
        if (used[at]) return;
        used[at] = true;
        match(node, context, () => step(i + 1));
        used[at] = false;
      });
    };
    step(0);
  };
}
