import { forEachChild } from '../tree/fields.ts';
import { Kind, type Node } from '../tree/nodes.ts';

/** The metavariables of a pattern in source order, those that are the content of a string included; not `$_`. */
export function metavariableNames(roots: readonly Node[]): string[] {
  const found = new Map<string, number>();
  const add = (name: string, at: number): void => {
    if (name !== '$_' && !found.has(name)) found.set(name, at);
  };
  const visit = (node: Node): void => {
    if (node.kind === Kind.Metavariable || node.kind === Kind.MetavariableSequence) add(node.name, node.start);
    else if (node.kind === Kind.TypedMetavariable) add(node.name, node.start);
    else if (node.kind === Kind.Str && /^\$(\.\.\.)?[A-Z_][A-Z_0-9]*$/.test(node.value)) add(node.value, node.start);
    forEachChild(node, visit);
  };
  for (const root of roots) visit(root);
  return [...found].sort((a, b) => a[1] - b[1]).map(([name]) => name);
}
