import type { SpacegrepDocument } from './document.ts';
import type { SpacegrepPattern, Step } from './pattern.ts';

/** A text range by offsets, of what a metavariable took. */
export interface Taken {
  start: number;
  end: number;
}

export interface SpacegrepMatch {
  /** Index of the first token. */
  first: number;
  /** Index behind the last one. */
  end: number;
  bindings: ReadonlyMap<string, Taken>;
}

/**
 * The document block that the match, or a block of the pattern, is confined to. There is one object for each way into
 * it, so that what failed there can be remembered with it.
 */
class Region {
  /** First token, -1 for the region of the whole match. */
  readonly start: number;
  readonly end: number;
  readonly outer: Region | null;
  /** Right behind a block that the pattern closed, the end of the document block around that; else -1. */
  readonly behindBlock: number;
  readonly failed = new Set<number | string>();
  private readonly inner = new Map<number, Region>();
  private readonly behind = new Map<number, Region>();

  constructor(start: number, end: number, outer: Region | null, behindBlock: number) {
    this.start = start;
    this.end = end;
    this.outer = outer;
    this.behindBlock = behindBlock;
  }

  enter(start: number, end: number): Region {
    return remembered(this.inner, start, () => new Region(start, end, this, -1));
  }

  withBlockBehind(end: number): Region {
    return remembered(this.behind, end, () => new Region(this.start, this.end, this.outer, end));
  }
}

function remembered<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** Where dots may reach to when there are none. */
const ANY_LINE = Number.MAX_SAFE_INTEGER;

/** Where dots failed is remembered once a document has taken this many steps; for most patterns it is not worth it. */
const MEMO_AFTER_STEPS = 2000;

/**
 * Matches one pattern against one document: at each start the first match in the order of backtracking, dots taking as
 * little as they can.
 */
export class SpacegrepMatcher {
  private readonly document: SpacegrepDocument;
  private readonly steps: readonly Step[];
  private readonly repeated: ReadonlySet<string>;
  private readonly maxSpan: number;
  /** Of each token step the id in this document, -1 for a text that does not occur in it. */
  private readonly stepIds: readonly number[];
  private readonly bindings = new Map<string, Taken>();
  /** The region of a match, by its end. */
  private readonly roots = new Map<number, Region>();
  private first = 0;
  private stepsTaken = 0;

  constructor(pattern: SpacegrepPattern, document: SpacegrepDocument, maxSpan: number) {
    this.document = document;
    this.steps = pattern.steps;
    this.repeated = pattern.repeated;
    this.maxSpan = maxSpan;
    this.stepIds = this.steps.map((step) => {
      const [position] = (step.kind === 'token' && document.positions.get(step.text)) || [];
      return position === undefined ? -1 : (document.ids[position] as number);
    });
  }

  /** The match that begins at a token; it stays in the innermost block that holds the token. */
  matchAt(first: number): SpacegrepMatch | null {
    this.bindings.clear();
    this.first = first;
    const limit = this.document.blockEnd[first] as number;
    const region = remembered(this.roots, limit, () => new Region(-1, limit, null, -1));
    const end = this.match(0, first, region, ANY_LINE);
    return end < 0 ? null : { first, end, bindings: new Map(this.bindings) };
  }

  /**
   * Matches from a step on at a token. `deadline`: the last line on which the next token may stand, after dots.
   * Returns the end of the match, or -1.
   */
  private match(index: number, at: number, region: Region, deadline: number): number {
    const step = this.steps[index];
    if (step === undefined) return at;
    this.stepsTaken++;
    return this.matchStep(step, index, at, region, deadline);
  }

  private matchStep(step: Step, index: number, at: number, region: Region, deadline: number): number {
    switch (step.kind) {
      case 'token':
        if (!this.isInReach(at, region, deadline) || this.document.ids[at] !== this.stepIds[index]) return -1;
        return this.match(index + 1, at + 1, region, ANY_LINE);
      case 'word':
        if (!this.isInReach(at, region, deadline) || this.document.isWord[at] !== 1) return -1;
        return this.matchWord(step.name, index, at, region);
      case 'dots':
        return this.rememberDots(step, index, at, region);
      case 'open':
        return this.matchBlock(step, index, at, region, deadline);
      case 'close':
        return this.closeBlock(index, at, region);
    }
  }

  private isInReach(at: number, region: Region, deadline: number): boolean {
    return at < region.end && (this.document.lines[at] as number) <= deadline;
  }

  private matchWord(name: string, index: number, at: number, region: Region): number {
    const { starts, ends } = this.document;
    const next = () => this.match(index + 1, at + 1, region, ANY_LINE);
    return this.bind(name, starts[at] as number, ends[at] as number, next);
  }

  /**
   * Without memory a pattern with n dots would try every n-tuple of tokens within reach: over 1,000 lines
   * `$A ... $B ... $C ... END` took 159 s, with it 0.5 s.
   */
  private rememberDots(step: Step & { kind: 'dots' }, index: number, at: number, region: Region): number {
    // At the first token the block that begins there does not count, as it does for other starts.
    if (this.stepsTaken < MEMO_AFTER_STEPS || at === this.first) return this.matchDots(step, index, at, region);
    const key = this.stateKey(index, at);
    if (region.failed.has(key)) return -1;
    const end = this.matchDots(step, index, at, region);
    if (end < 0) region.failed.add(key);
    return end;
  }

  private matchDots(step: Step & { kind: 'dots' }, index: number, at: number, region: Region): number {
    const { starts, ends, lines, blockEnd } = this.document;
    // Before the first step there is no token to count from, so the one at hand has to do.
    const isFirst = index === 0;
    const from = (isFirst ? starts[at] : ends[at - 1]) as number;
    const deadline = (lines[isFirst ? at : at - 1] as number) + step.count * this.maxSpan;
    let next = at;
    if (step.final) {
      // They take all they can of the block that the last token, or the last block, stands in.
      const around = this.steps[index - 1]?.kind === 'close' ? region.behindBlock : blockEnd[isFirst ? at : at - 1];
      const last = Math.min(region.end, around as number);
      while (next < last && (lines[next] as number) <= deadline) next++;
    }
    // Dots before a block pass over blocks without looking inside.
    const overBlocks = this.steps[index + 1]?.kind === 'open';
    for (; ; next = overBlocks ? this.behindUnit(next, region) : next + 1) {
      const to = next > at ? (ends[next - 1] as number) : from;
      const end = this.bind(step.name, from, to, () => this.match(index + 1, next, region, deadline));
      if (end >= 0 || step.final || !this.isInReach(next, region, deadline)) return end;
    }
  }

  private behindUnit(at: number, region: Region): number {
    const blockEnd = this.innerBlockEnd(at, region);
    return blockEnd >= 0 ? blockEnd : at + 1;
  }

  /** The end of the block that begins at a token, if it lies inside the region and is not all of it; else -1. */
  private innerBlockEnd(at: number, region: Region): number {
    const isInside = at < region.end && at !== region.start && at !== this.first;
    return isInside ? (this.document.blockFrom[at] as number) : -1;
  }

  private matchBlock(
    step: Step & { kind: 'open' },
    index: number,
    at: number,
    region: Region,
    deadline: number,
  ): number {
    const blockEnd = this.innerBlockEnd(at, region);
    const entered = blockEnd >= 0 ? this.match(index + 1, at, region.enter(at, blockEnd), deadline) : -1;
    if (entered >= 0 || step.skipTo === null) return entered;
    return this.match(step.skipTo, at, region, deadline);
  }

  /**
   * Ends the pattern's block, and those that end with it. The last token must be the last of its own block, which may
   * be one inside the block that the pattern's stands for; after dots it may be any. What is left of the block is
   * passed over, but does not belong to the match if nothing follows.
   */
  private closeBlock(index: number, at: number, region: Region): number {
    const { blockEnd, parentEnd } = this.document;
    if (at === region.start) return -1;
    let next = index;
    let reached = at;
    let end = this.steps[index - 1]?.kind === 'dots' ? at : blockEnd[at - 1];
    let inner = region;
    for (;;) {
      if (end !== reached || inner.outer === null) return -1;
      next++;
      reached = inner.end;
      end = parentEnd[inner.start];
      inner = inner.outer;
      if (next === this.steps.length) return at;
      if (this.steps[next]?.kind === 'close') continue;
      return this.match(next, reached, inner.withBlockBehind(end as number), ANY_LINE);
    }
  }

  /** Goes on with a binding, which must have the same text as an earlier one of the name. */
  private bind(name: string | null, start: number, end: number, proceed: () => number): number {
    if (name === null) return proceed();
    const known = this.bindings.get(name);
    if (known !== undefined) return this.textOf(known) === this.textOf({ start, end }) ? proceed() : -1;
    this.bindings.set(name, { start, end });
    const result = proceed();
    if (result < 0) this.bindings.delete(name);
    return result;
  }

  private textOf({ start, end }: Taken): string {
    return this.document.text.slice(start, end);
  }

  /** What an attempt in a region depends on. Bindings count only for names that come again. */
  private stateKey(index: number, at: number): number | string {
    const state = index * this.document.tokenCount + at;
    if (this.repeated.size === 0) return state;
    const values = [...this.repeated].map((name) => {
      const taken = this.bindings.get(name);
      return taken === undefined ? null : this.textOf(taken);
    });
    return JSON.stringify([state, ...values]);
  }
}
