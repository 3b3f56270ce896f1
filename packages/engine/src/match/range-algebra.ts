/**
 * How lists of matches combine (semantics 04 §3). Ranges of a file mostly nest, so every operation is a sweep over
 * both lists sorted by start: its cost is that of sorting plus the pairs that do contain each other, where comparing
 * all pairs took minutes for `pattern: $X` (10^5 matches) under a `pattern-inside` that matches often.
 */
import { isNumberedCapture } from './binding-text.ts';
import type { Binding, Bindings, RangeMatch } from './bindings.ts';
import { compareForSweep, distinctMatches } from './distinct-matches.ts';

export type Unify = (a: Binding, b: Binding) => boolean;

/**
 * All `x` included in a `y` and all `y` included in an `x`, with the bindings of both; included means a range within
 * the other's, or anywhere for an `anywhere` match, and that bindings of the same name unify. An `inside` match is only
 * kept against another one. Of two equal ranges the first list's match is kept, with the second's fix where it has one.
 */
export function intersectMatches(xs: readonly RangeMatch[], ys: readonly RangeMatch[], unify: Unify): RangeMatch[] {
  const kept: RangeMatch[] = [];
  const keep = (match: RangeMatch, other: RangeMatch, fix: string | null): void => {
    if (match.kind === 'inside' && other.kind !== 'inside') return;
    const bindings = joinBindings(match.bindings, other.bindings, unify);
    if (bindings) kept.push(bindings === match.bindings && fix === match.fix ? match : { ...match, bindings, fix });
  };
  forEachIncluded(xs, ys, (x, y) => {
    keep(x, y, (sameRange(x, y) && y.fix) || x.fix);
    return false;
  });
  forEachIncluded(ys, xs, (y, x) => {
    if (!(sameRange(x, y) && x.kind === y.kind)) keep(y, x, y.fix);
    return false;
  });
  return distinctMatches(kept);
}

/** The matches that no negative removes (semantics 04 §3 item 6); which way a negative removes depends on its kind. */
export function subtractMatches(
  matches: readonly RangeMatch[],
  negatives: readonly RangeMatch[],
  unify: Unify,
): RangeMatch[] {
  if (negatives.some((negative) => negative.kind === 'anywhere')) return [];
  const removed = new Set<RangeMatch>();
  forEachEnclosing(matches, negatives, (match, negative) => {
    if (negative.kind === 'plain' && !sameRange(match, negative)) return false;
    if (!compatible(match.bindings, negative.bindings, unify)) return false;
    removed.add(match);
    return true;
  });
  const regexes = negatives.filter((negative) => negative.kind === 'regex');
  forEachEnclosing(regexes, matches, (negative, match) => {
    if (!removed.has(match) && compatible(match.bindings, negative.bindings, unify)) removed.add(match);
    return false;
  });
  return removed.size === 0 ? [...matches] : matches.filter((match) => !removed.has(match));
}

/** The matches whose range lies within one of the others, bindings aside. */
export function matchesWithin(matches: readonly RangeMatch[], others: readonly RangeMatch[]): RangeMatch[] {
  const within: RangeMatch[] = [];
  forEachEnclosing(matches, others, (match) => {
    within.push(match);
    return true;
  });
  return within;
}

/**
 * `own` with what only `other` binds; null where a name bound by both does not unify. Numbered captures keep their own
 * value: `$1` of two regular expressions have nothing to do with each other.
 */
export function joinBindings(own: Bindings, other: Bindings, unify: Unify): Bindings | null {
  let joined: Map<string, Binding> | null = null;
  for (const [name, binding] of other) {
    const mine = own.get(name);
    if (mine === undefined) {
      joined ??= new Map(own);
      joined.set(name, binding);
    } else if (!agree(name, mine, binding, unify)) {
      return null;
    }
  }
  return joined ?? own;
}

function compatible(a: Bindings, b: Bindings, unify: Unify): boolean {
  for (const [name, binding] of b) {
    const mine = a.get(name);
    if (mine !== undefined && !agree(name, mine, binding, unify)) return false;
  }
  return true;
}

function agree(name: string, a: Binding, b: Binding, unify: Unify): boolean {
  return a === b || isNumberedCapture(name) || unify(a, b);
}

function sameRange(a: RangeMatch, b: RangeMatch): boolean {
  return a.start === b.start && a.end === b.end;
}

/** Visits every pair of which the first is included in the second, by range or because the second is `anywhere`. */
function forEachIncluded(inner: readonly RangeMatch[], outer: readonly RangeMatch[], visit: Visit): void {
  const anywhere = outer.filter((match) => match.kind === 'anywhere');
  const ranged = anywhere.length === 0 ? outer : outer.filter((match) => match.kind !== 'anywhere');
  forEachEnclosing(inner, ranged, visit);
  for (const x of inner) for (const y of anywhere) visit(x, y);
}

/** Returns true where no further enclosing match of this inner one is wanted. */
type Visit = (inner: RangeMatch, outer: RangeMatch) => boolean;

function forEachEnclosing(inner: readonly RangeMatch[], outer: readonly RangeMatch[], visit: Visit): void {
  const outers = inSweepOrder(outer);
  // Those that have begun and not yet ended before the inner match at hand begins.
  const open: RangeMatch[] = [];
  let next = 0;
  for (const x of inSweepOrder(inner)) {
    for (; next < outers.length && outers[next]!.start <= x.start; next++) open.push(outers[next]!);
    let stillOpen = 0;
    let done = false;
    for (const y of open) {
      if (y.end < x.start) continue;
      open[stillOpen++] = y;
      if (!done && y.end >= x.end) done = visit(x, y);
    }
    open.length = stillOpen;
  }
}

function inSweepOrder(matches: readonly RangeMatch[]): readonly RangeMatch[] {
  for (let i = 1; i < matches.length; i++) {
    if (compareForSweep(matches[i - 1]!, matches[i]!) > 0) return [...matches].sort(compareForSweep);
  }
  return matches;
}
