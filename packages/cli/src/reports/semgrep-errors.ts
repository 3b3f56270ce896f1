import type { IssueCode, Position, ScanIssue } from '@lockstep/engine';
import type { ReportRule, ScanReport } from './scan-report.ts';
import { setupErrors } from './setup-errors.ts';

export interface SemgrepPosition {
  line: number;
  col: number;
  offset: number;
}

type ErrorType =
  | string
  | ['PartialParsing', { path: string; start: SemgrepPosition; end: SemgrepPosition }[]]
  | ['IncompatibleRule', Record<string, string>];

/** An entry of `errors` as Semgrep prints it (semantics 11 §1); absent keys are left out. */
export interface SemgrepError {
  code: number;
  level: 'error' | 'warn' | 'info';
  type: ErrorType;
  rule_id?: string;
  message: string;
  long_msg?: string;
  short_msg?: string;
  path?: string;
  spans?: { file: string; start: SemgrepPosition; end: SemgrepPosition }[];
}

/** Our stable codes in Semgrep's words. Where it has none, the nearest one that its consumers know. */
const SEMGREP_TYPES: Record<IssueCode, { type: string; code: number }> = {
  'syntax-error': { type: 'Syntax error', code: 3 },
  'partial-parsing': { type: 'PartialParsing', code: 3 },
  timeout: { type: 'Timeout', code: 2 },
  'file-timeout': { type: 'Timeout', code: 2 },
  'out-of-memory': { type: 'Out of memory', code: 2 },
  'too-many-matches': { type: 'Too many matches', code: 2 },
  'regex-error': { type: 'Internal matching error', code: 2 },
  'rule-warning': { type: 'SemgrepWarning', code: 2 },
  'rule-error': { type: 'Rule parse error', code: 2 },
  'incompatible-rule': { type: 'IncompatibleRule', code: 0 },
  'unsupported-rule': { type: 'Missing plugin', code: 0 },
  'unreadable-file': { type: 'SemgrepWarning', code: 2 },
  'invalid-encoding': { type: 'SemgrepWarning', code: 2 },
  'condition-error': { type: 'Internal matching error', code: 2 },
  'faulty-suppression': { type: 'SemgrepWarning', code: 2 },
  'unused-suppression': { type: 'SemgrepWarning', code: 2 },
  'incomplete-flow': { type: 'SemgrepWarning', code: 2 },
  'coarse-flow': { type: 'SemgrepWarning', code: 2 },
  'internal-error': { type: 'Fatal error', code: 2 },
};

/**
 * What is wrong with the setup, then with files, then the unmatched ids of inline suppressions. Flows that were found and
 * not told apart are for those who ask; how many there are is always counted.
 */
export function semgrepErrors(report: ScanReport, verbose: boolean): SemgrepError[] {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  return [
    ...setupErrors(report.problems),
    ...report.issues
      .filter(({ code }) => code !== 'coarse-flow' || verbose)
      .map((issue) => semgrepError(issue, rules.get(issue.ruleId ?? ''), report.rulesVersion)),
    ...report.unmatchedSuppressions.map(
      ({ path, line, id, ruleId }): SemgrepError => ({
        code: 2,
        level: 'warn',
        type: 'SemgrepWarning',
        message: `Line ${line} of ${path} suppresses '${id}', which is not the rule that reports there: '${ruleId}'`,
        path,
      }),
    ),
  ];
}

export function semgrepPosition({ line, column, offset }: Position): SemgrepPosition {
  return { line, col: column, offset };
}

/** The plain name of an error's type, as SARIF notifications carry it. */
export function errorTypeName(type: ErrorType): string {
  if (typeof type === 'string') return type;
  return type[0] === 'PartialParsing' ? 'Syntax error' : 'Incompatible rule';
}

/** One issue; the rule and our version are for saying why a rule is not for it. */
export function semgrepError(issue: ScanIssue, rule?: ReportRule, rulesVersion = ''): SemgrepError {
  const { path, ruleId, spans } = issue;
  const { type, code } = SEMGREP_TYPES[issue.code];
  return {
    code,
    level: issue.level,
    type: typeOf(type, issue, rule, rulesVersion),
    ...(ruleId === null ? {} : { rule_id: ruleId }),
    message: issue.remedy === '' ? issue.message : `${issue.message}\n${issue.remedy}`,
    ...(path === null ? {} : { path }),
    ...(path === null || spans.length === 0
      ? {}
      : { spans: spans.map(({ start, end }) => ({ file: path, ...range(start, end) })) }),
  };
}

function typeOf(type: string, issue: ScanIssue, rule: ReportRule | undefined, rulesVersion: string): ErrorType {
  if (type === 'PartialParsing') {
    return [type, issue.spans.map(({ start, end }) => ({ path: issue.path ?? '', ...range(start, end) }))];
  }
  if (type === 'IncompatibleRule') {
    return [
      type,
      {
        rule_id: issue.ruleId ?? '',
        this_version: rulesVersion,
        ...(rule?.minVersion == null ? {} : { min_version: rule.minVersion }),
        ...(rule?.maxVersion == null ? {} : { max_version: rule.maxVersion }),
      },
    ];
  }
  return type;
}

function range(start: Position, end: Position): { start: SemgrepPosition; end: SemgrepPosition } {
  return { start: semgrepPosition(start), end: semgrepPosition(end) };
}
