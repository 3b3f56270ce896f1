import { type Glob, matchSegments, parseGlob } from './glob.ts';

/** One line of an ignore file, or one `--exclude` / `--include` value (semantics 10 §3, §4). */
export interface IgnorePattern {
  /** As written. */
  source: string;
  /** Starts with `!`: what it matches is kept. */
  negated: boolean;
  glob: Glob;
}

export interface ParsedPatterns {
  patterns: IgnorePattern[];
  /** Lines that were left out, and why. The other lines stay in force, as in git. */
  problems: { line: number; source: string; message: string }[];
}

/**
 * Parses the text of a `.semgrepignore`: gitignore syntax plus `:include FILE`.
 * `readInclude` gets the file name as written and returns the text, or null if there is no such file (then the line has
 * no effect); an include inside an included file is an ordinary pattern. Included patterns are anchored like the
 * including file's own.
 */
export function parseIgnoreFile(text: string, readInclude: (name: string) => string | null): ParsedPatterns {
  const parsed: ParsedPatterns = { patterns: [], problems: [] };
  const lines = toLines(text);
  for (const [index, line] of lines.entries()) {
    const name = /^:include\s+(.*\S)/.exec(line)?.[1];
    if (name === undefined) {
      addLine(parsed, line, index + 1);
      continue;
    }
    for (const included of toLines(readInclude(name) ?? '')) addLine(parsed, included, index + 1);
  }
  return parsed;
}

/** Parses one pattern. There are no comments and nothing is trimmed, as for a value given on the command line. */
export function parseIgnorePattern(source: string): IgnorePattern | { message: string } {
  const negated = source.startsWith('!');
  const parsed = parseGlob(negated ? source.slice(1) : source);
  return parsed.ok ? { source, negated, glob: parsed.glob } : { message: parsed.message };
}

/** What an ignore pattern is tested against. `names` are the names of the path, relative to the pattern's folder. */
export interface IgnoreSubject {
  names: readonly string[];
  isFolder: boolean;
}

/**
 * Tells whether a pattern matches this very path (a parent's fate is the caller's business). A pattern without an inner
 * or leading slash floats: it is tested against the last name only.
 */
export function matchesIgnorePattern({ glob }: IgnorePattern, { names, isFolder }: IgnoreSubject): boolean {
  const { segments } = glob;
  if (segments.length === 0 || (glob.directoryOnly && !isFolder)) return false;
  const [only] = segments;
  if (segments.length === 1 && !glob.rooted && typeof only === 'function') return only(names.at(-1) ?? '');
  return matchSegments(segments, names);
}

function addLine(parsed: ParsedPatterns, line: string, lineNumber: number): void {
  const source = trimTrailingBlanks(line);
  if (source === '' || source.startsWith('#')) return;
  const pattern = parseIgnorePattern(source);
  if ('message' in pattern) parsed.problems.push({ line: lineNumber, source, message: pattern.message });
  else parsed.patterns.push(pattern);
}

/** A byte order mark is no part of the first pattern. */
function toLines(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/);
}

/** Trailing blanks do not count unless escaped; a backslash that is itself escaped escapes nothing. */
function trimTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) {
    let backslashes = 0;
    while (line[end - 2 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 1) break;
    end--;
  }
  return line.slice(0, end);
}
