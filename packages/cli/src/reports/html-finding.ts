import type { Finding } from '@lockstep/engine';
import { type FrameOptions, fixRows, type SourceLine } from './code-frame.ts';
import { prepareLine } from './code-line.ts';
import { type FlowStep, flowSteps } from './flow-steps.ts';
import { escapeHtml, escapeHtmlLine } from './html-escape.ts';
import { matchLines, utf16Column } from './match-lines.ts';
import { messagePieces } from './message-pieces.ts';
import { createPalette } from './palette.ts';
import { quantity } from './quantity.ts';
import { referenceUrl } from './reference-url.ts';
import { COMMAND_LINE_RULE } from './scan-report.ts';

export interface HtmlOptions {
  /** Lines around matches and of flows; without it code shows the match alone. */
  source: SourceLine;
  /** `--max-lines-per-finding` and `--max-chars-per-line`; 0: no limit. */
  maxLines: number;
  maxChars: number;
}

/** A finding as an `article`; `number` counts from 1 and makes its id. */
export function findingArticle(finding: Finding, number: number, options: HtmlOptions): string {
  const { severity, ruleId, path, start, message, metadata } = finding;
  const grade = severity.toLowerCase();
  const url = referenceUrl(metadata);
  const rule = ruleId === COMMAND_LINE_RULE ? '' : ` <code>${escapeHtml(ruleId)}</code>`;
  const place = escapeHtmlLine(`${path}:${start.line}:${start.column}`);
  return [
    `<article aria-labelledby="finding-${number}" data-severity="${grade}" data-rule="${escapeHtmlLine(ruleId)}">`,
    `<h3 id="finding-${number}"><span class="severity ${grade}">${grade}</span>${rule} <span class="muted">in</span> <code>${place}</code></h3>`,
    `<p class="message">${messageHtml(message)}</p>`,
    codeHtml(finding, options),
    ...flowHtml(finding, options),
    ...fixHtml(finding, options),
    ...(url === null ? [] : [`<p><a href="${escapeHtmlLine(url)}" rel="noreferrer">Read more</a></p>`]),
    '</article>',
  ].join('\n');
}

function messageHtml(message: string): string {
  const pieces = message.split('\n').map((line) => messagePieces(line));
  return pieces
    .map((line) =>
      line.map(({ text, isCode }) => (isCode ? `<code>${escapeHtml(text)}</code>` : escapeHtml(text))).join(''),
    )
    .join('\n');
}

/** The lines of the match and one around them, the match marked. */
function codeHtml(finding: Finding, { source, maxLines, maxChars }: HtmlOptions): string {
  const { lines, start, end } = matchLines(finding);
  const first = finding.start.line;
  const shown = maxLines > 0 ? lines.slice(0, maxLines) : lines;
  const isCut = shown.length < lines.length;
  const rows = shown.map((line, at) => {
    const from = at === 0 ? start : line.length - line.trimStart().length;
    const to = at === lines.length - 1 ? end : line.length;
    return codeRow(first + at, line, from, Math.max(from, to), maxChars);
  });
  return [
    `<pre><code>${contextRow(finding.path, first - 1, source, maxChars)}`,
    rows.join(''),
    isCut
      ? `<span class="muted">… ${quantity(lines.length - shown.length, 'more line')}</span>\n`
      : contextRow(finding.path, first + lines.length, source, maxChars),
    '</code></pre>',
  ].join('');
}

function contextRow(path: string, number: number, source: SourceLine, maxChars: number): string {
  const line = number < 1 ? null : source(path, number);
  return line === null || line.trim() === '' ? '' : codeRow(number, line.trimEnd(), 0, 0, maxChars);
}

function codeRow(number: number, line: string, start: number, end: number, maxChars: number): string {
  return `<span class="number">${String(number).padStart(NUMBER_WIDTH)}</span>  ${markedCode(line, start, end, maxChars)}\n`;
}

const NUMBER_WIDTH = 4;

function markedCode(line: string, start: number, end: number, maxChars: number): string {
  const { before, marked, after } = prepareLine(line, start, end, maxChars);
  const mark = marked === '' ? '' : `<mark>${escapeHtml(marked)}</mark>`;
  return `${escapeHtml(before)}${mark}${escapeHtml(after)}`;
}

const ROLES: Record<FlowStep['role'], string> = {
  source: 'source',
  variable: 'held by',
  call: 'call',
  sink: 'sink',
};

/** Every step of the way of the data, in its order. */
function flowHtml({ trace }: Finding, options: HtmlOptions): string[] {
  if (trace === null) return [];
  const items = flowSteps(trace).map((step) => `<li>${stepHtml(step, options)}</li>`);
  return ['<h4>How the data gets there</h4>', `<ol>${items.join('\n')}</ol>`];
}

function stepHtml({ role, place }: FlowStep, { source, maxChars }: HtmlOptions): string {
  const { path, start, end, content } = place;
  const line = source(path, start.line);
  const [shown, from, to] =
    line === null
      ? [content.split('\n', 1)[0] ?? '', 0, content.length]
      : [line, utf16Column(line, start.column), end.line === start.line ? utf16Column(line, end.column) : line.length];
  const indentation = shown.length - shown.trimStart().length;
  const code = markedCode(shown.trim(), Math.max(0, from - indentation), Math.max(0, to - indentation), maxChars);
  const where = escapeHtmlLine(`${path}:${start.line}`);
  return `${ROLES[role]} <code>${code}</code> <span class="muted">in ${where}</span>`;
}

const PLAIN = createPalette(false);

function fixHtml(finding: Finding, { source, maxLines, maxChars }: HtmlOptions): string[] {
  if (finding.fix === null) return [];
  const frame: FrameOptions = { palette: PLAIN, source, maxLines, maxChars, mark: (text) => text };
  const rows = fixRows(finding, finding.fix, frame).map((row) => {
    const name = row.startsWith('-') ? 'del' : 'ins';
    return `<${name}>${escapeHtml(row)}</${name}>\n`;
  });
  return ['<h4>Fix</h4>', `<pre><code>${rows.join('')}</code></pre>`];
}
