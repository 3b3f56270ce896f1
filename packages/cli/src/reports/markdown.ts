import type { Finding } from '@lockstep/engine';
import { bySeverity } from './by-severity.ts';
import type { FrameOptions, SourceLine } from './code-frame.ts';
import { fixRows } from './code-frame.ts';
import { prepareLine } from './code-line.ts';
import { flowLines } from './flow-lines.ts';
import { holesOf } from './holes.ts';
import { codeBlock, codeSpan, escapeMarkdown } from './markdown-escape.ts';
import { matchLines } from './match-lines.ts';
import { createPalette } from './palette.ts';
import { quantity } from './quantity.ts';
import { referenceUrl } from './reference-url.ts';
import { activeFindings, COMMAND_LINE_RULE, type ScanReport } from './scan-report.ts';
import { headline, scopeLine } from './totals.ts';
import { defuseCommands } from './workflow-commands.ts';

export interface MarkdownOptions {
  /** Lines that flows go through. */
  source: SourceLine;
  /** `--max-lines-per-finding` and `--max-chars-per-line`; 0: no limit. */
  maxLines: number;
  maxChars: number;
  /** `--dataflow-traces`: every step of a flow. */
  allSteps: boolean;
  /** How long the text may be, in UTF-8: findings that do not fit are counted. */
  maxBytes: number;
}

/**
 * Markdown for a comment or a job summary: what was not looked at first, then the findings, gravest first, until there is
 * no more room.
 */
export function formatMarkdown(report: ScanReport, options: MarkdownOptions): string {
  const findings = bySeverity(activeFindings(report));
  const head = defuseCommands(markdownHead(report));
  let room = options.maxBytes - bytesOf(`${head}\n`) - bytesOf(leftOut(findings.length));
  if (room < 0) return '';
  const sections: string[] = [];
  for (const finding of findings) {
    const section = defuseCommands(findingSection(finding, options));
    room -= bytesOf(`\n${section}\n`);
    if (room < 0) break;
    sections.push(section);
  }
  const left = findings.length - sections.length;
  return [head, ...sections].map((section) => `${section}\n`).join('\n') + (left === 0 ? '' : leftOut(left));
}

/** What there is to say before any finding: how many there are, what was looked at, and what was not. */
export function markdownHead(report: ScanReport): string {
  const head = [`# ${headline(report)}`, escapeMarkdown(scopeLine(report)), ...noteLines(report), ...holeLines(report)];
  return head.join('\n\n');
}

function leftOut(count: number): string {
  return `\n**${quantity(count, 'more finding')} not shown**, for want of room here: \`--html\` and \`--json\` have them all.\n`;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

function holeLines(report: ScanReport): string[] {
  const items = holesOf(report).map(({ text, places }) => {
    const rest = places.length - MAX_PLACES;
    const shown = places.slice(0, MAX_PLACES).map(codeSpan).join(', ');
    const where = places.length === 0 ? '' : `: ${shown}${rest > 0 ? `, and ${rest} more` : ''}`;
    return `- ${escapeMarkdown(text.replace(/\s+/g, ' '))}${where}`;
  });
  return items.length === 0 ? [] : [`**What was not looked at**\n\n${items.join('\n')}`];
}

const MAX_PLACES = 5;

function noteLines({ notes }: ScanReport): string[] {
  return notes.map(({ title, items }) => {
    const rest = items.length - MAX_ITEMS;
    const rows = items.slice(0, MAX_ITEMS).map((item) => `- ${codeSpan(item)}`);
    return [`**${escapeMarkdown(title)}**`, [...rows, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n')]
      .filter((part) => part !== '')
      .join('\n\n');
  });
}

const MAX_ITEMS = 20;

function findingSection(finding: Finding, options: MarkdownOptions): string {
  const { severity, ruleId, path, start, message, metadata } = finding;
  const rule = ruleId === COMMAND_LINE_RULE ? '' : ` ${codeSpan(ruleId)}`;
  const url = referenceUrl(metadata);
  const flow = flowBlock(finding, options);
  const fix = fixBlock(finding, options);
  return [
    `## ${severity.toLowerCase()}${rule}`,
    codeSpan(`${path}:${start.line}:${start.column}`),
    escapeMarkdown(message),
    codeBlock(codeLines(finding, options), languageOf(path)),
    ...(flow === '' ? [] : [`<details><summary>How the data gets there</summary>\n\n${flow}\n\n</details>`]),
    ...(fix === '' ? [] : [`Fix:\n\n${fix}`]),
    ...(url === null ? [] : [`[Read more](<${url}>)`]),
  ].join('\n\n');
}

function codeLines(finding: Finding, { maxLines, maxChars }: MarkdownOptions): string[] {
  const { lines, start } = matchLines(finding);
  const shown = maxLines > 0 ? lines.slice(0, maxLines) : lines;
  const code = shown.map((line, at) => {
    const { before, after } = prepareLine(line, at === 0 ? start : 0, at === 0 ? start : 0, maxChars);
    return before + after;
  });
  return shown.length < lines.length ? [...code, `… ${quantity(lines.length - shown.length, 'more line')}`] : code;
}

const PLAIN = createPalette(false);
/** Columns of a code block that are seen without scrolling. */
const WIDTH = 100;

/** How the data gets there, as a block of code; empty where no flow was followed. */
export function flowBlock(finding: Finding, { source, maxChars, allSteps }: MarkdownOptions): string {
  const lines = flowLines(finding, { palette: PLAIN, source, width: WIDTH, maxChars, allSteps });
  return lines.length === 0 ? '' : codeBlock(lines, '');
}

/** The fix as a difference; empty where there is none. */
export function fixBlock(finding: Finding, { source, maxLines, maxChars }: MarkdownOptions): string {
  if (finding.fix === null) return '';
  const frame: FrameOptions = { palette: PLAIN, source, maxLines, maxChars, mark: (text) => text };
  return codeBlock(fixRows(finding, finding.fix, frame), 'diff');
}

/** Services know most languages by the extension of their files. */
function languageOf(path: string): string {
  return /\.([a-z0-9]{1,12})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}
