/** The offsets of each of some words, ascending. */
export type MentionsOf = readonly Int32Array[];

/** Whether all the words are mentioned between the offsets. */
export function areMentioned(mentions: MentionsOf, start: number, end: number): boolean {
  for (const positions of mentions) if (!hasPosition(positions, start, end)) return false;
  return true;
}

function hasPosition(positions: Int32Array, start: number, end: number): boolean {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] as number) < start) low = middle + 1;
    else high = middle;
  }
  return low < positions.length && (positions[low] as number) < end;
}

/** A name of the file for something that is called otherwise where it comes from. */
export interface ImportAlias {
  local: string;
  canonical: readonly string[];
}

/**
 * Where words stand in a text, found word by word on demand: before a pattern is tried on a construct, a binary search
 * tells whether the construct mentions the pattern's identifiers at all. A word also counts as mentioned where an
 * alias of it is; comments, strings and longer words that contain it make it count too often, which costs only time.
 */
export class Mentions {
  private readonly text: string;
  private readonly localNames = new Map<string, string[]>();
  /** Parts of wildcard imports' modules: any name may stand for them. */
  private readonly anywhere: ReadonlySet<string>;
  private readonly positions = new Map<string, Int32Array>();

  constructor(text: string, aliases: readonly ImportAlias[], wildcards: readonly (readonly string[])[]) {
    this.text = text;
    this.anywhere = new Set(wildcards.flat());
    for (const { local, canonical } of aliases) {
      for (const part of canonical) {
        if (part === local) continue;
        const names = this.localNames.get(part);
        if (names === undefined) this.localNames.set(part, [local]);
        else names.push(local);
      }
    }
  }

  /** Where all of these words stand, to ask about many ranges; the rarest word first, as most ranges lack it. */
  of(words: readonly string[]): MentionsOf {
    const bound = words.filter((word) => !this.anywhere.has(word));
    const positions = bound.map((word) => this.positions.get(word) ?? this.find(word));
    return positions.sort((a, b) => a.length - b.length);
  }

  private find(word: string): Int32Array {
    const found: number[] = [];
    for (const spelling of new Set([word, ...(this.localNames.get(word) ?? [])])) {
      for (let at = this.text.indexOf(spelling); at >= 0; at = this.text.indexOf(spelling, at + 1)) found.push(at);
    }
    const positions = Int32Array.from(found).sort();
    this.positions.set(word, positions);
    return positions;
  }
}
