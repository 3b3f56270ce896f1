import type { FunctionBody } from '../il.ts';
import type { ProgramFile } from '../program.ts';
import type { KeptForRule, MarkedEnd } from './kept-summaries.ts';
import { RangeIndex } from './range-index.ts';
import { type Marks, type MarksOf, markExpressions, type SpecMatch, type TaintMatches } from './spec-matches.ts';

/** What a rule matches in a file, by place. */
type FileMatches = { [Role in keyof TaintMatches]: RangeIndex<TaintMatches[Role][number]> };

const NOTHING_MARKED: MarksOf = new Map();

/** What the expressions of a program's functions are to a rule, worked out for a function when it is asked for. */
export class MarkedFunctions {
  private readonly matchesOf: (path: string) => TaintMatches;
  private readonly files = new Map<string, FileMatches | null>();
  private readonly marks = new Map<FunctionBody, MarksOf>();
  private readonly kept: KeptForRule | null;
  /** In which functions of files flows begin or end, as far as that has been asked for. */
  readonly ends: [end: MarkedEnd, path: string, ids: string[]][] = [];

  /**
   * `matchesOf` tells what the rule matches in a file; it is asked once a file, and not of files that no flow comes to, or
   * of which all is kept that is asked for.
   */
  constructor(matchesOf: (path: string) => TaintMatches, kept: KeptForRule | null = null) {
    this.matchesOf = matchesOf;
    this.kept = kept;
  }

  /** The functions of a file in which a flow may begin. */
  beginnings(file: ProgramFile): FunctionBody[] {
    return this.endsIn(file, 'beginnings', (functions) =>
      this.marking(functions, 'sources', (mark) => mark.sources.length + mark.lastingSources.length > 0),
    );
  }

  /** The functions of a file in which a flow may end. */
  endings(file: ProgramFile): FunctionBody[] {
    return this.endsIn(file, 'endings', (functions) =>
      this.marking(functions, 'sinks', (mark) => mark.sinks.length > 0),
    );
  }

  private endsIn(
    file: ProgramFile,
    end: MarkedEnd,
    search: (functions: readonly FunctionBody[]) => FunctionBody[],
  ): FunctionBody[] {
    const functions = file.functions();
    const kept = this.kept?.marked(end, file.path) ?? null;
    const found = kept === null ? search(functions) : functions.filter(({ id }) => kept.includes(id));
    this.ends.push([end, file.path, found.map(({ id }) => id)]);
    return found;
  }

  private marking(
    functions: readonly FunctionBody[],
    role: 'sources' | 'sinks',
    isSought: (mark: Marks) => boolean,
  ): FunctionBody[] {
    return functions.filter((body) => {
      const [start, end] = rangeOf(body);
      const matches: readonly unknown[] = this.matchesByPlace(body.path)?.[role].overlapping(start, end) ?? [];
      return matches.length > 0 && [...this.marksOf(body).values()].some(isSought);
    });
  }

  /** What the expressions of the function are to the rule. */
  marksOf(body: FunctionBody): MarksOf {
    const own = around(body);
    const known = this.marks.get(own);
    if (known !== undefined) return known;
    const matches = this.matchesIn(own);
    const marks = matches === null ? NOTHING_MARKED : markExpressions(own, matches, 'complete');
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
    const byPlace = this.matchesByPlace(body.path);
    if (byPlace === null) return null;
    const [start, end] = rangeOf(body);
    const { sources, sinks, sanitizers, propagators } = byPlace;
    return {
      sources: sources.overlapping(start, end),
      sinks: sinks.overlapping(start, end),
      sanitizers: sanitizers.overlapping(start, end),
      propagators: propagators.overlapping(start, end),
    };
  }

  /** Null where nothing is matched. */
  private matchesByPlace(path: string): FileMatches | null {
    let byPlace = this.files.get(path);
    if (byPlace === undefined) {
      const matches = this.matchesOf(path);
      byPlace = Object.values(matches).every((list) => list.length === 0) ? null : indexed(matches);
      this.files.set(path, byPlace);
    }
    return byPlace;
  }
}

function indexed({ sources, sinks, sanitizers, propagators }: TaintMatches): FileMatches {
  return {
    sources: new RangeIndex(sources),
    sinks: new RangeIndex(sinks),
    sanitizers: new RangeIndex(sanitizers),
    propagators: new RangeIndex(propagators),
  };
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
