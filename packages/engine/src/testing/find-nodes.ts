import { forEachChild } from '../tree/fields.ts';
import type { Node, Tree } from '../tree/nodes.ts';

/** All nodes of a tree, parents before children. */
export function allNodes(tree: Tree): Node[] {
  const nodes: Node[] = [];
  const visit = (node: Node): void => {
    nodes.push(node);
    forEachChild(node, visit);
  };
  visit(tree.root);
  return nodes;
}

/** The nodes whose source is this text, by start; of those that start together, parents first. */
export function nodesOf(tree: Tree, text: string): Node[] {
  const found = allNodes(tree).filter(({ start, end }) => tree.text.slice(start, end) === text);
  return found.sort((a, b) => a.start - b.start);
}
