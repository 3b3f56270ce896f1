import type { Expression, FunctionBody } from '../il.ts';
import { type Marks, type MarksOf, markExpressions, type SpecMatch, type TaintMatches } from './spec-matches.ts';

/** What the expressions of a program's functions are to a rule. */
export class MarkedFunctions {
  /** Functions in which a flow may begin. */
  readonly begin: FunctionBody[] = [];
  private readonly all = new Map<Expression, Marks>();
  private readonly signatures = new Map<FunctionBody, string>();
  private readonly special = new Set<FunctionBody>();

  /** `matches` are those in the file of the functions. */
  add(functions: readonly FunctionBody[], matches: TaintMatches): void {
    if (Object.values(matches).every((list) => list.length === 0)) return;
    for (const body of functions) this.addFunction(body, markExpressions(body, matches));
  }

  private addFunction(body: FunctionBody, marks: MarksOf): void {
    if (marks.size === 0) return;
    const parts: string[] = [];
    let begins = false;
    for (const [expression, mark] of marks) {
      this.all.set(expression, mark);
      begins ||= mark.sources.length + mark.lastingSources.length > 0;
      const own = matchesIn(mark);
      if (own.some(({ isShared }) => !isShared)) this.special.add(body);
      parts.push(`${expression.start}-${expression.end}:${own.map(({ id }) => id).join()}`);
    }
    this.signatures.set(body, parts.sort().join(' '));
    if (begins) this.begin.push(body);
  }

  get marks(): MarksOf {
    return this.all;
  }

  /** The same for two rules that mark the same in the function. */
  signature(body: FunctionBody): string {
    return this.signatures.get(around(body)) ?? '';
  }

  /** Whether all that is marked in the function comes from models, which other rules use too. */
  areShared(body: FunctionBody): boolean {
    return !this.special.has(around(body));
  }
}

/** Lambdas are marked with the function that they stand in. */
function around(body: FunctionBody): FunctionBody {
  let at = body;
  while (at.kind === 'lambda' && at.enclosing !== null) at = at.enclosing;
  return at;
}

function matchesIn({ sources, lastingSources, sinks, sanitizers, from, to }: Marks): SpecMatch<unknown>[] {
  return [...sources, ...lastingSources, ...sinks, ...sanitizers, ...from, ...to];
}
