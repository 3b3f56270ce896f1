import { Kind, type Node } from '../tree/nodes.ts';
import type { Binding } from './bindings.ts';

/** The text that a condition sees, and where it stands. */
export interface BoundText {
  text: string;
  /** UTF-16 offset of the text in the source; -1 where the source spells it differently (escapes, joined pieces). */
  start: number;
}

/**
 * What conditions see of a binding (semantics 04 §4, "text of a binding"): the content of a string bound by `"$X"`, the
 * name of an identifier, otherwise the source. `source` is the text that the binding's offsets refer to. Null where
 * there is nothing: an empty `$...ARGS`.
 */
export function boundText(binding: Binding, source: string): BoundText | null {
  if (binding.kind === 'text') return locate(binding.text, binding.start, binding.end, source);
  if (binding.start < 0) return null;
  if (binding.kind === 'node' && isIdentifier(binding.node)) {
    return locate(binding.node.name, binding.start, binding.end, source);
  }
  return { text: source.slice(binding.start, binding.end), start: binding.start };
}

/** The text alone of `boundText`. */
export function bindingText(binding: Binding, source: string): string | null {
  return boundText(binding, source)?.text ?? null;
}

/**
 * The content of a string literal without its quotes, escapes decoded as the language does; null for anything else,
 * prefixed and interpolated strings included.
 */
export function stringContent(binding: Binding, source: string): BoundText | null {
  if (binding.kind === 'text') return boundText(binding, source);
  if (binding.kind !== 'node' || binding.start < 0) return null;
  const node = unwrapStatement(binding.node);
  if (node.kind !== Kind.Str || node.prefix !== '' || node.piece) return null;
  return locate(node.value, node.contentStart, node.contentEnd, source);
}

/** The expression of an expression statement; any other node as it is. */
export function unwrapStatement(node: Node): Node {
  return node.kind === Kind.ExpressionStatement ? node.expression : node;
}

/** True for `$1`, `$2`, …: groups of a regular expression without a name. */
export function isNumberedCapture(name: string): boolean {
  const digit = name.charCodeAt(1);
  return digit >= 0x30 && digit <= 0x39;
}

function isIdentifier(node: Node): node is Extract<Node, { name: string; reference: unknown }> {
  return node.kind === Kind.Name || node.kind === Kind.Ident;
}

function locate(text: string, start: number, end: number, source: string): BoundText {
  const verbatim = start >= 0 && end - start === text.length && source.startsWith(text, start);
  return { text, start: verbatim ? start : -1 };
}
