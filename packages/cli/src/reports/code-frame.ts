import type { Finding } from '@lockstep/engine';
import { type CodeLine, prepareLine } from './code-line.ts';
import { fixedLines, type MatchLines, matchLines } from './match-lines.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';
import { textWidth } from './text-width.ts';

/** A 1-based line of a scanned file without its line break; null where it cannot be had. */
export type SourceLine = (path: string, line: number) => string | null;

export interface FrameOptions {
  palette: Palette;
  /** How the match is coloured, on top of the palette. */
  mark: (text: string) => string;
  source: SourceLine;
  /** `--max-lines-per-finding` and `--max-chars-per-line`; 0: no limit. */
  maxLines: number;
  maxChars: number;
}

interface Row {
  number: number | null;
  /** Between number and code. */
  rule: string;
  code: string;
}

/**
 * The code of a finding with line numbers and a line of context around it. A match within one line is underlined; the
 * lines of a longer one are marked at the gutter.
 */
export function codeFrame(finding: Finding, options: FrameOptions): string[] {
  const match = withoutEmptyEnd(matchLines(finding));
  const first = finding.start.line;
  const shown = options.maxLines > 0 ? match.lines.slice(0, options.maxLines) : match.lines;
  const hidden = match.lines.length - shown.length;
  const rows = [
    ...contextRow(finding, first - 1, options),
    ...shown.flatMap((_, at) => matchRows(match, at, first, options)),
    ...(hidden > 0
      ? [{ number: null, rule: '│', code: options.palette.dim(moreLines(hidden)) }]
      : contextRow(finding, first + match.lines.length, options)),
  ];
  return layOut(rows, options.palette);
}

/** The lines that a fix takes away and puts in their place; equal lines at both ends are left out. */
export function fixRows(finding: Finding, fix: string, options: FrameOptions): string[] {
  const before = withoutEmptyEnd(matchLines(finding)).lines;
  const after = fixedLines(finding, fix);
  const same = commonPrefix(before, after);
  const tail = commonPrefix(before.slice(same).reverse(), after.slice(same).reverse());
  const removed = before.slice(same, before.length - tail);
  const added = after.slice(same, after.length - tail);
  const { red, green } = options.palette;
  return [...diffLines(removed, added, '-', red, options), ...diffLines(added, removed, '+', green, options)];
}

function matchRows(match: MatchLines, at: number, firstLine: number, options: FrameOptions): Row[] {
  const line = match.lines[at] ?? '';
  const isSingle = match.lines.length === 1;
  const start = at === 0 ? match.start : indentationOf(line);
  const end = at === match.lines.length - 1 ? match.end : line.length;
  const prepared = prepareLine(line, start, Math.max(start, end), options.maxChars);
  const code = paint(prepared, options.mark);
  if (!isSingle) return [{ number: firstLine + at, rule: options.mark('┃'), code }];
  const underline = '^'.repeat(Math.max(1, textWidth(prepared.marked)));
  return [
    { number: firstLine, rule: '│', code },
    { number: null, rule: '│', code: ' '.repeat(textWidth(prepared.before)) + options.mark(underline) },
  ];
}

function contextRow(finding: Finding, line: number, { source, maxChars, palette }: FrameOptions): Row[] {
  const text = line < 1 ? null : source(finding.path, line);
  if (text === null || text.trim() === '') return [];
  return [{ number: line, rule: '│', code: palette.dim(prepareLine(text.trimEnd(), 0, 0, maxChars).after) }];
}

/** A line that must be cut is cut so that the place where it differs from its counterpart shows. */
function diffLines(
  lines: string[],
  counterparts: string[],
  sign: string,
  color: (text: string) => string,
  options: FrameOptions,
): string[] {
  const shown = options.maxLines > 0 ? lines.slice(0, options.maxLines) : lines;
  const hidden = lines.length - shown.length;
  const rows = shown.map((line, at) => {
    const change = commonPrefix(line, counterparts[at] ?? '');
    const { before, after } = prepareLine(line, change, change, options.maxChars);
    return color(`${sign} ${before}${after}`.trimEnd());
  });
  return hidden > 0 ? [...rows, color(`${sign} ${moreLines(hidden)}`)] : rows;
}

function layOut(rows: Row[], { dim }: Palette): string[] {
  const width = rows.reduce((widest, { number }) => Math.max(widest, String(number ?? '').length), 0);
  return rows.map(({ number, rule, code }) => `${dim(String(number ?? '').padStart(width))} ${rule} ${code}`.trimEnd());
}

function paint({ before, marked, after }: CodeLine, mark: (text: string) => string): string {
  return `${before}${marked === '' ? '' : mark(marked)}${after}`;
}

/** A match that ends with a line break ends on the next line, before anything worth showing. */
function withoutEmptyEnd(match: MatchLines): MatchLines {
  if (match.end > 0 || match.lines.length < 2) return match;
  const lines = match.lines.slice(0, -1);
  return { ...match, lines, end: lines.at(-1)?.length ?? 0 };
}

function indentationOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}

function moreLines(count: number): string {
  return `… ${quantity(count, 'more line')}`;
}

function commonPrefix(a: ArrayLike<string>, b: ArrayLike<string>): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
