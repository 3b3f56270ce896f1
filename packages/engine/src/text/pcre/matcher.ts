/** One match as a matcher finds it. */
export interface RawMatch {
  /** Where the match is reported to start: where matching began, unless `\K` moved it. */
  start: number;
  end: number;
  searchStart: number;
  /** Start and end of each group, `[2g]` and `[2g + 1]`; -1 for a group that is not set. Entries 0 and 1 are unused. */
  groups: Int32Array;
}

export interface FindOptions {
  /** Only a match that begins right there. */
  anchored: boolean;
  /** Not one that consumes nothing there. */
  notEmpty: boolean;
}

/** What native and own matcher share. Holds one text at a time. */
export interface Matcher {
  reset(text: string): void;
  find(from: number, options: FindOptions): RawMatch | null;
}

/** Thrown where a match takes too many steps or too much memory; PCRE2 reports an error there, too. */
export class RegexLimitError extends Error {
  override readonly name = 'RegexLimitError';
}
