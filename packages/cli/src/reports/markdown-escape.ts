import { messagePieces } from './message-pieces.ts';
import { neutralize, neutralizeLine } from './neutralize.ts';

/**
 * What comes from scanned code stands in Markdown as itself: it makes no link, image, HTML or table, mentions nobody and
 * refers to no issue. Services look for the last two after Markdown is parsed, where a backslash before `@` is gone; so a
 * character without width goes between.
 */

/** Text of any number of lines, as paragraphs. What its author put between backticks stays code. */
export function escapeMarkdown(text: string): string {
  return neutralize(text).split('\n').map(escapeLine).join('\n');
}

/** A code span, on one line whatever the text. */
export function codeSpan(text: string): string {
  const code = neutralizeLine(text);
  const fence = '`'.repeat(longestRun(code) + 1);
  const padding = code === '' || /^[` ]|[` ]$/.test(code) ? ' ' : '';
  return `${fence}${padding}${code}${padding}${fence}`;
}

/** A fenced block. `language` is from us, or made of letters and digits alone. */
export function codeBlock(lines: readonly string[], language: string): string {
  const code = neutralize(lines.join('\n'));
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}${language}\n${code}\n${fence}`;
}

function longestRun(code: string): number {
  let longest = 0;
  for (const [run] of code.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** Blanks at its ends could make a block of code, or a break. */
function escapeLine(line: string): string {
  const escaped = messagePieces(line.trim()).map(({ text, isCode }) => (isCode ? codeSpan(text) : escapeText(text)));
  return escaped.join('').replace(LINE_START, '\\$&').replace(ORDERED_ITEM, '$1\\$2');
}

function escapeText(text: string): string {
  return text
    .replace(SPECIAL, '\\$&')
    .replace(REFERENCE, `$&${NOTHING}`)
    .replace(/:(?=\/\/)/g, `:${NOTHING}`)
    .replace(/www(?=\.)/gi, `$&${NOTHING}`);
}

/** A character without width, written so that one sees it in the source. */
const NOTHING = '&#8203;';

/** An underscore within a word marks nothing. */
const SPECIAL = /[\\`*[\]<>&~|$]|(?<!\w)_|_(?!\w)/g;
/** People, teams and mail addresses (`@`); issues, merge requests and the like (`#12`, `!12`, `\&12`, `\$12`, `^12`, `GH-12`); labels (`\~`). */
const REFERENCE = /@(?=[\w.-])|[#!&$^](?=\d)|~(?=[\w"])|GH(?=-\d)/gi;
/** Headings, lists and the underlines of headings and tables; what GitLab takes for an order (`/merge`). */
const LINE_START = /^[#+=:/-]/;
const ORDERED_ITEM = /^(\d{1,9})([.)])/;
