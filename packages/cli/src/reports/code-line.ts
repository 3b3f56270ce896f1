import { neutralize } from './neutralize.ts';
import { textWidth } from './text-width.ts';

/** A line of code, made safe and ready to print, in three pieces: before, within and after what is pointed at. */
export interface CodeLine {
  before: string;
  marked: string;
  after: string;
}

/**
 * Prepares a line. `start` and `end` are UTF-16 columns of the part to mark; at most `maxChars` characters are kept
 * (0: all), chosen so that the start of that part is among them; `…` stands for what is cut.
 */
export function prepareLine(line: string, start: number, end: number, maxChars: number): CodeLine {
  const pieces = crop([line.slice(0, start), line.slice(start, end), line.slice(end)], maxChars);
  let column = 0;
  const [before = '', marked = '', after = ''] = pieces.map((piece) => {
    const shown = expandTabs(neutralize(piece), column);
    column += textWidth(shown);
    return shown;
  });
  return { before, marked, after };
}

/** Minified code is one line of a megabyte: of what stands before the mark, a third of the room is kept. */
function crop(pieces: string[], maxChars: number): string[] {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (maxChars <= 0 || length <= maxChars) return pieces;
  const [before = '', marked = '', after = ''] = pieces;
  const head = cropStart(before, Math.max(Math.floor(maxChars / 3), maxChars - marked.length - after.length));
  const middle = cropEnd(marked, maxChars - head.length);
  const isWhole = middle === marked;
  return [head, middle, isWhole ? cropEnd(after, maxChars - head.length - middle.length) : ''];
}

function cropStart(text: string, room: number): string {
  if (text.length <= room) return text;
  return `…${text.slice(text.length - room + 1).replace(/^[\udc00-\udfff]/, '')}`;
}

function cropEnd(text: string, room: number): string {
  if (text.length <= room) return text;
  return `${text.slice(0, Math.max(0, room - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Tabs would be as wide as the terminal likes, and underlines would miss what they point at. */
function expandTabs(text: string, column: number): string {
  if (!text.includes('\t')) return text;
  let out = '';
  for (const part of text.split(/(\t)/)) {
    out += part === '\t' ? ' '.repeat(TAB_WIDTH - ((column + textWidth(out)) % TAB_WIDTH)) : part;
  }
  return out;
}

const TAB_WIDTH = 4;
