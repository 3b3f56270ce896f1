import type { RangeMatch } from '../../match/bindings.ts';
import type { TaintPropagator, TaintSanitizer, TaintSink, TaintSource } from '../../rules/rule.ts';
import { type Expression, type FunctionBody, forEachPart, isPlace } from '../il.ts';
import type { FlowStyle } from '../lower-function.ts';
import type { NarrowedPlace } from '../narrowed-places.ts';

/** A place in a file that an item of a taint rule matches. */
export interface SpecMatch<Spec> {
  /** Unique in a scan. */
  id: number;
  /** Unique in its file; the same in every run in which the file is the same. Empty where that is of no interest. */
  key: string;
  /** Of the file. */
  path: string;
  spec: Spec;
  match: RangeMatch;
  /** The rule picks a part of what it matches. */
  isFocused: boolean;
  /** The item is a model's, and several rules use it. */
  isShared: boolean;
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
  sanitizers: SpecMatch<TaintSanitizer>[];
  isSanitized: boolean;
  /** What is sanitized is more than the expression: an assignment of it. */
  isWithinSanitized: boolean;
  /** The place is clean afterwards. */
  isCleaned: boolean;
  from: SpecMatch<TaintPropagator>[];
  to: SpecMatch<TaintPropagator>[];
  /** The expression is a test, and places are clean where it has come out so. */
  checked: CheckedPlace[];
}

export interface CheckedPlace {
  place: NarrowedPlace;
  holds: boolean;
}

function emptyMarks(): Marks {
  return {
    sources: [],
    lastingSources: [],
    sinks: [],
    sanitizers: [],
    isSanitized: false,
    isWithinSanitized: false,
    isCleaned: false,
    from: [],
    to: [],
    checked: [],
  };
}

/** Of an expression that is nothing to the rule. */
export const NO_MARKS: Marks = emptyMarks();

export type MarksOf = ReadonlyMap<Expression, Marks>;

/** Marks a function's expressions with what they are to a rule, by their ranges (semantics 05 §5.3). */
export function markExpressions(body: FunctionBody, matches: TaintMatches, style: FlowStyle): MarksOf {
  const all = expressionsOf(body);
  const marks = new Map<Expression, Marks>();
  const mark = (expression: Expression): Marks => {
    let own = marks.get(expression);
    if (own === undefined) {
      own = emptyMarks();
      marks.set(expression, own);
    }
    return own;
  };
  forEachMarked(all, matches.sources, (expression, source) => {
    const { start, end } = source.match;
    if (style === 'complete' && isOwner(expression, all, start, end)) return;
    const isLasting = source.spec.bySideEffect !== false && isPlaceAt(expression, start, end);
    if (isLasting) mark(expression).lastingSources.push(source);
    else if (source.spec.bySideEffect !== 'only') mark(expression).sources.push(source);
  });
  forEachMarked(all, matches.sinks, (expression, sink) => mark(expression).sinks.push(sink));
  for (const sanitizer of matches.sanitizers) {
    const { spec, match } = sanitizer;
    if (spec.cleaned.length === 0) continue;
    const tests = within(all, match.start, match.end).filter((one) => isAt(one, match.start, match.end));
    for (const test of tests) mark(test).sanitizers.push(sanitizer);
    for (const { metavariable, holds } of spec.cleaned) {
      const places = boundTo(all, match, metavariable).filter(isPlace);
      for (const test of tests) mark(test).checked.push(...places.map((place) => ({ place, holds })));
    }
  }
  const unconditional = matches.sanitizers.filter(({ spec }) => spec.cleaned.length === 0);
  forEachMarked(all, unconditional, (expression, sanitizer) => {
    const { spec, match } = sanitizer;
    const marks = mark(expression);
    marks.sanitizers.push(sanitizer);
    marks.isSanitized = true;
    if (match.end - match.start > expression.end - expression.start) marks.isWithinSanitized = true;
    if (spec.bySideEffect && isPlaceAt(expression, match.start, match.end)) marks.isCleaned = true;
  });
  for (const propagator of matches.propagators) {
    const { from, to } = propagator.spec;
    for (const expression of boundTo(all, propagator.match, from)) mark(expression).from.push(propagator);
    for (const expression of boundTo(all, propagator.match, to)) mark(expression).to.push(propagator);
  }
  return marks;
}

/** The expressions of a function that stand within a range and are no part of others there. */
export function outermostWithin(body: FunctionBody, start: number, end: number): Expression[] {
  return outermost(within(expressionsOf(body), start, end));
}

const known = new WeakMap<FunctionBody, readonly Expression[]>();

/** All expressions of a function and its lambdas, by start, the longest first: the same for all rules. */
function expressionsOf(body: FunctionBody): readonly Expression[] {
  let all = known.get(body);
  if (all === undefined) {
    all = collectExpressions(body);
    known.set(body, all);
  }
  return all;
}

function collectExpressions(body: FunctionBody): Expression[] {
  const all: Expression[] = [];
  const visit = (expression: Expression): void => {
    all.push(expression);
    if (expression.kind === 'lambda') for (const root of expression.function.roots) visit(root);
    else forEachPart(expression, visit);
  };
  for (const root of body.roots) visit(root);
  return all.sort(inOrder);
}

/** The expressions that each match is about; of an exact item, only the outermost of all its matches. */
function forEachMarked<Spec extends { exact: boolean }>(
  all: readonly Expression[],
  matches: readonly SpecMatch<Spec>[],
  mark: (expression: Expression, match: SpecMatch<Spec>) => void,
): void {
  const exact = new Map<Spec, SpecMatch<Spec>[]>();
  for (const match of matches) {
    if (!match.spec.exact)
      for (const expression of within(all, match.match.start, match.match.end)) mark(expression, match);
    else exact.set(match.spec, [...(exact.get(match.spec) ?? []), match]);
  }
  for (const ofOne of exact.values()) {
    const marked = new Map<Expression, SpecMatch<Spec>[]>();
    for (const match of ofOne) {
      for (const expression of within(all, match.match.start, match.match.end)) {
        marked.set(expression, [...(marked.get(expression) ?? []), match]);
      }
    }
    for (const expression of outermost([...marked.keys()].sort(inOrder))) {
      for (const match of marked.get(expression) ?? []) mark(expression, match);
    }
  }
}

/** By start, the longest first. */
function inOrder(a: Expression, b: Expression): number {
  return a.start - b.start || b.end - a.end;
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

/** Those that no other contains, of expressions in order. */
function outermost(expressions: readonly Expression[]): Expression[] {
  let covered: Expression | null = null;
  return expressions.filter((expression) => {
    const isCovered = covered !== null && expression.end <= covered.end;
    if (isCovered && !(expression.start === covered?.start && expression.end === covered.end)) return false;
    covered = expression;
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

/**
 * Whether a place, or what is called, is based on it: `account` of `account.password`. To the reference it is a source like
 * all that stands in one, so that methods of the account that are called by such a name find all of its fields tainted.
 */
function isOwner(expression: Expression, all: readonly Expression[], start: number, end: number): boolean {
  if (expression.start !== start || expression.end === end) return false;
  const whole = within(all, start, end).filter((one) => isAt(one, start, end));
  return whole.some((one) => {
    for (let at = ownerOf(one); at !== null; at = ownerOf(at)) if (at === expression) return true;
    return false;
  });
}

function ownerOf(expression: Expression): Expression | null {
  if (expression.kind === 'call') return expression.callee;
  return expression.kind === 'field' || expression.kind === 'index' ? expression.object : null;
}

function isPlaceAt(expression: Expression, start: number, end: number): boolean {
  return isPlace(expression) && isAt(expression, start, end);
}

function isAt(expression: Expression, start: number, end: number): boolean {
  return expression.start === start && expression.end === end;
}

function boundTo(all: readonly Expression[], match: RangeMatch, name: string): Expression[] {
  const binding = match.bindings.get(name);
  if (binding === undefined || binding.start < 0) return [];
  return within(all, binding.start, binding.end).filter((one) => isAt(one, binding.start, binding.end));
}
