import { SHAPES } from './fields.ts';
import { Kind, type Node } from './nodes.ts';

/**
 * Structural equality, positions ignored. Identifiers must have the same text and, where `strictIds`, the same
 * declaration (semantics 03 §7).
 */
export function equalNodes(a: Node, b: Node, strictIds: boolean): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return isIdentifier(a) && isIdentifier(b) && equalIdentifiers(a, b, strictIds);
  if (isIdentifier(a) && isIdentifier(b)) return equalIdentifiers(a, b, strictIds);
  if (a.kind === Kind.Int && b.kind === Kind.Int && a.value !== null) return a.value === b.value;
  if (a.kind === Kind.Float && b.kind === Kind.Float)
    return Number.isNaN(a.value) ? a.text === b.text : a.value === b.value;
  const shape = SHAPES[a.kind];
  const left = a as unknown as Record<string, unknown>;
  const right = b as unknown as Record<string, unknown>;
  for (const name of shape.value) if (left[name] !== right[name]) return false;
  return shape.children.every((name) => {
    const x = left[name] as Node | Node[] | null;
    const y = right[name] as Node | Node[] | null;
    if (x === null || y === null) return x === y;
    if (Array.isArray(x)) return equalLists(x, y as Node[], strictIds);
    return equalNodes(x, y as Node, strictIds);
  });
}

/** Element by element. */
export function equalLists(a: readonly Node[], b: readonly Node[], strictIds: boolean): boolean {
  return a.length === b.length && a.every((node, i) => equalNodes(node, b[i] as Node, strictIds));
}

type Identifier = Extract<Node, { kind: typeof Kind.Name | typeof Kind.Ident }>;

/** Names in expressions and names that declare are one sort. */
export function isIdentifier(node: Node): node is Identifier {
  return node.kind === Kind.Name || node.kind === Kind.Ident;
}

/** Same text and, unless one of them is unresolved or `strictIds` is off, the same declaration. */
export function equalIdentifiers(a: Identifier, b: Identifier, strictIds: boolean): boolean {
  if (a.name !== b.name) return false;
  if (!strictIds) return true;
  const x = a.reference?.declaration ?? 0;
  const y = b.reference?.declaration ?? 0;
  return x === 0 || y === 0 || x === y;
}
