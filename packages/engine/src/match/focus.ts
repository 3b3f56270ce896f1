import type { Binding, RangeMatch } from './bindings.ts';

/**
 * `focus-metavariable` (semantics 04 §5): matches narrowed to what metavariables are bound to. Several names in one
 * entry give one match each; several entries, each of one name, narrow one after the other.
 */
export function applyFocus(matches: readonly RangeMatch[], focus: readonly (readonly string[])[]): RangeMatch[] {
  let focused = [...matches];
  for (const names of focus) {
    focused = focused.flatMap((match) =>
      names.flatMap((name) => {
        const binding = match.bindings.get(name);
        const narrowed = binding ? narrow(match, binding) : null;
        return narrowed ? [narrowed] : [];
      }),
    );
  }
  return focused;
}

/** The smaller of the match and the binding's range; null where neither contains the other. */
function narrow(match: RangeMatch, binding: Binding): RangeMatch | null {
  const { start, end } = binding;
  if (start < 0) return null;
  if (start >= match.start && end <= match.end) {
    // An ordinary match from here on, whatever it was: `pattern-not` with a focus removes the same range only.
    return { ...match, start, end, kind: 'plain', node: binding.kind === 'node' ? binding.node : null };
  }
  return match.start >= start && match.end <= end ? match : null;
}
