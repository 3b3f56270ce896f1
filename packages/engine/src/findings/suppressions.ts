import type { LineIndex } from './line-index.ts';

/**
 * Inline suppressions: `nosem` and `nosemgrep` comments (semantics 09 §3). They work on text alone, in any language
 * and inside strings too, because that is what existing code relies on.
 */

/** What suppressions need of a finding: the id of its rule and the 1-based line it starts on. */
export interface Suppressible {
  ruleId: string;
  line: number;
}

/** An id that a marker lists and that is not the rule of a finding there (Semgrep's `--strict` warns of it). */
export interface UnmatchedId {
  /** 1-based line of the marker. */
  line: number;
  /** As written, without quotes and what follows a blank. */
  id: string;
  /** The rule whose finding the id did not fit. */
  ruleId: string;
}

export interface Suppressions {
  /** For each finding, in the order given: whether an inline comment ignores it. */
  ignored: boolean[];
  unmatched: UnmatchedId[];
  /** 1-based lines with a marker that ignored none of the findings; its rule may just not have been run. */
  unusedLines: number[];
}

/** The words that mark a suppression; anything may follow them directly. */
export const SUPPRESSION_WORDS: readonly string[] = ['nosem', 'nosemgrep'];

/**
 * Which findings of one file are ignored, and which listed ids fit none of the findings they stand beside.
 * As in Semgrep, a pair of marker lines that lists several ids is never reported as unmatched: each of the ids is
 * meant for another rule.
 */
export function findSuppressions(
  index: LineIndex,
  findings: readonly Suppressible[],
  words: readonly string[] = SUPPRESSION_WORDS,
): Suppressions {
  const markers = new Markers(index, words);
  if (markers.lines.size === 0) {
    return { ignored: findings.map(() => false), unmatched: [], unusedLines: [] };
  }
  const unmatched: UnmatchedId[] = [];
  const used = new Set<number>();
  const ignored = findings.map(({ ruleId, line }) => {
    const own = markers.sameLine(line);
    const previous = markers.previousLine(line);
    const ids = [...own.ids, ...previous.ids];
    const bare = ids.length === 0 && (own.found || previous.found);
    const fitting = ids.filter(({ id }) => suppresses(id, ruleId));
    const [only] = ids;
    if (only !== undefined && ids.length === 1 && fitting.length === 0) {
      unmatched.push({ line: only.line, id: only.id, ruleId });
    }
    if (bare && own.found) used.add(line);
    if (bare && previous.found) used.add(line - 1);
    for (const id of fitting) used.add(id.line);
    return bare || fitting.length > 0;
  });
  const unusedLines = [...markers.lines].filter((line) => !used.has(line)).sort((a, b) => a - b);
  return { ignored, unmatched, unusedLines };
}

interface MarkedId {
  id: string;
  line: number;
}

interface Marker {
  found: boolean;
  ids: MarkedId[];
}

const NO_MARKER: Marker = { found: false, ids: [] };

/** The markers of a text: lines with one of the words are found in a single pass, and read when a finding asks. */
class Markers {
  readonly lines: ReadonlySet<number>;
  private readonly index: LineIndex;
  private readonly inline: RegExp;
  private readonly alone: RegExp;

  constructor(index: LineIndex, words: readonly string[]) {
    const word = alternation(words);
    this.index = index;
    this.inline = new RegExp(` (?:${word})${IDS}`, 'gi');
    this.alone = new RegExp(`^[^a-z0-9]*(?:${word})${IDS}`, 'i');
    this.lines = markedLines(index, new RegExp(word, 'gi'), this.inline, this.alone);
  }

  sameLine(line: number): Marker {
    if (!this.lines.has(line)) return NO_MARKER;
    const matches = [...this.index.lineText(line).matchAll(this.inline)];
    return { found: matches.length > 0, ids: matches.flatMap((match) => listedIds(match, line)) };
  }

  previousLine(line: number): Marker {
    if (!this.lines.has(line - 1)) return NO_MARKER;
    const match = this.alone.exec(this.index.lineText(line - 1));
    return match === null ? NO_MARKER : { found: true, ids: listedIds(match, line - 1) };
  }
}

/** The list runs to the end of the line; one blank may stand before it (with two, the marker is a bare one). */
const IDS = '(?:[:=][ \\t\\r\\v\\f]?([^, \\t\\r\\v\\f][^]*))?';

function alternation(words: readonly string[]): string {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return escaped.sort((a, b) => b.length - a.length).join('|');
}

/** Most files hold none of the words: one search through the text, and nothing else, must tell. */
function markedLines(index: LineIndex, word: RegExp, inline: RegExp, alone: RegExp): Set<number> {
  const lines = new Set<number>();
  for (let match = word.exec(index.text); match !== null; match = word.exec(index.text)) {
    const line = index.lineAt(match.index);
    word.lastIndex = index.lineStart(line + 1);
    const text = index.lineText(line);
    if (text.search(inline) >= 0 || alone.test(text)) lines.add(line);
  }
  return lines;
}

/** `id because of x, "other"` → `id`, `other`: an id ends at the first blank, quotes around it are dropped. */
function listedIds(match: RegExpMatchArray, line: number): MarkedId[] {
  const list = match[1];
  if (list === undefined) return [];
  const items = list.split(',').map((item) => item.replace(/^ +| +$/g, '').split(' ', 1)[0] ?? '');
  return items.map((item) => ({ id: item.replace(/^"+|"+$/g, ''), line }));
}

function suppresses(id: string, ruleId: string): boolean {
  return id !== '' && (id === ruleId || ruleId.endsWith(`.${id}`));
}
