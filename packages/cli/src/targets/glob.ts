/**
 * The one glob language of ignore files, `--include`, `--exclude` and rule `paths` (semantics 10 §4, 01 §1.8):
 * `*` and `?` stay within a folder, `**` as a whole segment crosses folders, `[a-z]` and `[!a-z]` are classes,
 * `\x` is a literal x. Braces and extended globs are ordinary characters.
 *
 * Not translated to regular expressions on purpose: ignore files come from the scanned repository, and a hostile
 * `*a*a*a*…` makes a backtracking engine hang. Both levels below (segments, characters) remember only the last
 * wildcard, which is enough for globs and keeps matching at pattern length × path length.
 */

export interface Glob {
  /** Starts with `/` or `./`. */
  rooted: boolean;
  /** Ends with `/`: matches folders only. */
  directoryOnly: boolean;
  /** Empty for globs without a name in them, such as `` and `/`. */
  segments: Segment[];
}

/** `ANY_DEPTH` is `**`; the others are tested against one name of the path. */
export type Segment = typeof ANY_DEPTH | ((name: string) => boolean);

export const ANY_DEPTH = Symbol('**');

export type ParsedGlob = { ok: true; glob: Glob } | { ok: false; message: string };

type Token =
  | { kind: 'character'; code: number }
  | { kind: 'any' }
  | { kind: 'star' }
  | { kind: 'set'; negated: boolean; ranges: [number, number][] };

/** Parses a glob. The error message is half a sentence about the glob, such as `the [ is never closed`. */
export function parseGlob(text: string): ParsedGlob {
  const names: Token[][] = [[]];
  let index = 0;
  while (index < text.length) {
    const character = text[index]!;
    if (character === '/' || (character === '\\' && text[index + 1] === '/')) {
      names.push([]);
      index += character === '/' ? 1 : 2;
      continue;
    }
    const read = readToken(text, index);
    if (!read.ok) return read;
    names.at(-1)!.push(read.token);
    index = read.end;
  }
  return {
    ok: true,
    glob: {
      rooted: /^\.?\//.test(text),
      directoryOnly: names.length > 1 && names.at(-1)!.length === 0,
      segments: toSegments(text.startsWith('./') ? names.slice(1) : names),
    },
  };
}

/** Tells whether the names of a relative path, from the top, match all of a glob's segments. */
export function matchSegments(segments: readonly Segment[], names: readonly string[]): boolean {
  let segmentIndex = 0;
  let nameIndex = 0;
  let resumeSegment = -1;
  let resumeName = -1;
  while (nameIndex < names.length) {
    const segment = segments[segmentIndex];
    if (segment === ANY_DEPTH) {
      resumeSegment = ++segmentIndex;
      resumeName = nameIndex;
    } else if (segment?.(names[nameIndex]!)) {
      segmentIndex++;
      nameIndex++;
    } else if (resumeSegment >= 0) {
      segmentIndex = resumeSegment;
      nameIndex = ++resumeName;
    } else {
      return false;
    }
  }
  while (segments[segmentIndex] === ANY_DEPTH) segmentIndex++;
  return segmentIndex === segments.length;
}

type TokenRead = { ok: true; token: Token; end: number } | { ok: false; message: string };

function readToken(text: string, start: number): TokenRead {
  const character = text[start];
  if (character === '*') return { ok: true, token: { kind: 'star' }, end: start + 1 };
  if (character === '?') return { ok: true, token: { kind: 'any' }, end: start + 1 };
  if (character === '[') return readSet(text, start);
  return readCharacter(text, start);
}

function readCharacter(
  text: string,
  start: number,
): { ok: true; token: { kind: 'character'; code: number }; end: number } | { ok: false; message: string } {
  const at = text[start] === '\\' ? start + 1 : start;
  const code = text.codePointAt(at);
  if (code === undefined) return { ok: false, message: 'the final \\ escapes nothing' };
  return { ok: true, token: { kind: 'character', code }, end: at + width(code) };
}

/** `start` is at the `[`. A `]` directly after `[`, `[!` or `[^` is an ordinary member. */
function readSet(text: string, start: number): TokenRead {
  const negated = text[start + 1] === '!' || text[start + 1] === '^';
  const ranges: [number, number][] = [];
  const first = start + (negated ? 2 : 1);
  let index = first;
  while (index < text.length) {
    if (text[index] === ']' && index > first)
      return { ok: true, token: { kind: 'set', negated, ranges }, end: index + 1 };
    const low = readCharacter(text, index);
    if (!low.ok) break;
    let high = low;
    if (text[low.end] === '-' && low.end + 1 < text.length && text[low.end + 1] !== ']') {
      const end = readCharacter(text, low.end + 1);
      if (!end.ok) break;
      high = end;
    }
    if (high.token.code < low.token.code) {
      return { ok: false, message: `the range ${text.slice(index, high.end)} runs backwards` };
    }
    ranges.push([low.token.code, high.token.code]);
    index = high.end;
  }
  return { ok: false, message: 'the [ is never closed' };
}

function toSegments(names: Token[][]): Segment[] {
  const segments: Segment[] = [];
  for (const tokens of names) {
    if (tokens.length === 0) continue;
    const anyDepth = tokens.length === 2 && tokens.every((token) => token.kind === 'star');
    if (!anyDepth) segments.push(nameMatcher(tokens));
    else if (segments.at(-1) !== ANY_DEPTH) segments.push(ANY_DEPTH);
  }
  // `a/**` is about what is in a, not about a itself.
  if (segments.at(-1) === ANY_DEPTH) segments.push(() => true);
  return segments;
}

function nameMatcher(tokens: Token[]): (name: string) => boolean {
  const literal = literalText(tokens);
  if (literal !== null) return (name) => name === literal;
  const suffix = tokens[0]?.kind === 'star' ? literalText(tokens.slice(1)) : null;
  if (suffix !== null) return (name) => name.endsWith(suffix);
  return (name) => matchName(tokens, name);
}

function literalText(tokens: Token[]): string | null {
  let text = '';
  for (const token of tokens) {
    if (token.kind !== 'character') return null;
    text += String.fromCodePoint(token.code);
  }
  return text;
}

function matchName(tokens: Token[], name: string): boolean {
  let tokenIndex = 0;
  let index = 0;
  let resumeToken = -1;
  let resumeIndex = -1;
  while (index < name.length) {
    const token = tokens[tokenIndex];
    const code = name.codePointAt(index)!;
    if (token?.kind === 'star') {
      resumeToken = ++tokenIndex;
      resumeIndex = index;
    } else if (token !== undefined && accepts(token, code)) {
      tokenIndex++;
      index += width(code);
    } else if (resumeToken >= 0) {
      tokenIndex = resumeToken;
      resumeIndex += width(name.codePointAt(resumeIndex)!);
      index = resumeIndex;
    } else {
      return false;
    }
  }
  while (tokens[tokenIndex]?.kind === 'star') tokenIndex++;
  return tokenIndex === tokens.length;
}

function accepts(token: Exclude<Token, { kind: 'star' }>, code: number): boolean {
  switch (token.kind) {
    case 'character':
      return token.code === code;
    case 'any':
      return true;
    case 'set':
      return token.ranges.some(([low, high]) => low <= code && code <= high) !== token.negated;
  }
}

function width(code: number): number {
  return code > 0xffff ? 2 : 1;
}
