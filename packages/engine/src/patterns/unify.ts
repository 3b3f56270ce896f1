import type { Binding } from '../match/bindings.ts';
import { equalConstants } from '../names/constant-value.ts';
import type { FileFacts } from '../names/file-facts.ts';
import { dottedName } from '../names/resolve-names.ts';
import { equalIdentifiers, equalLists, equalNodes, isIdentifier } from '../tree/equal.ts';
import { Kind, MODULE_PATH_REFERENCE, type Node } from '../tree/nodes.ts';

interface UnifyOptions {
  unifyIdsStrictly: boolean;
  constantPropagation: boolean;
}

/** Whether two bindings of one metavariable are the same thing (semantics 03 §7). */
export function unifyBindings(a: Binding, b: Binding, facts: FileFacts | null, options: UnifyOptions): boolean {
  if (a.kind === 'node' && b.kind === 'node') return unifyNodes(a.node, b.node, facts, options);
  if (a.kind === 'nodes' && b.kind === 'nodes') return equalLists(a.nodes, b.nodes, options.unifyIdsStrictly);
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text;
  if (a.kind === 'text' && b.kind === 'node') return unifyTextWithNode(a.text, b.node);
  if (a.kind === 'node' && b.kind === 'text') return unifyTextWithNode(b.text, a.node);
  if (a.kind === 'node' && b.kind === 'nodes') return unifyNodeWithList(a.node, b.nodes, options);
  if (a.kind === 'nodes' && b.kind === 'node') return unifyNodeWithList(b.node, a.nodes, options);
  return false;
}

function unifyNodes(a: Node, b: Node, facts: FileFacts | null, options: UnifyOptions): boolean {
  const x = bare(a);
  const y = bare(b);
  if (isIdentifier(x) && isIdentifier(y)) return equalIdentifiers(x, y, options.unifyIdsStrictly);
  if (equalNodes(x, y, options.unifyIdsStrictly) || isImportedAs(x, y) || isImportedAs(y, x)) return true;
  if (facts === null) return false;
  return options.constantPropagation && (constantEqualsLiteral(x, y, facts) || constantEqualsLiteral(y, x, facts));
}

/** A name imported from the module path that the other one was bound to. */
function isImportedAs(name: Node, path: Node): boolean {
  if (name.kind !== Kind.Name || !isModulePath(path)) return false;
  const canonical = name.reference?.canonical;
  return canonical != null && dottedName(path)?.join('.') === canonical.join('.');
}

function isModulePath(node: Node): boolean {
  let at = node;
  while (at.kind === Kind.Member) at = at.object;
  return at.kind === Kind.Name && at.reference === MODULE_PATH_REFERENCE;
}

/** An identifier whose constant value is known, and a literal of that value. */
function constantEqualsLiteral(identifier: Node, literal: Node, facts: FileFacts): boolean {
  if (identifier.kind !== Kind.Name || !LITERALS.has(literal.kind)) return false;
  const known = facts.constants.valueOf(identifier);
  const value = facts.constants.valueOf(literal);
  return known !== null && value !== null && equalConstants(known.value, value.value);
}

const LITERALS = new Set<number>([Kind.Int, Kind.Float, Kind.Str, Kind.Constant]);

/** An identifier equals the text of a string where it is unresolved: `f($X, "$X")` matches `f(a, "a")`. */
function unifyTextWithNode(text: string, node: Node): boolean {
  const inner = bare(node);
  return isIdentifier(inner) && inner.name === text && (inner.reference === null || inner.reference.declaration === 0);
}

function unifyNodeWithList(node: Node, nodes: readonly Node[], options: UnifyOptions): boolean {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined && equalNodes(bare(node), bare(only), options.unifyIdsStrictly);
}

/** An expression statement counts as its expression, a parameter as its name. */
function bare(node: Node): Node {
  if (node.kind === Kind.Parameter) return node.name ?? node;
  return node.kind === Kind.ExpressionStatement ? node.expression : node;
}
