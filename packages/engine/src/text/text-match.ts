/** A piece of text that a metavariable of generic mode took. */
export interface TakenText {
  text: string;
  /** UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
}

/** A match of a generic-mode pattern: a range of the text, and what its metavariables took. */
export interface TextMatch {
  start: number;
  end: number;
  bindings: ReadonlyMap<string, TakenText>;
}

/** A match whose metavariables took these ranges of the text. */
export function textMatch(
  text: string,
  start: number,
  end: number,
  taken: ReadonlyMap<string, { start: number; end: number }>,
): TextMatch {
  const bindings = new Map<string, TakenText>();
  for (const [name, range] of taken) {
    bindings.set(name, { text: text.slice(range.start, range.end), start: range.start, end: range.end });
  }
  return { start, end, bindings };
}
