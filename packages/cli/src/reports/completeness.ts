import type { IssueCode } from '@lockstep/engine';
import type { ScanReport } from './scan-report.ts';
import type { SetupProblem } from './setup-problem.ts';

/** What a scan did not look at, in numbers. A report that hides this reads like an all-clear. */
export interface Completeness {
  /** False where a file or a rule that should have been looked at was not, wholly or in part. */
  complete: boolean;
  /** How often each thing went wrong, before scanning and while scanning. */
  problems: Record<string, number>;
  issues: Partial<Record<IssueCode, number>>;
  /** How many files were skipped for each reason, wanted or not. */
  skipped: Record<string, number>;
}

export function completenessOf(report: ScanReport): Completeness {
  const problems = countBy(report.problems.filter(leavesHole).map(({ code }) => code));
  const issues = countBy(report.issues.map(({ code }) => code));
  const skipped = countBy(report.skipped.map(({ reason }) => reason));
  const holes = [
    ...Object.keys(problems),
    ...Object.keys(issues).filter((code) => !isHarmless(code)),
    ...Object.keys(skipped).filter(isUnwantedSkip),
  ];
  return {
    complete: holes.length === 0,
    problems,
    issues,
    skipped,
  };
}

/** Errors, and warnings of files, folders or rules that were passed over. */
export function leavesHole({ level, code }: SetupProblem): boolean {
  return level === 'error' || PASSED_OVER.has(code);
}

const PASSED_OVER: ReadonlySet<string> = new Set([
  'unreadable-folder',
  'unreadable-file',
  'undecodable-name',
  'no-rule-left',
]);

/**
 * A rule that says it is not for this version was left out on its author's word; a rule with a warning runs, and a file
 * with bytes that are not UTF-8 is scanned around them. A comment that is at odds with the findings hides none, and flows
 * that are not told apart are found.
 */
export function isHarmless(code: string): boolean {
  return HARMLESS.has(code);
}

const HARMLESS: ReadonlySet<string> = new Set([
  'incompatible-rule',
  'rule-warning',
  'invalid-encoding',
  'coarse-flow',
  'faulty-suppression',
  'unused-suppression',
]);

/** Reasons that nobody asked for: the file was meant to be scanned. */
const UNWANTED_SKIPS: ReadonlySet<string> = new Set([
  'exceeded_size_limit',
  'too_big',
  'minified',
  'Nonexistent_file',
  'insufficient_permissions',
  'analysis_failed_parser_or_internal_error',
  'too_many_matches',
]);

/** True where skipping for this reason leaves a hole that the user did not ask for. */
export function isUnwantedSkip(reason: string): boolean {
  return UNWANTED_SKIPS.has(reason);
}

/** Counts, keys sorted so that output does not depend on order. */
function countBy<K extends string>(keys: K[]): Record<K, number> {
  const counts = {} as Record<K, number>;
  for (const key of keys.sort()) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
