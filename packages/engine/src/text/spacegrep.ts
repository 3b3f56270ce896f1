import type { LiteralRequirement } from './literal-requirement.ts';
import type { SpacegrepDocument } from './spacegrep/document.ts';
import { type SpacegrepMatch, SpacegrepMatcher } from './spacegrep/matcher.ts';
import type { SpacegrepPattern } from './spacegrep/pattern.ts';
import { type TextMatch, textMatch } from './text-match.ts';

/**
 * Generic mode with its default engine (semantics 06 §2): patterns of words, punctuation and `...` against any text.
 *
 * A document is parsed once for all patterns. Callers apply `fileKind` and `blankComments` first, as the rule asks.
 */

export { parseSpacegrepDocument, type SpacegrepDocument } from './spacegrep/document.ts';
export { parseSpacegrepPattern, type SpacegrepPattern } from './spacegrep/pattern.ts';

/** `maxSpan`: the option `generic_ellipsis_max_span`, the number of lines that `...` may go down. */
export function matchSpacegrep(
  pattern: SpacegrepPattern,
  document: SpacegrepDocument,
  { maxSpan }: { maxSpan: number },
): TextMatch[] {
  const matcher = new SpacegrepMatcher(pattern, document, maxSpan);
  const byEnd = new Map<number, SpacegrepMatch>();
  const keepLonger = pattern.steps.at(-1)?.kind === 'dots';
  for (const start of startsOf(pattern, document)) {
    const match = matcher.matchAt(start);
    // Starts ascend, so a match with the same end as an earlier one is shorter.
    if (match && !(keepLonger && byEnd.has(match.end))) byEnd.set(match.end, match);
  }
  return [...byEnd.values()].sort((a, b) => a.first - b.first).map((match) => toTextMatch(match, document));
}

/** The words that a text must contain for the pattern to match; null where there are none of use. */
export function spacegrepRequirement(pattern: SpacegrepPattern): LiteralRequirement | null {
  const words = pattern.steps.flatMap((step) => (step.kind === 'token' && step.text.length >= 3 ? [step.text] : []));
  if (words.length === 0) return null;
  return { kind: 'all', parts: [...new Set(words)].map((text) => ({ kind: 'literal', text, caseless: false })) };
}

/** The tokens a match can begin at, ascending. A literal first step looks its positions up. */
function startsOf(pattern: SpacegrepPattern, document: SpacegrepDocument): readonly number[] {
  for (const step of pattern.steps) {
    if (step.kind === 'token' && !document.positions.has(step.text)) return [];
  }
  const [first] = pattern.steps;
  switch (first?.kind) {
    case 'token':
      return document.positions.get(first.text) ?? [];
    case 'word':
      return indexesWhere(document, (token) => document.isWord[token] === 1);
    case 'dots':
      return indexesWhere(document, (token) => token === 0 || document.blockFrom[token] !== -1);
    case 'open':
    case 'close':
      // A block lies inside the one that its first token would have to begin.
      return [];
    case undefined:
      return indexesWhere(document, () => true);
  }
}

function indexesWhere(document: SpacegrepDocument, test: (token: number) => boolean): number[] {
  const indexes: number[] = [];
  for (let token = 0; token < document.tokenCount; token++) if (test(token)) indexes.push(token);
  return indexes;
}

function toTextMatch(match: SpacegrepMatch, document: SpacegrepDocument): TextMatch {
  const start = document.starts[match.first] as number;
  const end = match.end > match.first ? (document.ends[match.end - 1] as number) : start;
  return textMatch(document.text, start, end, match.bindings);
}
