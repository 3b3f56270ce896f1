import type { PossibleName, PossibleWords } from '../match/possible-words.ts';
import { forEachChild } from '../tree/fields.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import type { MatchOptions } from './match-options.ts';

/**
 * Identifiers of a pattern, which must stand in a matching file (semantics 07 §1). Not those of strings and numbers,
 * which folding can produce, nor those of types, which may be spelled otherwise.
 */
export function requiredIdentifiers(...roots: readonly Node[]): readonly string[] {
  const found = new Set<string>();
  for (const root of roots) collect(root, found);
  return [...found];
}

/**
 * What the metavariables that stand for names of functions, fields and parameters, or for bases of classes, can be. Those
 * that stand for other expressions can also be constants with such a value. Of decorators, names of fields count too, and
 * all words are marked as words of decorators.
 */
export function requiredNames(
  possible: PossibleWords,
  roots: readonly Node[],
  { symbolicPropagation }: Pick<MatchOptions, 'symbolicPropagation'>,
): readonly PossibleName[] {
  const found = new Map<string, PossibleName>();
  const add = (name: PossibleName): void => {
    found.set(JSON.stringify(name), name);
  };
  const visit = (node: Node, inDecorator: boolean): void => {
    const isMarked = inDecorator || (node.kind === Kind.Decorator && !symbolicPropagation);
    // An object whose field is read is no constant, or none that anybody would look for by its value.
    const object =
      node.kind === Kind.Member && node.object.kind === Kind.Metavariable ? possible.get(node.object.name) : undefined;
    if (object?.kind === 'literal') add(object);
    for (const name of namesIn(node)) {
      const own = name.kind === Kind.Metavariable ? possible.get(name.name) : undefined;
      if (own !== undefined) add(own.kind === 'words' && isMarked ? inDecorators(own.words) : own);
      if (name.kind === Kind.Ident && isMarked) add(inDecorators([name.name]));
    }
    forEachChild(node, (child) => visit(child, isMarked));
  };
  for (const root of roots) visit(root, false);
  return [...found.values()];
}

function inDecorators(words: readonly string[]): PossibleName {
  return { kind: 'words', words: words.map(decoratorWord) };
}

/** How a word is written that must stand in a decorator (`Language.decoratorWords`): no word of a text looks like it. */
export function decoratorWord(word: string): string {
  return `@${word}`;
}

function namesIn(node: Node): readonly Node[] {
  switch (node.kind) {
    case Kind.Member:
      return [node.property];
    case Kind.Call:
      return [node.callee];
    case Kind.Parameter:
      return node.name === null ? [] : [node.name];
    case Kind.Class:
      return node.bases;
    default:
      return [];
  }
}

function collect(node: Node, found: Set<string>): void {
  if (node.kind === Kind.TypedMetavariable || node.kind === Kind.Interpolated) return;
  if ((node.kind === Kind.Name || node.kind === Kind.Ident) && /^[\p{L}_]/u.test(node.name)) found.add(node.name);
  forEachChild(node, (child) => collect(child, found));
}
