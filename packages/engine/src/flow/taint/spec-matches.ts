import type { RangeMatch } from '../../match/bindings.ts';
import type { TaintPropagator, TaintSanitizer, TaintSink, TaintSource } from '../../rules/rule.ts';
import { type Expression, type FunctionBody, forEachPart } from '../il.ts';

/** A place in a file that an item of a taint rule matches. */
export interface SpecMatch<Spec> {
  /** Unique among the matches of the rule in the file. */
  id: number;
  spec: Spec;
  match: RangeMatch;
}

/** What the items of a rule match in a file. */
export interface TaintMatches {
  sources: SpecMatch<TaintSource>[];
  sinks: SpecMatch<TaintSink>[];
  sanitizers: SpecMatch<TaintSanitizer>[];
  propagators: SpecMatch<TaintPropagator>[];
}

/** What an expression is to a rule. Lists are empty more often than not. */
export interface Marks {
  sources: SpecMatch<TaintSource>[];
  /** Of those, the ones that taint the place for later. */
  lastingSources: SpecMatch<TaintSource>[];
  sinks: SpecMatch<TaintSink>[];
  isSanitized: boolean;
  /** The place is clean afterwards. */
  isCleaned: boolean;
  from: SpecMatch<TaintPropagator>[];
  to: SpecMatch<TaintPropagator>[];
}

export type MarksOf = ReadonlyMap<Expression, Marks>;

/** Marks a function's expressions with what they are to a rule, by their ranges (semantics 05 §5.3). */
export function markExpressions(body: FunctionBody, matches: TaintMatches): MarksOf {
  const all = expressionsOf(body);
  const marks = new Map<Expression, Marks>();
  const mark = (expression: Expression): Marks => {
    let known = marks.get(expression);
    if (known === undefined) {
      known = { sources: [], lastingSources: [], sinks: [], isSanitized: false, isCleaned: false, from: [], to: [] };
      marks.set(expression, known);
    }
    return known;
  };
  for (const source of matches.sources) {
    const { start, end } = source.match;
    const found = source.spec.exact ? outermost(all, start, end) : within(all, start, end);
    for (const expression of found) {
      const isPlace = source.spec.bySideEffect !== false && isPlaceAt(expression, start, end);
      if (isPlace) mark(expression).lastingSources.push(source);
      else if (source.spec.bySideEffect !== 'only') mark(expression).sources.push(source);
    }
  }
  for (const sink of matches.sinks) {
    const { start, end } = sink.match;
    if (sink.spec.exact) for (const expression of outermost(all, start, end)) mark(expression).sinks.push(sink);
    else for (const expression of within(all, start, end)) mark(expression).sinks.push(sink);
  }
  for (const { spec, match } of matches.sanitizers) {
    const found = spec.exact ? outermost(all, match.start, match.end) : within(all, match.start, match.end);
    for (const expression of found) {
      if (!spec.bySideEffect) mark(expression).isSanitized = true;
      else if (isPlaceAt(expression, match.start, match.end)) mark(expression).isCleaned = true;
    }
  }
  for (const propagator of matches.propagators) {
    const { from, to } = propagator.spec;
    for (const expression of boundTo(all, propagator.match, from)) mark(expression).from.push(propagator);
    for (const expression of boundTo(all, propagator.match, to)) mark(expression).to.push(propagator);
  }
  return marks;
}

/** All expressions of a function and its lambdas, by start, the longest first. */
function expressionsOf(body: FunctionBody): Expression[] {
  const all: Expression[] = [];
  const visit = (expression: Expression): void => {
    all.push(expression);
    if (expression.kind === 'lambda') for (const root of expression.function.roots) visit(root);
    else forEachPart(expression, visit);
  };
  for (const root of body.roots) visit(root);
  return all.sort((a, b) => a.start - b.start || b.end - a.end);
}

function within(all: readonly Expression[], start: number, end: number): Expression[] {
  const found: Expression[] = [];
  for (let i = firstFrom(all, start); i < all.length; i++) {
    const expression = all[i] as Expression;
    if (expression.start >= end) break;
    if (expression.end <= end) found.push(expression);
  }
  return found;
}

/** Those that no other within contains. */
function outermost(all: readonly Expression[], start: number, end: number): Expression[] {
  let covered = -1;
  let coveredFrom = -1;
  return within(all, start, end).filter((expression) => {
    if (expression.end <= covered && !(expression.start === coveredFrom && expression.end === covered)) return false;
    coveredFrom = expression.start;
    covered = expression.end;
    return true;
  });
}

function firstFrom(all: readonly Expression[], start: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] as Expression).start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isPlaceAt(expression: Expression, start: number, end: number): boolean {
  const isPlace = expression.kind === 'variable' || expression.kind === 'field' || expression.kind === 'index';
  return isPlace && expression.start === start && expression.end === end;
}

function boundTo(all: readonly Expression[], match: RangeMatch, name: string): Expression[] {
  const binding = match.bindings.get(name);
  if (binding === undefined || binding.start < 0) return [];
  return outermost(all, binding.start, binding.end).filter(
    (expression) => expression.start === binding.start && expression.end === binding.end,
  );
}
