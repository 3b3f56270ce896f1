import type { RangeMatch } from '../../match/bindings.ts';

/** Matches longer than this are few: all of them are looked at. In characters. */
const LONG = 2000;

/** Matches of a file by place. */
export class RangeIndex<T extends { match: RangeMatch }> {
  private readonly positions: ReadonlyMap<T, number>;
  private readonly short: readonly T[];
  private readonly long: readonly T[];

  constructor(matches: readonly T[]) {
    this.positions = new Map(matches.map((one, position) => [one, position]));
    const isLong = ({ match }: T): boolean => match.end - match.start > LONG;
    this.long = matches.filter(isLong);
    this.short = matches.filter((one) => !isLong(one)).sort((a, b) => a.match.start - b.match.start);
  }

  /** Those of which some part lies between, in the order in which they were given. */
  overlapping(start: number, end: number): T[] {
    const overlaps = ({ match }: T): boolean => match.start < end && match.end > start;
    const found = this.long.filter(overlaps);
    for (let i = this.firstFrom(start - LONG); i < this.short.length; i++) {
      const one = this.short[i] as T;
      if (one.match.start >= end) break;
      if (overlaps(one)) found.push(one);
    }
    return found.sort((a, b) => (this.positions.get(a) ?? 0) - (this.positions.get(b) ?? 0));
  }

  private firstFrom(start: number): number {
    let low = 0;
    let high = this.short.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.short[middle] as T).match.start < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
