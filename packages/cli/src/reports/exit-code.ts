import type { IssueCode } from '@lockstep/engine';
import { activeFindings, type ScanReport } from './scan-report.ts';
import { isFatal } from './setup-problem.ts';

export interface ExitOptions {
  /** `--error`: findings make the run fail. */
  failOnFindings: boolean;
  /** `--strict`: so does whatever kept a file from being scanned, or a rule from running, as it should. */
  strict: boolean;
}

/**
 * The exit code of a scan, as Semgrep 1.182 has it (semantics 11 §1): 0 done, 1 findings, 2 failure, 3 target syntax,
 * 7 unusable configuration, 8 unknown language. What stops the run comes first, then findings, then broken rules, then
 * what `--strict` adds.
 */
export function exitCode(report: ScanReport, { failOnFindings, strict }: ExitOptions): number {
  const fatal = report.problems.filter(isFatal);
  if (fatal.some(({ stage }) => stage === 'config' || stage === 'yaml' || stage === 'schema')) return 7;
  if (fatal.some(({ stage }) => stage === 'language')) return 8;
  if (fatal.length > 0) return 2;
  if (failOnFindings && activeFindings(report).length > 0) return 1;
  const brokenRule = report.problems.some(({ stage, level }) => stage === 'rule' && level === 'error');
  if (brokenRule || has(report, 'rule-error')) return 2;
  return strict ? strictCode(report) : 0;
}

const SYNTAX: readonly IssueCode[] = ['syntax-error', 'partial-parsing'];

/** Rules left out, time-outs and idle suppressions outrank syntax errors. */
function strictCode(report: ScanReport): number {
  if (report.unmatchedSuppressions.length > 0 || has(report, 'unsupported-rule')) return 2;
  const failed = report.issues.filter(({ level, path }) => level !== 'info' && path !== null);
  if (failed.some(({ code }) => !SYNTAX.includes(code))) return 2;
  return failed.length > 0 ? 3 : 0;
}

function has(report: ScanReport, code: IssueCode): boolean {
  return report.issues.some((issue) => issue.code === code);
}
