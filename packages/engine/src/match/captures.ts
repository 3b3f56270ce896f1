import type { RegexMatch } from '../text/pcre.ts';
import type { BoundText } from './binding-text.ts';
import type { Binding, Bindings } from './bindings.ts';

/**
 * The groups of a match as metavariables: `$1`, `$2` …, and `$NAME` for those with a name. Groups that took no part in
 * the match bind nothing. Where the searched text does not stand verbatim in the source, the captures have the range
 * of `whole`, which it came from.
 */
export function captureBindings(
  match: RegexMatch,
  searched: BoundText,
  whole: { start: number; end: number },
): Bindings {
  const bindings = new Map<string, Binding>();
  for (const group of match.groups) {
    const [start, end] =
      searched.start < 0 ? [whole.start, whole.end] : [searched.start + group.start, searched.start + group.end];
    const binding: Binding = { kind: 'text', text: group.text, node: null, literal: false, start, end };
    bindings.set(`$${group.index}`, binding);
    if (group.name !== null) bindings.set(`$${group.name}`, binding);
  }
  return bindings;
}
