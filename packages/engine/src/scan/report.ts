import type { Allowance } from '../findings/allowances.ts';
import type { Finding, Position } from '../findings/finding.ts';

/**
 * Something that went wrong, or was left out, as a value: never a crash, never silence.
 * `code` is stable and ours; reports translate it to Semgrep's error types.
 */
export type IssueCode =
  | 'syntax-error' // the whole file could not be parsed
  | 'partial-parsing' // spans of the file were skipped by the parser
  | 'timeout' // one rule on one file ran out of time
  | 'file-timeout' // parsing took too long, or too many rules did: the file was given up
  | 'out-of-memory'
  | 'too-many-matches'
  | 'regex-error' // a regular expression gave up on this file
  | 'rule-warning' // a part of the rule can never match
  | 'rule-error' // a rule cannot be run (bad pattern, bad regex, …)
  | 'incompatible-rule' // min-version / max-version
  | 'unsupported-rule' // a mode or language this engine does not have yet
  | 'unreadable-file'
  | 'invalid-encoding' // bytes that are not UTF-8 were replaced
  | 'condition-error' // a condition could not be evaluated on this match
  | 'faulty-suppression' // a comment that allows findings does not tell what is asked of it, or has ended
  | 'unused-suppression' // … or allows what nobody finds there
  | 'incomplete-flow' // a bound of the data-flow analysis was reached: flows may be missing
  | 'coarse-flow' // … behind which flows are told apart less well
  | 'internal-error';

export interface ScanIssue {
  code: IssueCode;
  level: 'error' | 'warn' | 'info';
  message: string;
  /** What to do about it; empty where there is nothing to say. */
  remedy: string;
  path: string | null;
  ruleId: string | null;
  spans: { start: Position; end: Position }[];
}

/** A parser or a rule broke down. */
const GIVEN_UP: ReadonlySet<IssueCode> = new Set(['internal-error', 'syntax-error']);

/** Whether another run, with more memory or stack, may get further with a file of which this was said. */
export function isGivenUp(issues: readonly ScanIssue[]): boolean {
  return issues.some(({ code }) => GIVEN_UP.has(code));
}

/** What scanning one file yields. Order of findings: start, end, rule id. */
export interface FileReport {
  path: string;
  findings: Finding[];
  issues: ScanIssue[];
  /** Ids listed by inline suppressions that fit no finding there. */
  unmatchedSuppressions: { path: string; line: number; id: string; ruleId: string }[];
  /** Comments that allow findings, in order; whether they hold is not the engine's to say. */
  allowances: Allowance[];
  /** Milliseconds, and per rule id where asked for. */
  timing: { parse: number; match: number; rules: Record<string, number> };
}
