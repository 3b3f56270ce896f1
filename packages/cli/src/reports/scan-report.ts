import {
  compareTexts,
  type FileReport,
  type Finding,
  numberFingerprints,
  type Position,
  type Rule,
  type ScanIssue,
} from '@lockstep/engine';
import { type ExceptionNote, exceptionIn, isKnown } from '@lockstep/guardrails';
import type { SetupProblem } from './setup-problem.ts';

/** The id of a rule given with `-e`. */
export const COMMAND_LINE_RULE = '-';

/** What reports need of a rule that was loaded, whether it found something or not. */
export type ReportRule = Pick<Rule, 'id' | 'message' | 'severity' | 'metadata' | 'minVersion' | 'maxVersion'>;

export interface ScannedTarget {
  path: string;
  bytes: number;
  /** Milliseconds; null where they were not measured. */
  timing: FileReport['timing'] | null;
}

export interface SkippedTarget {
  path: string;
  /** One of Semgrep's reasons (semantics 10 §6). */
  reason: string;
}

/** Milliseconds of wall-clock time, and bytes. */
export interface ScanTiming {
  loadRules: number;
  findTargets: number;
  scan: number;
  total: number;
  maxMemoryBytes: number;
}

/** Everything a scan has to say. Formatters are functions of it and of options, and of nothing else. */
export interface ScanReport {
  /** Of this tool. */
  version: string;
  /** The Semgrep release that `min-version` and `max-version` of rules are compared with. */
  rulesVersion: string;
  /** In report order, numbered, without repeats; suppressed ones are among them. */
  findings: Finding[];
  /** What went wrong before scanning, in the order met. */
  problems: SetupProblem[];
  /** What went wrong while scanning. */
  issues: ScanIssue[];
  /** Empty unless `--strict` asks for them (semantics 09 §3). */
  unmatchedSuppressions: FileReport['unmatchedSuppressions'];
  /** What the reader is to know besides; the order is that of the report. */
  notes: ReportNote[];
  rules: ReportRule[];
  targets: ScannedTarget[];
  skipped: SkippedTarget[];
  timing: ScanTiming | null;
  /** UTC, `2026-01-31T12:00:00`. */
  startedAt: string;
  endedAt: string;
}

/** Something that is neither a finding nor a failure: what was compared with what, what a change does to its own rules. */
export interface ReportNote {
  code: string;
  /** `notice`: whoever reviews the change should see it beside its lines too. */
  level: 'info' | 'notice';
  /** A sentence without a full stop. */
  title: string;
  /** Files, rules or findings that it is about, as they are; may hold anything that file names can. */
  items: string[];
}

/**
 * Puts what a scan yielded, in whatever order workers finished, into report form: findings sorted, deduplicated and
 * their fingerprints numbered, everything else sorted too. Same input, same report.
 */
export function assembleReport(parts: ScanReport): ScanReport {
  const findings = withoutRepeats(parts.findings.filter(isReported).sort(compareFindings));
  const fingerprints = numberFingerprints(findings);
  return {
    ...parts,
    findings: findings.map((finding, at) => ({ ...finding, fingerprint: fingerprints[at] ?? finding.fingerprint })),
    issues: sortedBy(parts.issues, (issue) => [
      issue.path ?? '',
      issue.ruleId ?? '',
      issue.code,
      String(issue.spans[0]?.start.line ?? 0).padStart(9, '0'),
      issue.message,
    ]),
    unmatchedSuppressions: sortedBy(parts.unmatchedSuppressions, (entry) => [
      entry.path,
      String(entry.line).padStart(9, '0'),
      entry.ruleId,
      entry.id,
    ]),
    targets: sortedBy(parts.targets, ({ path }) => [path]),
    skipped: sortedBy(parts.skipped, ({ path, reason }) => [path, reason]),
  };
}

/** The findings to show: those that no inline comment, no exception and no baseline suppresses. */
export function activeFindings(report: ScanReport): Finding[] {
  return report.findings.filter((finding) => !finding.ignored);
}

/** The findings that an exception of their guardrail allows, each with its reason. */
export function exceptedFindings(report: ScanReport): { finding: Finding; exception: ExceptionNote }[] {
  return report.findings.flatMap((finding) => {
    const exception = finding.ignored ? exceptionIn(finding.metadata) : null;
    return exception === null ? [] : [{ finding, exception }];
  });
}

/** The findings that a baseline knows: they were there before. */
export function knownFindings(report: ScanReport): Finding[] {
  return report.findings.filter(({ ignored, metadata }) => ignored && isKnown(metadata));
}

/** Report order: path, start, end, rule id, message (semantics 04 §7). */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareTexts(a.path, b.path) ||
    comparePositions(a.start, b.start) ||
    comparePositions(a.end, b.end) ||
    compareTexts(a.ruleId, b.ruleId) ||
    compareTexts(a.message, b.message)
  );
}

/** Rules of these severities run for other rules' sake and are never reported (semantics 01 §2). */
function isReported(finding: Finding): boolean {
  return finding.severity !== 'INVENTORY' && finding.severity !== 'EXPERIMENT';
}

/** Findings that differ in nothing a reader sees are one; the first of them stays. */
function withoutRepeats(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ ruleId, path, start, end, message }) => {
    const key = [ruleId, path, start.offset, end.offset, message].join('\0');
    return seen.size !== seen.add(key).size;
  });
}

function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column || a.offset - b.offset;
}

function sortedBy<T>(items: readonly T[], keys: (item: T) => string[]): T[] {
  const keyed = items.map((item) => ({ item, key: keys(item).join('\0') }));
  return keyed.sort((a, b) => compareTexts(a.key, b.key)).map(({ item }) => item);
}
