import { type Container, Kind, type Node } from '../tree/nodes.ts';
import { compileList, compileUnordered } from './compile-list.ts';
import type { PatternCompiler } from './compiler.ts';
import type { Matcher } from './match-context.ts';

/**
 * Lists and tuples are ordered, sets and dictionaries are not; all are exact but for `...` (semantics 03 §3).
 * `[...]` alone is also a list comprehension, `{...}` a set, a dictionary or a comprehension of either, `(...,)` also
 * a generator.
 */
export function compileContainer(compiler: PatternCompiler, pattern: Container): Matcher {
  const { shape, elements } = pattern;
  const isAny = elements.length === 1 && elements[0]?.kind === Kind.Ellipsis;
  const isEmptyBraces = shape === 'dict' && elements.length === 0;
  const matchElements =
    shape === 'list' || shape === 'tuple'
      ? compileList(compiler, elements, {
          sequences: false,
          prefix: false,
          element: (element) => compileElement(compiler, element),
        })
      : compileUnordered(compiler, elements, { exact: true });
  const isBraces = shape === 'set' || shape === 'dict';
  return (node, context, done) => {
    if (node.kind === Kind.Comprehension) {
      const sameSort =
        node.shape === shape ||
        (isBraces && node.shape !== 'list' && node.shape !== 'generator') ||
        (shape === 'tuple' && node.shape === 'generator');
      if (isAny && sameSort) done();
      return;
    }
    if (node.kind !== Kind.Container) return;
    const bothBraces = isBraces && (node.shape === 'set' || node.shape === 'dict');
    if (node.shape !== shape && !(bothBraces && (isAny || (isEmptyBraces && node.elements.length === 0)))) return;
    if (isAny) return done();
    if (node.shape === 'dict' && node.elements.some((element) => element.kind === Kind.Spread)) {
      // The reference treats a dictionary with `**x` as one whose keys are not known.
      if (!elements.some((element) => element.kind === Kind.Spread)) return;
    }
    matchElements(node.elements, context, done);
  };
}

/** A variable binds what a `*` spreads. */
function compileElement(compiler: PatternCompiler, element: Node): Matcher {
  const match = compiler.expression(element);
  if (element.kind !== Kind.Metavariable) return match;
  return (node, context, done) => match(node.kind === Kind.Spread ? node.value : node, context, done);
}
