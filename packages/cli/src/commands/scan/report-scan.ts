import { readFileSync } from 'node:fs';
import { exitCode } from '../../reports/exit-code.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { type OutputRequest, processWriter, writeOutputs } from '../../reports/outputs.ts';
import { createPalette } from '../../reports/palette.ts';
import { quantity } from '../../reports/quantity.ts';
import { type RenderOptions, renderReport } from '../../reports/render-report.ts';
import type { ReportFormat } from '../../reports/report-formats.ts';
import { SARIF_DEFAULTS } from '../../reports/sarif.ts';
import { activeFindings } from '../../reports/scan-report.ts';
import { isFatal } from '../../reports/setup-problem.ts';
import { createSourceLines } from '../../reports/source-lines.ts';
import { formatSummary } from '../../reports/summary.ts';
import { decodeSource } from '../../workers/source-text.ts';
import { type AppliedFixes, applyFixes } from './apply-fixes.ts';
import type { ScanOutcome } from './run-scan.ts';
import type { ScanSettings } from './settings.ts';
import { formatTimes } from './times.ts';

/**
 * Writes the reports that were asked for, applies fixes, and says on standard error how the scan went. Answers with
 * the exit code.
 */
export async function reportScan(outcome: ScanOutcome, settings: ScanSettings): Promise<number> {
  const { report } = outcome;
  const code = exitCode(report, settings);
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
  process.stderr.write(gap + notes.join('\n'));
  return problems.length > 0 && code === 0 ? 2 : code;
}

function printsFindings({ report }: ScanOutcome, { outputs }: ScanSettings): boolean {
  const isText = outputs.some(({ format, destination }) => format === 'text' && destination === null);
  return isText && activeFindings(report).length > 0;
}

/** Nothing was scanned: a text report has nothing to say then, the others say why. */
function writeReports(outcome: ScanOutcome, settings: ScanSettings, isAborted: boolean) {
  const outputs = settings.outputs.filter(({ format }) => !isAborted || format !== 'text');
  const sourceOf = pathsOf(outcome);
  const render = (format: ReportFormat, toStandardOutput: boolean) => {
    const isColored = toStandardOutput && (settings.color ?? process.stdout.isTTY);
    return renderReport(outcome.report, format, renderOptions(settings, isColored, sourceOf));
  };
  return writeOutputs(outputs satisfies readonly OutputRequest[], render, processWriter);
}

function renderOptions(
  settings: ScanSettings,
  isColored: boolean,
  sourceOf: (path: string) => string | null,
): RenderOptions {
  const source = createSourceLines((path) => readSource(sourceOf(path)));
  return {
    text: {
      palette: createPalette(isColored),
      width: process.stdout.columns ?? DEFAULT_WIDTH,
      source,
      maxLines: settings.maxLinesPerFinding,
      maxChars: settings.maxCharsPerLine,
      allSteps: settings.dataflowTraces,
    },
    json: {
      verbose: settings.verbosity === 'verbose',
      time: settings.time,
      fixedLines: settings.autofix && settings.dryrun,
    },
    sarif: { ...SARIF_DEFAULTS, source },
  };
}

/** Columns where there is no terminal to ask. */
const DEFAULT_WIDTH = 100;

function readSource(file: string | null): string | null {
  if (file === null) return null;
  try {
    return decodeSource(readFileSync(file)).text;
  } catch {
    return null;
  }
}

function pathsOf({ targets }: ScanOutcome): (path: string) => string | null {
  const files = new Map(targets.map(({ path, absolutePath }) => [path, absolutePath]));
  return (path) => files.get(path) ?? null;
}

/** What came through standard input or a pipe cannot be written back. */
function fixablePathsOf(outcome: ScanOutcome): (path: string) => string | null {
  const sourceOf = pathsOf(outcome);
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
