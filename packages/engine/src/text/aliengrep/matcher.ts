import { RegexLimitError } from '../pcre/matcher.ts';
import { type AliengrepDocument, ElementKind } from './document.ts';
import type { AliengrepNode, AliengrepPattern, Reach } from './pattern.ts';
import { foldKey } from './syntax.ts';

/** A text range by offsets. */
export interface Taken {
  start: number;
  end: number;
}

export interface AliengrepMatch extends Taken {
  bindings: ReadonlyMap<string, Taken>;
}

/**
 * Elements passed and characters compared, for one pattern on one text. Repeated names can make that the square of the
 * text; 100 million take about two seconds.
 */
const WORK_LIMIT = 100_000_000;

type Ellipsis = AliengrepNode & { kind: 'ellipsis' };

/** Matches one pattern against one document: ellipses take as little as they can, and give way in turn. */
export class AliengrepMatcher {
  private readonly pattern: AliengrepPattern;
  private readonly nodes: readonly AliengrepNode[];
  private readonly document: AliengrepDocument;
  private readonly bindings = new Map<string, Taken>();
  /**
   * For each set of values of repeated names, the (ellipsis, element) pairs that an ellipsis has reached since the last
   * match. Reaching one again can only fail as before, so a search is linear in the text for each ellipsis.
   */
  private readonly reached = new Map<string, Set<number>>();
  private work = 0;

  constructor(pattern: AliengrepPattern, document: AliengrepDocument) {
    this.pattern = pattern;
    this.nodes = pattern.nodes;
    this.document = document;
  }

  /** All matches from left to right, none overlapping another. Throws `RegexLimitError` where that takes too long. */
  findAll(): AliengrepMatch[] {
    const matches: AliengrepMatch[] = [];
    let from = 0;
    for (const start of this.starts()) {
      if (start.offset < from || (start.offset === from && matches.at(-1)?.start === from)) continue;
      const end = this.attempt(start.element);
      if (end < 0) continue;
      matches.push({ start: start.offset, end, bindings: new Map(this.bindings) });
      from = end;
    }
    return matches;
  }

  private attempt(element: number): number {
    this.bindings.clear();
    const end = this.match(0, element);
    if (end >= 0) this.reached.clear();
    return end;
  }

  /** Where matches may begin: at each element; for a pattern that begins with an ellipsis, at each line or the text. */
  private *starts(): Generator<{ offset: number; element: number }> {
    const [first] = this.nodes;
    const { starts, count } = this.document;
    if (first?.kind === 'ellipsis') {
      if (first.reach === 'text') yield { offset: 0, element: 0 };
      else yield* this.lineStarts();
      return;
    }
    for (let element = 0; element < count; element++) {
      if (first && this.fits(first, element)) yield { offset: starts[element] as number, element };
    }
  }

  private *lineStarts(): Generator<{ offset: number; element: number }> {
    const { ends, kinds, count } = this.document;
    yield { offset: 0, element: 0 };
    for (let i = 0; i < count; i++) {
      if (kinds[i] === ElementKind.Newline) yield { offset: ends[i] as number, element: i + 1 };
    }
  }

  /** Whether a single element can be what the node stands for, bindings aside. */
  private fits(node: AliengrepNode, element: number): boolean {
    const { kinds, keys, count } = this.document;
    if (element >= count) return false;
    switch (node.kind) {
      case 'literal':
        return keys[element] === node.key;
      case 'word':
        return kinds[element] === ElementKind.Word;
      case 'newline':
        return kinds[element] === ElementKind.Newline;
      case 'ellipsis':
      case 'same':
        return false;
    }
  }

  /** Matches from a node on at an element; returns the end offset, or -1. */
  private match(index: number, element: number): number {
    const node = this.nodes[index];
    if (node === undefined) return this.document.ends[element - 1] as number;
    if (node.kind === 'ellipsis') return this.matchEllipsis(node, index, element);
    if (node.kind === 'same') return this.matchSame(node, index, element);
    if (!this.fits(node, element)) return -1;
    if (node.kind !== 'word') return this.match(index + 1, element + 1);
    const { starts, ends } = this.document;
    const range = { start: starts[element] as number, end: ends[element] as number };
    return this.bind(node.name, range, () => this.match(index + 1, element + 1));
  }

  /** The text of a binding once more, from the start of one element to the end of another. */
  private matchSame(node: AliengrepNode & { kind: 'same' }, index: number, element: number): number {
    const { starts, ends, count, text } = this.document;
    const taken = this.bindings.get(node.name) as Taken;
    const key = this.keyOf(taken);
    const { reach } = node;
    let next = element;
    if (key !== '') {
      const start = element < count ? (starts[element] as number) : text.length;
      const range = { start, end: start + taken.end - taken.start };
      if (this.keyOf(range) !== key) return -1;
      while (next < count && (ends[next] as number) < range.end) next++;
      if (ends[next] !== range.end) return -1;
      next++;
    }
    return this.behindEllipsis(reach, index, next);
  }

  private matchEllipsis(node: Ellipsis, index: number, element: number): number {
    const across = node.reach === 'text' && !this.pattern.syntax.multiline;
    if (node.reach === 'line' && this.nodes[index - 1]?.kind === 'newline' && !this.touchesLast(element)) return -1;
    const longest = across ? this.behindNewlines(element) : element;
    if (longest > element) {
      const range = this.rangeOf(element, element, element);
      const end = this.bind(node.name, range, () => this.behindEllipsis(node.reach, index, element));
      if (end >= 0) return end;
    }
    return this.extend(node, index, element, longest, across);
  }

  /** Right behind a newline of the pattern `...` passes over no blanks, as Semgrep has it. */
  private touchesLast(element: number): boolean {
    const { starts, ends, count, text } = this.document;
    return ends[element - 1] === (element < count ? starts[element] : text.length);
  }

  /** Where lines count, `....` takes nothing at all or begins with all the newlines there are. */
  private behindNewlines(element: number): number {
    const { kinds, starts, ends, count } = this.document;
    let next = element;
    while (
      next < count &&
      kinds[next] === ElementKind.Newline &&
      (ends[next] as number) - (starts[next] as number) === 1
    ) {
      next++;
    }
    return next;
  }

  /** Takes more and more elements from `first` on; what lies before it, from `element`, are newlines. */
  private extend(node: Ellipsis, index: number, element: number, first: number, across: boolean): number {
    // What a repeated name takes depends on where it began, so that an element reached again may still match.
    const reached = node.name !== null && this.pattern.repeated.has(node.name) ? null : this.reachedNow();
    const { pairing, linePairing } = this.document;
    let next = first;
    for (;;) {
      this.count(1);
      // Newlines may follow what an ellipsis has taken, but not stand between its first ones and the first element.
      const state = 2 * (index * (this.document.count + 1) + next) + (next === first ? 1 : 0);
      if (reached?.has(state)) return -1;
      reached?.add(state);
      const end = this.bind(node.name, this.rangeOf(element, first, next), () =>
        this.behindEllipsis(node.reach, index, next),
      );
      if (end >= 0) return end;
      const candidate = across && next > first ? this.nextElement(next) : next;
      if (!this.isPassable(candidate, node.closer)) return -1;
      next = (across ? pairing : linePairing).next[candidate] as number;
    }
  }

  /** Goes on behind an ellipsis; at the end of the pattern it must have reached the end of the line or text. */
  private behindEllipsis(reach: Reach | null, index: number, element: number): number {
    if (reach === null || index + 1 < this.nodes.length) return this.match(index + 1, element);
    const { text, count, kinds, starts } = this.document;
    if (element === count) return text.length;
    const endsLine = kinds[element] === ElementKind.Newline && reach === 'line';
    return endsLine ? (starts[element] as number) : -1;
  }

  private nextElement(element: number): number {
    const { kinds, count } = this.document;
    let next = element;
    while (next < count && (kinds[next] as number) >= ElementKind.Newline) next++;
    return next;
  }

  private isPassable(element: number, closer: number): boolean {
    const { kinds, roles, count } = this.document;
    if (element >= count || (kinds[element] as number) >= ElementKind.Newline) return false;
    return closer < 0 || roles[element]?.closes !== closer;
  }

  /** What an ellipsis took: trimmed, unless it is newlines only, which go with the blanks that follow. */
  private rangeOf(element: number, first: number, next: number): Taken {
    const { starts, ends, text, count } = this.document;
    const start = element < count ? (starts[element] as number) : text.length;
    if (next > first) return { start, end: ends[next - 1] as number };
    if (first === element) return { start, end: start };
    return { start, end: first < count ? (starts[first] as number) : text.length };
  }

  /** Goes on with a binding and takes it back if that fails. */
  private bind(name: string | null, range: Taken, proceed: () => number): number {
    if (name === null) return proceed();
    this.bindings.set(name, range);
    const result = proceed();
    if (result < 0) this.bindings.delete(name);
    return result;
  }

  private keyOf({ start, end }: Taken): string {
    this.count(end - start);
    return foldKey(this.document.text.slice(start, end), this.pattern.syntax);
  }

  private count(work: number): void {
    this.work += work;
    if (this.work > WORK_LIMIT) throw new RegexLimitError('the pattern takes too many steps on this text');
  }

  private reachedNow(): Set<number> {
    const values = [...this.pattern.repeated].map((name) => {
      const taken = this.bindings.get(name);
      return taken === undefined ? null : this.keyOf(taken);
    });
    const key = JSON.stringify(values);
    let reached = this.reached.get(key);
    if (reached === undefined) {
      reached = new Set();
      this.reached.set(key, reached);
    }
    return reached;
  }
}
