import type { FunctionBody } from '../il.ts';
import { RangeIndex } from './range-index.ts';
import { type MarksOf, markExpressions, type SpecMatch, type TaintMatches } from './spec-matches.ts';

/** What a rule matches in a file, by place. */
type FileMatches = { [Role in keyof TaintMatches]: RangeIndex<TaintMatches[Role][number]> };

const NOTHING_MARKED: MarksOf = new Map();

/** What the expressions of a program's functions are to a rule, worked out for a function when it is asked for. */
export class MarkedFunctions {
  /** Functions in which a flow may begin. */
  readonly begin: FunctionBody[] = [];
  private readonly files = new Map<string, FileMatches>();
  private readonly marks = new Map<FunctionBody, MarksOf>();

  /** `matches` are those in the file of the functions. */
  add(functions: readonly FunctionBody[], matches: TaintMatches): void {
    const path = functions[0]?.path;
    if (path === undefined || Object.values(matches).every((list) => list.length === 0)) return;
    const { sources, sinks, sanitizers, propagators } = matches;
    const byPlace: FileMatches = {
      sources: new RangeIndex(sources),
      sinks: new RangeIndex(sinks),
      sanitizers: new RangeIndex(sanitizers),
      propagators: new RangeIndex(propagators),
    };
    this.files.set(path, byPlace);
    for (const body of functions) {
      const [start, end] = rangeOf(body);
      if (byPlace.sources.overlapping(start, end).length > 0 && this.begins(body)) this.begin.push(body);
    }
  }

  private begins(body: FunctionBody): boolean {
    return [...this.marksOf(body).values()].some((mark) => mark.sources.length + mark.lastingSources.length > 0);
  }

  /** What the expressions of the function are to the rule. */
  marksOf(body: FunctionBody): MarksOf {
    const own = around(body);
    const known = this.marks.get(own);
    if (known !== undefined) return known;
    const matches = this.matchesIn(own);
    const marks = matches === null ? NOTHING_MARKED : markExpressions(own, matches);
    this.marks.set(own, marks);
    return marks;
  }

  /** The same for two rules that match the same in the function. */
  signature(body: FunctionBody): string {
    return this.listIn(body)
      .map(({ id }) => id)
      .join();
  }

  /** Whether all that is matched in the function comes from models, which other rules use too. */
  areShared(body: FunctionBody): boolean {
    return this.listIn(body).every(({ isShared }) => isShared);
  }

  private listIn(body: FunctionBody): SpecMatch<unknown>[] {
    const matches = this.matchesIn(around(body));
    return matches === null ? [] : Object.values(matches).flat();
  }

  private matchesIn(body: FunctionBody): TaintMatches | null {
    const byPlace = this.files.get(body.path);
    if (byPlace === undefined) return null;
    const [start, end] = rangeOf(body);
    const { sources, sinks, sanitizers, propagators } = byPlace;
    return {
      sources: sources.overlapping(start, end),
      sinks: sinks.overlapping(start, end),
      sanitizers: sanitizers.overlapping(start, end),
      propagators: propagators.overlapping(start, end),
    };
  }
}

/** Lambdas are marked with the function that they stand in. */
function around(body: FunctionBody): FunctionBody {
  let at = body;
  while (at.kind === 'lambda' && at.enclosing !== null) at = at.enclosing;
  return at;
}

/** Statements of the top level stand before, between and behind functions. */
function rangeOf({ kind, origin }: FunctionBody): [start: number, end: number] {
  return kind === 'top-level' ? [0, Number.POSITIVE_INFINITY] : [origin.start, origin.end];
}
