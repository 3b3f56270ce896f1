import type { PossibleWords } from '../match/possible-words.ts';
import { forEachChild } from '../tree/fields.ts';
import { Kind, type Node } from '../tree/nodes.ts';

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
 * What the metavariables that stand for names of functions and fields can be, where only certain words will do. Those that
 * stand for expressions can also be constants with such a value.
 */
export function requiredChoices(words: PossibleWords, ...roots: readonly Node[]): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  const visit = (node: Node): void => {
    const name = node.kind === Kind.Member ? node.property : node.kind === Kind.Call ? node.callee : null;
    const choice = name?.kind === Kind.Metavariable ? words.get(name.name) : undefined;
    if (name?.kind === Kind.Metavariable && choice !== undefined) found.set(name.name, choice);
    forEachChild(node, visit);
  };
  if (words.size > 0) roots.forEach(visit);
  return [...found.values()];
}

function collect(node: Node, found: Set<string>): void {
  if (node.kind === Kind.TypedMetavariable || node.kind === Kind.Interpolated) return;
  if ((node.kind === Kind.Name || node.kind === Kind.Ident) && /^[\p{L}_]/u.test(node.name)) found.add(node.name);
  forEachChild(node, (child) => collect(child, found));
}
