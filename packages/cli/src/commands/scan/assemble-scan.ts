import { basename, extname } from 'node:path';
import { type FileReport, languagesOfFile, type Rule, type ScanIssue, SEMGREP_VERSION } from '@lockstep/engine';
import { assembleReport, type ReportNote, type ScanReport } from '../../reports/scan-report.ts';
import { isFatal, type SetupProblem } from '../../reports/setup-problem.ts';
import type { SkippedPath } from '../../targets/skip-reason.ts';
import type { TargetReport } from '../../targets/target.ts';
import { VERSION } from '../../version.ts';
import type { ScanRequest } from '../../workers/scan-request.ts';
import { takesAnyFile } from './plan-scan.ts';
import type { Stopwatch } from './stopwatch.ts';

/** What scanning yielded; `issues` are about rules as such. */
export interface Scanned {
  requests: ScanRequest[];
  reports: FileReport[];
  issues: readonly ScanIssue[];
}

/** What a report tells besides what scanning yielded. */
export interface ScanFrame {
  rules: readonly Rule[];
  /** Of rules that were left out before the scan. */
  ruleIssues: readonly ScanIssue[];
  problems: SetupProblem[];
  notes: ReportNote[];
  skipped: TargetReport['skipped'];
  /** Suppressions that fit nothing are told. */
  strict: boolean;
  watch: Stopwatch;
}

/** The report of a scan, whether it got through or not. */
export function assembleScan({ requests, reports, issues }: Scanned, frame: ScanFrame): ScanReport {
  const { rules, ruleIssues, problems, notes, skipped, strict, watch } = frame;
  const timings = new Map(reports.map(({ path, timing }) => [path, timing]));
  return assembleReport({
    version: VERSION,
    rulesVersion: SEMGREP_VERSION,
    findings: reports.flatMap(({ findings }) => findings),
    problems,
    issues: [...ruleIssues, ...issues, ...reports.flatMap((report) => report.issues)],
    unmatchedSuppressions: strict ? reports.flatMap((report) => report.unmatchedSuppressions) : [],
    notes,
    rules: [...rules],
    targets: requests.map(({ path, bytes }) => ({ path, bytes, timing: timings.get(path) ?? null })),
    skipped: skipped.filter((skip) => matters(skip, rules)),
    timing: problems.some(isFatal) ? null : watch.timing(),
    startedAt: watch.startedAt(),
    endedAt: watch.now(),
  });
}

/**
 * Whether a file that was too large is missing: a film, or a bundle in a language that no rule is for, would not have been
 * looked at either. Without an extension, only its first line could tell.
 */
function matters({ path, reason }: SkippedPath, rules: readonly Rule[]): boolean {
  if (reason !== 'exceeded_size_limit' || extname(path) === '' || takesAnyFile(rules)) return true;
  const languages = languagesOfFile(basename(path));
  return rules.some((rule) => rule.languages.some((name) => languages.includes(name)));
}
