import type { Finding } from '@lockstep/engine';
import { codeFrame, type FrameOptions, fixRows, type SourceLine } from './code-frame.ts';
import { flowLines } from './flow-lines.ts';
import { neutralize, neutralizeLine } from './neutralize.ts';
import type { Palette } from './palette.ts';
import { ruleUrl, textsOf } from './sarif-rule.ts';
import { activeFindings, COMMAND_LINE_RULE, type ScanReport } from './scan-report.ts';
import { severityMark, severityPaint } from './severity-style.ts';
import { defuseCommands } from './workflow-commands.ts';
import { wrapText } from './wrap-text.ts';

export interface TextOptions {
  palette: Palette;
  /** Terminal columns. */
  width: number;
  /** Lines around matches; without it frames show the match alone. */
  source: SourceLine;
  /** `--max-lines-per-finding` (10) and `--max-chars-per-line` (160); 0: no limit. */
  maxLines: number;
  maxChars: number;
  /** `--dataflow-traces`: every step of a flow. */
  allSteps: boolean;
}

/**
 * The findings for people to read, grouped by file; empty where there are none. Findings of one rule that say the
 * same share a heading. For standard output: the summary is apart (`formatSummary`), for standard error.
 */
export function formatText(report: ScanReport, options: TextOptions): string {
  const files = groupRuns(activeFindings(report), (a, b) => a.path === b.path);
  return defuseCommands(files.map((findings) => fileSection(findings, options)).join('\n'));
}

function fileSection(findings: Finding[], options: TextOptions): string {
  const path = neutralizeLine(findings[0]?.path ?? '');
  const groups = groupRuns(findings, (a, b) => a.ruleId === b.ruleId && a.message === b.message);
  const blocks = groups.map((group) => groupLines(group, options));
  return [options.palette.bold(path), ...blocks.flatMap((lines) => ['', ...lines]), ''].join('\n');
}

function groupLines(group: Finding[], options: TextOptions): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const frames = group.map((finding) => findingLines(finding, options));
  const body = frames.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
  if (first.ruleId === COMMAND_LINE_RULE) return indent(body);
  const reference = referenceUrl(first);
  return [
    heading(first, options.palette),
    ...indent(wrapText(neutralize(first.message), Math.max(MIN_TEXT_WIDTH, options.width - MARGIN.length))),
    '',
    ...indent(body),
    ...(reference === null ? [] : ['', ...indent([options.palette.dim(neutralizeLine(reference))])]),
  ];
}

function heading({ severity, ruleId }: Finding, palette: Palette): string {
  const paint = severityPaint(severity, palette);
  return ` ${paint(severityMark(severity))} ${palette.bold(neutralizeLine(ruleId))}  ${paint(severity.toLowerCase())}`;
}

function findingLines(finding: Finding, options: TextOptions): string[] {
  const { palette, source, maxLines, maxChars, allSteps } = options;
  const color = severityPaint(finding.severity, palette);
  const frame: FrameOptions = { palette, source, maxLines, maxChars, mark: (text) => palette.bold(color(text)) };
  const place = `${neutralizeLine(finding.path)}:${finding.start.line}:${finding.start.column}`;
  const flow = flowLines(finding, { palette, source, maxChars, allSteps, width: options.width - MARGIN.length });
  const fix = finding.fix === null ? [] : fixRows(finding, finding.fix, frame);
  return [
    palette.dim(place),
    ...codeFrame(finding, frame),
    ...(flow.length === 0 ? [] : ['', palette.bold('flow'), ...flow]),
    ...(fix.length === 0 ? [] : ['', palette.bold('fix'), ...fix]),
  ];
}

/** Where to read on: the rule's own page, else its first reference. */
function referenceUrl({ metadata }: Finding): string | null {
  return ruleUrl(metadata) ?? textsOf(metadata['references'])[0] ?? null;
}

const MARGIN = '      ';
/** Narrower than this, wrapping does more harm than a broken line. */
const MIN_TEXT_WIDTH = 30;

function indent(lines: string[]): string[] {
  return lines.map((line) => (line === '' ? '' : MARGIN + line));
}

/** Splits a list where neighbours do not belong together. */
function groupRuns<T>(items: readonly T[], belong: (a: T, b: T) => boolean): T[][] {
  const groups: T[][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && belong(last, item)) group.push(item);
    else groups.push([item]);
  }
  return groups;
}
