import { readFileSync } from 'node:fs';
import { exitCode } from '../../reports/exit-code.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { type OutputRequest, processWriter, writeJobSummary, writeOutputs } from '../../reports/outputs.ts';
import { createPalette } from '../../reports/palette.ts';
import { tell } from '../../reports/print.ts';
import { quantity } from '../../reports/quantity.ts';
import { COMMENT_BYTES, type RenderOptions, renderReport } from '../../reports/render-report.ts';
import type { ReportFormat } from '../../reports/report-formats.ts';
import { activeFindings } from '../../reports/scan-report.ts';
import { isFatal } from '../../reports/setup-problem.ts';
import { createSourceLines } from '../../reports/source-lines.ts';
import { formatSummary } from '../../reports/summary.ts';
import { decodeSource, type SourceText } from '../../workers/source-text.ts';
import { type AppliedFixes, applyFixes } from './apply-fixes.ts';
import type { ScanOutcome } from './run-scan.ts';
import type { ScanSettings } from './settings.ts';
import { formatTimes } from './times.ts';

/**
 * Writes the reports that were asked for, applies fixes, and says on standard error how the scan went. Answers with
 * the exit code, which is `code` unless a report could not be written.
 */
export async function reportScan(
  outcome: ScanOutcome,
  settings: ScanSettings,
  code = exitCode(outcome.report, settings),
): Promise<number> {
  const { report } = outcome;
  const isAborted = report.problems.some(isFatal);
  const problems = await writeReports(outcome, settings, isAborted);
  // After the reports, whose code frames show the files as they were scanned.
  const fixes = settings.autofix && !settings.dryrun ? applyFixes(report.findings, fixablePathsOf(outcome)) : null;
  const isQuiet = settings.verbosity === 'quiet';
  const notes = [
    isAborted ? explainAbort(outcome) : '',
    isQuiet || isAborted ? '' : summary(outcome, settings),
    isQuiet || fixes === null ? '' : fixSummary(fixes),
    ...problems.map(({ destination, message }) => `error: ${destination} could not be written: ${message}\n`),
  ].filter((note) => note !== '');
  // On a terminal, findings and summary follow each other.
  const gap = notes.length > 0 && printsFindings(outcome, settings) ? '\n' : '';
  tell(gap + notes.join('\n'));
  return problems.length > 0 && code === 0 ? 2 : code;
}

function printsFindings({ report }: ScanOutcome, { outputs }: ScanSettings): boolean {
  const isText = outputs.some(({ format, destination }) => format === 'text' && destination === null);
  return isText && activeFindings(report).length > 0;
}

/** Nothing was scanned: a text report has nothing to say then, the others say why. */
async function writeReports({ report, targets }: ScanOutcome, settings: ScanSettings, isAborted: boolean) {
  const outputs = settings.outputs.filter(({ format }) => !isAborted || format !== 'text');
  const options = renderOptions(settings, targets);
  const render = (format: ReportFormat, toStandardOutput: boolean) => {
    const isColored = toStandardOutput && (settings.color ?? process.stdout.isTTY);
    return renderReport(report, format, { ...options, text: { ...options.text, palette: createPalette(isColored) } });
  };
  const problems = await writeOutputs(outputs satisfies readonly OutputRequest[], render, processWriter);
  const { jobSummary } = settings;
  if (jobSummary === null || !outputs.some(({ format }) => format === 'github')) return problems;
  const summarize = (maxBytes: number) =>
    renderReport(report, 'markdown', { ...options, markdown: { ...options.markdown, maxBytes } });
  return [...problems, ...(await writeJobSummary({ path: jobSummary, render: summarize }, processWriter))];
}

/** What formats need to know besides the report; `source` reads the files that were scanned. */
export function renderOptions(settings: ScanSettings, targets: ScanOutcome['targets']): RenderOptions {
  const files = pathsOf(targets);
  const source = createSourceLines((path) => readSource(files(path))?.text ?? null);
  const { maxLinesPerFinding: maxLines, maxCharsPerLine: maxChars, dataflowTraces: allSteps } = settings;
  const code = { source, maxLines, maxChars };
  return {
    text: { ...code, allSteps, palette: createPalette(false), width: process.stdout.columns ?? DEFAULT_WIDTH },
    json: {
      verbose: settings.verbosity === 'verbose',
      time: settings.time,
      fixedLines: settings.autofix && settings.dryrun,
    },
    sarif: { suppressed: settings.sarifSuppressed ? 'mark' : 'omit', source, text: (path) => exactText(files(path)) },
    github: { hasSummary: settings.jobSummary !== null },
    markdown: { ...code, allSteps, maxBytes: COMMENT_BYTES },
    html: code,
  };
}

/** Columns where there is no terminal to ask. */
const DEFAULT_WIDTH = 100;

function readSource(file: string | null): SourceText | null {
  if (file === null) return null;
  try {
    return decodeSource(readFileSync(file));
  } catch {
    return null;
  }
}

/** Text with bytes in it that are not UTF-8 is not what others read there. */
function exactText(file: string | null): string | null {
  const source = readSource(file);
  return source?.exact ? source.text : null;
}

function pathsOf(targets: ScanOutcome['targets']): (path: string) => string | null {
  const files = new Map(targets.map(({ path, absolutePath }) => [path, absolutePath]));
  return (path) => files.get(path) ?? null;
}

/** What came through standard input or a pipe cannot be written back. */
function fixablePathsOf(outcome: ScanOutcome): (path: string) => string | null {
  const sourceOf = pathsOf(outcome.targets);
  const { temporaryFolder } = outcome;
  return (path) => {
    const file = sourceOf(path);
    return file === null || (temporaryFolder !== null && file.startsWith(temporaryFolder)) ? null : file;
  };
}

function explainAbort({ report, ruleSet }: ScanOutcome): string {
  const errors = report.problems.filter(({ level }) => level === 'error').map((problem) => ruleSet.explain(problem));
  return `${errors.join('\n\n')}\n\nNothing was scanned.\n`;
}

function summary({ report }: ScanOutcome, settings: ScanSettings): string {
  const palette = createPalette(settings.color ?? process.stderr.isTTY);
  const width = process.stderr.columns ?? DEFAULT_WIDTH;
  const verbose = settings.verbosity === 'verbose';
  const times = settings.time ? `${formatTimes(report)}\n` : '';
  return times + formatSummary(report, { palette, width, verbose });
}

function fixSummary({ files, fixes, conflicts, failures }: AppliedFixes): string {
  const lines = [
    `fixed ${quantity(fixes, 'finding')} in ${quantity(files, 'file')}`,
    ...(conflicts === 0 ? [] : [`${conflicts} more overlap with these: run again to apply them`]),
    ...failures.map(({ path, reason }) => `${neutralizeLine(path)} was not fixed: ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}
