import { type FileReport, type Rule, type ScanIssue, SEMGREP_VERSION } from '@lockstep/engine';
import { assembleReport, type ReportNote, type ScanReport } from '../../reports/scan-report.ts';
import { isFatal, type SetupProblem } from '../../reports/setup-problem.ts';
import type { TargetReport } from '../../targets/target.ts';
import { VERSION } from '../../version.ts';
import type { ScanRequest } from '../../workers/scan-request.ts';
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
    skipped,
    timing: problems.some(isFatal) ? null : watch.timing(),
    startedAt: watch.startedAt(),
    endedAt: watch.now(),
  });
}
