import { Kind } from '../tree/nodes.ts';
import { unwrapStatement } from './binding-text.ts';
import type { Binding, Bindings } from './bindings.ts';
import type { ConstantValue, MatchHost, MatchTarget } from './target.ts';

/** What `value($X)` needs to know of the engine. */
export interface InterpolationHost extends Pick<MatchHost, 'constantOf'> {
  /** The source of what a variable was last assigned, literals with their quotes; null where that is not known. */
  assignedSource?(binding: Binding): string | null;
}

/**
 * One megabyte: inserted text is scanned for metavariables again, so that a file full of `$X` could make a message
 * grow beyond all bounds. What would exceed this stays as it is.
 */
const MAX_LENGTH = 1_000_000;

/**
 * Replaces the metavariables of a message or fix by what they are bound to (semantics 04 §7): longest names first, of
 * equally long ones the last bound first, `value($X)` before any. Metavariables that are not bound stay as they are.
 * `host` is null for templates in which `value($X)` means nothing, like `fix`.
 */
export function interpolate(
  template: string,
  bindings: Bindings,
  target: MatchTarget,
  host: InterpolationHost | null,
): string {
  if (!template.includes('$')) return template;
  const named = [...bindings].reverse().sort(([a], [b]) => b.length - a.length);
  let text = template;
  if (host && template.includes('value(')) {
    for (const [name, binding] of named) {
      const key = `value(${name})`;
      if (text.includes(key)) text = replace(text, key, valueSource(binding, target, host));
    }
  }
  for (const [name, binding] of named) {
    if (text.includes(name)) text = replace(text, name, shownText(binding, target.text));
  }
  return text;
}

/** The text of a binding in messages and fixes: source as written, captures as matched; null where there is none. */
export function shownText(binding: Binding, source: string): string | null {
  if (binding.kind === 'text' && (binding.start < 0 || !binding.literal)) return binding.text;
  return binding.start < 0 ? null : source.slice(binding.start, binding.end);
}

function replace(text: string, key: string, by: string | null): string {
  if (by === null) return text;
  const pieces = text.split(key);
  const length = text.length + (pieces.length - 1) * (by.length - key.length);
  return length > MAX_LENGTH && length > text.length ? text : pieces.join(by);
}

function valueSource(binding: Binding, target: MatchTarget, host: InterpolationHost): string | null {
  const shown = shownText(binding, target.text);
  if (binding.kind !== 'node') return shown;
  const { kind } = unwrapStatement(binding.node);
  if (kind !== Kind.Name && kind !== Kind.Member && kind !== Kind.Index) return shown;
  return host.assignedSource?.(binding) ?? constantSource(host.constantOf(binding)) ?? shown;
}

/** For values that were computed and stand nowhere in the source. */
function constantSource(constant: ConstantValue | null): string | null {
  switch (constant?.kind) {
    case 'int':
    case 'float':
    case 'bool':
      return String(constant.value);
    case 'string':
      return JSON.stringify(constant.value);
    default:
      return null;
  }
}
