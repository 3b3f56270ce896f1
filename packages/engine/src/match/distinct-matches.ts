import { compareTexts } from '../compare-texts.ts';
import type { Binding, Bindings, RangeMatch } from './bindings.ts';

/** Drops matches that repeat another's range, kind, bindings, node and fix. Keeps first occurrences, in order. */
export function distinctMatches(matches: readonly RangeMatch[]): RangeMatch[] {
  return firstOfEach(matches, (m) => `${m.kind} ${m.node?.id ?? ''} ${m.fix ?? ''}\0${bindingsKey(m.bindings)}`);
}

/**
 * The matches of one rule in one file as it reports them (semantics 04 §7 item 1): one per range and bindings, sorted by
 * start, end and bindings. Of equal ones, one with a fix wins.
 */
export function reportedMatches(matches: readonly RangeMatch[]): RangeMatch[] {
  const fixesFirst = [...matches.filter((m) => m.fix !== null), ...matches.filter((m) => m.fix === null)];
  return firstOfEach(fixesFirst, (m) => bindingsKey(m.bindings)).sort(compareReported);
}

function compareReported(a: RangeMatch, b: RangeMatch): number {
  return a.start - b.start || a.end - b.end || compareBindings(a.bindings, b.bindings);
}

/** By the names that are bound, then by where the bindings stand. */
function compareBindings(a: Bindings, b: Bindings): number {
  const left = [...a.keys()].sort();
  const right = [...b.keys()].sort();
  for (const [i, name] of left.entries()) {
    const other = right[i];
    if (name !== other) return other === undefined || name > other ? 1 : -1;
    const order = compareBinding(a.get(name)!, b.get(name)!);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareBinding(a: Binding, b: Binding): number {
  if (a.start !== b.start || a.end !== b.end) return a.start - b.start || a.end - b.end;
  return compareTexts(a.kind === 'text' ? a.text : '', b.kind === 'text' ? b.text : '');
}

/** By start; of those that start together, the longest first. */
export function compareForSweep(a: RangeMatch, b: RangeMatch): number {
  return a.start - b.start || b.end - a.end;
}

/** Keys are only made for matches that share their range with another: they are most of the cost. */
function firstOfEach(matches: readonly RangeMatch[], key: (match: RangeMatch) => string): RangeMatch[] {
  if (matches.every((match, i) => i === 0 || compareForSweep(matches[i - 1]!, match) < 0)) return [...matches];
  const byRange = new Map<number, Map<number, RangeMatch | Set<string>>>();
  return matches.filter((match) => {
    const byEnd = byRange.get(match.start) ?? new Map<number, RangeMatch | Set<string>>();
    byRange.set(match.start, byEnd);
    const seen = byEnd.get(match.end);
    if (seen === undefined) {
      byEnd.set(match.end, match);
      return true;
    }
    if (seen === match) return false;
    const keys = seen instanceof Set ? seen : new Set([key(seen)]);
    byEnd.set(match.end, keys);
    const size = keys.size;
    return keys.add(key(match)).size > size;
  });
}

/** Equal for bindings of the same names to the same places (and texts, where there is no place). */
function bindingsKey(bindings: Bindings): string {
  const names = [...bindings.keys()].sort();
  return names.map((name) => `${name}\0${bindingKey(bindings.get(name)!)}`).join('\0');
}

function bindingKey(binding: Binding): string {
  const range = `${binding.start}:${binding.end}`;
  return binding.kind === 'text' ? `${range}:${binding.text}` : range;
}
