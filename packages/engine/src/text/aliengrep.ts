import { parseAliengrepDocument } from './aliengrep/document.ts';
import { AliengrepMatcher } from './aliengrep/matcher.ts';
import { type AliengrepPattern, parseAliengrepPattern } from './aliengrep/pattern.ts';
import { type AliengrepOptions, aliengrepSyntax } from './aliengrep/syntax.ts';
import type { LiteralRequirement } from './literal-requirement.ts';
import type { PatternProblem } from './pattern-problem.ts';
import { type TextMatch, textMatch } from './text-match.ts';

/**
 * Generic mode with `generic_engine: aliengrep` (semantics 06 §3): words, single characters and balanced brackets.
 * Semgrep compiles such a pattern to a recursive regular expression; here it is matched directly, which takes linear
 * time for each ellipsis, unbalanced brackets or not.
 */

export type { AliengrepPattern } from './aliengrep/pattern.ts';
export type { AliengrepOptions } from './aliengrep/syntax.ts';

/** Reads a pattern. It is invalid only where one name is both a word and an ellipsis. */
export function compileAliengrep(text: string, options: AliengrepOptions): AliengrepPattern | PatternProblem {
  return parseAliengrepPattern(text, aliengrepSyntax(options));
}

/** All matches, left to right, none overlapping another. An empty pattern matches nothing at each character. */
export function matchAliengrep(pattern: AliengrepPattern, text: string): TextMatch[] {
  if (pattern.nodes.length === 0) return emptyMatches(text);
  if (pattern.nodes.some((node) => node.kind === 'literal' && !pattern.syntax.caseless && !text.includes(node.text))) {
    return [];
  }
  const matcher = new AliengrepMatcher(pattern, parseAliengrepDocument(text, pattern.syntax));
  return matcher.findAll().map(({ start, end, bindings }) => textMatch(text, start, end, bindings));
}

/** The words that a text must contain for the pattern to match; null where there are none of use. */
export function aliengrepRequirement(pattern: AliengrepPattern): LiteralRequirement | null {
  const { caseless } = pattern.syntax;
  const words = pattern.nodes.flatMap((node) => (node.kind === 'literal' && node.text.length >= 3 ? [node] : []));
  if (words.length === 0) return null;
  const texts = new Set(words.map((word) => (caseless ? word.key : word.text)));
  return { kind: 'all', parts: [...texts].map((text) => ({ kind: 'literal', text, caseless })) };
}

function emptyMatches(text: string): TextMatch[] {
  const matches: TextMatch[] = [];
  let offset = 0;
  for (const char of text) {
    matches.push(textMatch(text, offset, offset, new Map()));
    offset += char.length;
  }
  matches.push(textMatch(text, offset, offset, new Map()));
  return matches;
}
