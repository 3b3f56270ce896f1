import { type Finding, LineIndex } from '@lockstep/engine';

/** The full lines of a match with its columns in them, so that reports need not read the file again. */
export interface MatchLines {
  lines: string[];
  /** 0-based UTF-16 column in the first line. */
  start: number;
  /** 0-based UTF-16 column in the last line, exclusive; 0 there where the match ends with a line break. */
  end: number;
}

export function matchLines(finding: Finding): MatchLines {
  const lines = finding.lines.split('\n');
  // `Finding.lines` is right-trimmed: lines that hold nothing but blanks may be missing at its end.
  while (lines.length <= finding.end.line - finding.start.line) lines.push('');
  const last = lines.at(-1) ?? '';
  const start = utf16Column(lines[0] ?? '', finding.start.column);
  const end = utf16Column(last, finding.end.column);
  return { lines, start, end: isCutShort(finding) ? last.length : end };
}

/** A match up to the end of the text is reported to end at the start of the last line (semantics 04 §7). */
function isCutShort({ start, end }: Finding): boolean {
  return start.line === end.line && start.column >= end.column && start.offset < end.offset;
}

/** The lines of a match as its fix would leave them; none where the fix removes them altogether. */
export function fixedLines(finding: Finding, fix: string): string[] {
  const { lines, start, end } = matchLines(finding);
  const fixed = `${lines[0]?.slice(0, start)}${fix}${lines.at(-1)?.slice(end)}`;
  return fixed === '' && fix === '' ? [] : fixed.split('\n');
}

/** UTF-16 units before a 1-based byte column. */
export function utf16Column(line: string, byteColumn: number): number {
  // No more units than bytes: the rest of a minified line need not be counted.
  const head = line.slice(0, byteColumn - 1);
  return new LineIndex(head).utf16Offset(byteColumn - 1);
}
