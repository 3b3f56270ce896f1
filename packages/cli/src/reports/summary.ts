import type { ScanIssue } from '@lockstep/engine';
import { countSeverities } from './by-severity.ts';
import { completenessOf, isUnwantedSkip } from './completeness.ts';
import { ISSUE_CODES, issuePlace, issueText, skipText } from './hole-texts.ts';
import { neutralize, neutralizeLine } from './neutralize.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';
import { activeFindings, exceptedFindings, knownFindings, type ScanReport } from './scan-report.ts';
import { isAlwaysTold, problemPlace, type SetupProblem } from './setup-problem.ts';
import { severityPaint } from './severity-style.ts';
import { wrapText } from './wrap-text.ts';

export interface SummaryOptions {
  palette: Palette;
  /** Terminal columns. */
  width: number;
  /** Name every file and every problem; otherwise a few of each kind, and all errors. */
  verbose: boolean;
}

/**
 * What was found, what was looked at, and what was not: for standard error, after the findings. Never silent about a
 * hole: what could not be read, parsed, run or finished is named.
 */
export function formatSummary(report: ScanReport, options: SummaryOptions): string {
  const sections = [
    failureLines(report, options),
    skippedLines(report, options),
    noteLines(report, options),
    totalLines(report, options),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function noteLines(report: ScanReport, { palette, width, verbose }: SummaryOptions): string[] {
  return report.notes.flatMap(({ title, items }) => {
    const shown = verbose ? items : items.slice(0, MAX_ITEMS);
    const rest = items.length - shown.length;
    return [
      ...wrapText(neutralize(title), Math.max(30, width)).map(palette.bold),
      ...shown.map((item) => `  ${neutralizeLine(item)}`),
      ...(rest > 0 ? [`  … and ${rest} more (--verbose lists them)`] : []),
    ];
  });
}

const MAX_ITEMS = 20;

function totalLines(report: ScanReport, { palette }: SummaryOptions): string[] {
  const active = activeFindings(report);
  const suppressed = report.findings.length - active.length;
  const counts = countSeverities(active).map(({ severity, text }) => severityPaint(severity, palette)(text));
  const seconds = report.timing === null ? '' : ` in ${(report.timing.total / 1000).toFixed(1)} s`;
  const { complete } = completenessOf(report);
  const excepted = exceptedFindings(report).length;
  const known = knownFindings(report).length;
  const commented = suppressed - excepted - known;
  return [
    palette.bold(quantity(active.length, 'finding')) + (counts.length === 0 ? '' : `: ${counts.join(', ')}`),
    ...(commented === 0 ? [] : [`${quantity(commented, 'more finding')} suppressed by comments in the code`]),
    ...(excepted === 0 ? [] : [`${quantity(excepted, 'more finding')} allowed by exceptions of guardrails`]),
    ...(known === 0 ? [] : [`${quantity(known, 'more finding')} known to the baseline`]),
    `${quantity(report.targets.length, 'file')} scanned with ${quantity(report.rules.length, 'rule')}${seconds}`,
    complete
      ? palette.green('complete: nothing was left out')
      : palette.yellow('incomplete: not everything was looked at, see above'),
  ];
}

function failureLines(report: ScanReport, options: SummaryOptions): string[] {
  const codes = ISSUE_CODES.filter((code) => code !== 'coarse-flow' || options.verbose).filter((code) =>
    report.issues.some((issue) => issue.code === code),
  );
  const lines = [
    ...report.problems
      .filter((problem) => options.verbose || isAlwaysTold(problem))
      .flatMap((problem) => problemLines(problem, options)),
    ...codes.flatMap((code) => {
      const issues = report.issues.filter((issue) => issue.code === code);
      const paint = issues.some(({ level }) => level === 'error') ? options.palette.red : options.palette.yellow;
      return [paint(`  ${issueText(code, issues.length)}`), ...exampleLines(issues, options)];
    }),
  ];
  return lines.length === 0 ? [] : [options.palette.bold('What failed'), ...lines];
}

/** Setup problems are few, and the first thing to put right: each is told in full. */
function problemLines(problem: SetupProblem, { width, palette }: SummaryOptions): string[] {
  const paint = problem.level === 'error' ? palette.red : palette.yellow;
  const place = neutralizeLine(problemPlace(problem)) || problem.stage;
  const heading = problem.ruleId === null ? place : `${place}, rule ${neutralizeLine(problem.ruleId)}`;
  return [
    `  ${paint(heading)}`,
    ...wrapped(problem.message, width),
    ...wrapped(problem.remedy, width).map(palette.dim),
  ];
}

function wrapped(text: string, width: number): string[] {
  if (text === '') return [];
  return wrapText(neutralize(text), Math.max(30, width - 6)).map((line) => (line === '' ? '' : `      ${line}`));
}

/** Errors are always told in full, up to a screenful; of warnings the first few places are named. */
function exampleLines(issues: ScanIssue[], options: SummaryOptions): string[] {
  const isError = issues.some(({ level }) => level === 'error');
  if (!options.verbose && !isError) return [`    ${examples(issues.map(placeOf))}`];
  const shown = options.verbose ? issues : issues.slice(0, MAX_ERRORS);
  const rest = issues.length - shown.length;
  return [
    ...shown.flatMap((issue) => issueLines(issue, options)),
    ...(rest > 0 ? [`    … and ${rest} more (--verbose lists them)`] : []),
  ];
}

const MAX_ERRORS = 10;

function issueLines(issue: ScanIssue, { width, palette }: SummaryOptions): string[] {
  return [`    ${placeOf(issue)}`, ...wrapped(issue.message, width), ...wrapped(issue.remedy, width).map(palette.dim)];
}

function placeOf(issue: ScanIssue): string {
  return neutralizeLine(issuePlace(issue));
}

function skippedLines(report: ScanReport, { palette, verbose }: SummaryOptions): string[] {
  const reasons = [...new Set(report.skipped.map(({ reason }) => reason))].sort();
  const lines = reasons.flatMap((reason) => {
    const paths = report.skipped.filter((skip) => skip.reason === reason).map(({ path }) => neutralizeLine(path));
    const label = `  ${skipText(reason, paths.length)}`;
    const paint = isUnwantedSkip(reason) ? palette.yellow : palette.dim;
    if (verbose) return [paint(label), ...paths.map((path) => `    ${path}`)];
    return [paint(label), ...(isUnwantedSkip(reason) ? [`    ${examples(paths)}`] : [])];
  });
  return lines.length === 0 ? [] : [palette.bold('Skipped'), ...lines];
}

function examples(places: string[]): string {
  const distinct = [...new Set(places)];
  const rest = distinct.length - MAX_EXAMPLES;
  return distinct.slice(0, MAX_EXAMPLES).join(', ') + (rest > 0 ? `, and ${rest} more` : '');
}

const MAX_EXAMPLES = 3;
