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

function collect(node: Node, found: Set<string>): void {
  if (node.kind === Kind.TypedMetavariable || node.kind === Kind.Interpolated) return;
  if ((node.kind === Kind.Name || node.kind === Kind.Ident) && /^[\p{L}_]/u.test(node.name)) found.add(node.name);
  forEachChild(node, (child) => collect(child, found));
}
