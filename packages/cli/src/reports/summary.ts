import type { IssueCode, ScanIssue } from '@lockstep/engine';
import { completenessOf, isUnwantedSkip } from './completeness.ts';
import { neutralize, neutralizeLine } from './neutralize.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';
import { activeFindings, exceptedFindings, type ScanReport } from './scan-report.ts';
import { isAlwaysTold, problemPlace, type SetupProblem } from './setup-problem.ts';
import { SEVERITY_ORDER, severityPaint } from './severity-style.ts';
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
  const sections = [failureLines(report, options), skippedLines(report, options), totalLines(report, options)];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function totalLines(report: ScanReport, { palette }: SummaryOptions): string[] {
  const active = activeFindings(report);
  const suppressed = report.findings.length - active.length;
  const counts = SEVERITY_ORDER.map((severity) => {
    const count = active.filter((finding) => finding.severity === severity).length;
    return count === 0 ? '' : severityPaint(severity, palette)(`${count} ${severity.toLowerCase()}`);
  }).filter((text) => text !== '');
  const seconds = report.timing === null ? '' : ` in ${(report.timing.total / 1000).toFixed(1)} s`;
  const { complete } = completenessOf(report);
  const excepted = exceptedFindings(report).length;
  const commented = suppressed - excepted;
  return [
    palette.bold(quantity(active.length, 'finding')) + (counts.length === 0 ? '' : `: ${counts.join(', ')}`),
    ...(commented === 0 ? [] : [`${quantity(commented, 'more finding')} suppressed by comments in the code`]),
    ...(excepted === 0 ? [] : [`${quantity(excepted, 'more finding')} allowed by exceptions of guardrails`]),
    `${quantity(report.targets.length, 'file')} scanned with ${quantity(report.rules.length, 'rule')}${seconds}`,
    complete
      ? palette.green('complete: nothing was left out')
      : palette.yellow('incomplete: not everything was looked at, see above'),
  ];
}

/** Texts for one and for many. */
const ISSUES: Record<IssueCode, [one: string, many: string]> = {
  'rule-warning': ['part of a rule can never match', 'parts of rules can never match'],
  'rule-error': ['rule cannot be run', 'rules cannot be run'],
  'unsupported-rule': ['rule needs what this version cannot do yet', 'rules need what this version cannot do yet'],
  'incompatible-rule': ['rule is meant for another version', 'rules are meant for another version'],
  'unreadable-file': ['file could not be read', 'files could not be read'],
  'invalid-encoding': ['file is not valid UTF-8', 'files are not valid UTF-8'],
  'syntax-error': ['file could not be parsed', 'files could not be parsed'],
  'partial-parsing': ['file was parsed only in part', 'files were parsed only in part'],
  timeout: ['rule ran out of time on a file', 'times a rule ran out of time on a file'],
  'file-timeout': ['file was given up for taking too long', 'files were given up for taking too long'],
  'out-of-memory': ['file took too much memory', 'files took too much memory'],
  'too-many-matches': ['rule matched too often in a file', 'times a rule matched too often in a file'],
  'regex-error': ['regular expression gave up on a file', 'times a regular expression gave up on a file'],
  'condition-error': ['condition could not be evaluated', 'conditions could not be evaluated'],
  'incomplete-flow': ['rule could not follow all flows of a file', 'times a rule could not follow all flows'],
  'internal-error': ['internal error', 'internal errors'],
};

function failureLines(report: ScanReport, options: SummaryOptions): string[] {
  const codes = (Object.keys(ISSUES) as IssueCode[]).filter((code) =>
    report.issues.some((issue) => issue.code === code),
  );
  const lines = [
    ...report.problems
      .filter((problem) => options.verbose || isAlwaysTold(problem))
      .flatMap((problem) => problemLines(problem, options)),
    ...codes.flatMap((code) => {
      const issues = report.issues.filter((issue) => issue.code === code);
      const [one, many] = ISSUES[code];
      const paint = issues.some(({ level }) => level === 'error') ? options.palette.red : options.palette.yellow;
      return [paint(`  ${issues.length} ${issues.length === 1 ? one : many}`), ...exampleLines(issues, options)];
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
  if (!options.verbose && !isError) return [`    ${examples(issues.map(issuePlace))}`];
  const shown = options.verbose ? issues : issues.slice(0, MAX_ERRORS);
  const rest = issues.length - shown.length;
  return [
    ...shown.flatMap((issue) => issueLines(issue, options)),
    ...(rest > 0 ? [`    … and ${rest} more (--verbose lists them)`] : []),
  ];
}

const MAX_ERRORS = 10;

function issueLines(issue: ScanIssue, { width, palette }: SummaryOptions): string[] {
  return [
    `    ${issuePlace(issue)}`,
    ...wrapped(issue.message, width),
    ...wrapped(issue.remedy, width).map(palette.dim),
  ];
}

function issuePlace({ ruleId, path, spans }: ScanIssue): string {
  const [span] = spans;
  const place = path === null ? '' : neutralizeLine(path) + (span === undefined ? '' : `:${span.start.line}`);
  if (ruleId === null) return place;
  return place === '' ? neutralizeLine(ruleId) : `${neutralizeLine(ruleId)} on ${place}`;
}

const SKIP_REASONS: Record<string, string> = {
  always_skipped: 'never scanned',
  semgrepignore_patterns_match: 'matching ignore patterns',
  Gitignore_patterns_match: 'ignored by git',
  cli_include_flags_do_not_match: 'not matching --include',
  cli_exclude_flags_match: 'matching --exclude',
  exceeded_size_limit: 'larger than --max-target-bytes',
  too_big: 'too big for a rule',
  minified: 'minified',
  binary: 'binary',
  Dotfile: 'hidden',
  Nonexistent_file: 'vanished',
  insufficient_permissions: 'not readable',
  excluded_by_config: 'excluded by the paths of every rule',
  wrong_language: 'in no language of the rules',
  irrelevant_rule: 'irrelevant to the rules',
  analysis_failed_parser_or_internal_error: 'not analysed because of an error',
  too_many_matches: 'with too many matches',
};

function skippedLines(report: ScanReport, { palette, verbose }: SummaryOptions): string[] {
  const reasons = [...new Set(report.skipped.map(({ reason }) => reason))].sort();
  const lines = reasons.flatMap((reason) => {
    const paths = report.skipped.filter((skip) => skip.reason === reason).map(({ path }) => neutralizeLine(path));
    const label = `  ${quantity(paths.length, 'file')} ${SKIP_REASONS[reason] ?? neutralizeLine(reason)}`;
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
