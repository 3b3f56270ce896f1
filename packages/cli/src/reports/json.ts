import type { Finding, MetavariableValue, PropagatedValue } from '@lockstep/engine';
import { numberPlaces } from '@lockstep/guardrails';
import { completenessOf } from './completeness.ts';
import { fixedLines } from './match-lines.ts';
import { activeFindings, exceptedFindings, knownFindings, type ScanReport, type SkippedTarget } from './scan-report.ts';
import { semgrepErrors, semgrepPosition } from './semgrep-errors.ts';
import { semgrepTime } from './semgrep-time.ts';
import { semgrepTrace } from './semgrep-trace.ts';
import { stringifyJson } from './stringify-json.ts';

export interface JsonOptions {
  /** `--verbose`: list the files that were skipped. */
  verbose: boolean;
  /** `--time`: times of each rule on each file. */
  time: boolean;
  /** `--autofix --dryrun`: show the lines as the fix would leave them. */
  fixedLines: boolean;
}

/**
 * Semgrep's JSON (semantics 11 §1), with everything that it withholds without a login: lines, metavariables,
 * fingerprints, traces. Our own additions are under `lockstep`.
 */
export function formatJson(report: ScanReport, options: JsonOptions): string {
  const numbered = numberedIdentities(report);
  return stringifyJson({
    version: report.version,
    results: activeFindings(report).map((finding) => result(finding, numbered.get(finding) ?? '', options)),
    errors: semgrepErrors(report, options.verbose),
    paths: {
      scanned: report.targets.map(({ path }) => path),
      ...(options.verbose ? { skipped: skippedPaths(report) } : {}),
    },
    ...(report.timing === null ? {} : { time: semgrepTime(report, report.timing, options.time) }),
    engine_requested: 'OSS',
    skipped_rules: [],
    profiling_results: [],
    lockstep: {
      completeness: completenessOf(report),
      suppressed: report.findings.length - activeFindings(report).length,
      ...exceptedPart(report),
      ...knownPart(report),
      ...(report.notes.length === 0 ? {} : { notes: report.notes }),
    },
  });
}

/** Suppressed ones count too, so that suppressing one does not rename the others. */
function numberedIdentities({ findings }: ScanReport): Map<Finding, string> {
  const places = findings.map(({ path, anchor: { symbol, identity } }) => {
    return { guardrail: '', path, symbol, finding: identity };
  });
  return new Map(numberPlaces(places).map(({ finding }, at) => [findings[at] as Finding, finding]));
}

/** What a baseline knows; nothing where it knows nothing. */
function knownPart(report: ScanReport): object {
  const known = knownFindings(report);
  if (known.length === 0) return {};
  return { known: known.map(({ ruleId, path, start }) => ({ check_id: ruleId, path, line: start.line })) };
}

/** What was found and is allowed, so that nobody has to take it on trust; nothing where there is none. */
function exceptedPart(report: ScanReport): object {
  const excepted = exceptedFindings(report);
  if (excepted.length === 0) return {};
  return {
    excepted: excepted.map(({ finding: { ruleId, path, start }, exception }) => ({
      check_id: ruleId,
      path,
      line: start.line,
      for: exception.for,
      reason: exception.reason,
      owner: exception.owner,
      approved_by: exception.approvedBy,
      until: exception.until,
    })),
  };
}

function result(finding: Finding, identity: string, options: JsonOptions): object {
  const { ruleId, path, start, end, message, fix, metadata, severity, fingerprint, lines, trace, ignored } = finding;
  return {
    check_id: ruleId,
    path,
    start: semgrepPosition(start),
    end: semgrepPosition(end),
    extra: {
      metavars: mapValues(finding.metavariables, metavariable),
      message,
      ...(fix === null ? {} : { fix }),
      ...(options.fixedLines && fix !== null ? { fixed_lines: fixedLines(finding, fix) } : {}),
      metadata,
      severity,
      fingerprint,
      lines,
      ...(trace === null ? {} : { dataflow_trace: semgrepTrace(trace) }),
      is_ignored: ignored,
      lockstep: { finding: identity, symbol: finding.anchor.symbol },
      validation_state: 'NO_VALIDATOR',
      engine_kind: 'OSS',
    },
  };
}

function metavariable({ start, end, abstractContent, propagated }: MetavariableValue): object {
  return {
    start: semgrepPosition(start),
    end: semgrepPosition(end),
    abstract_content: abstractContent,
    ...(propagated === null ? {} : { propagated_value: propagatedValue(propagated) }),
  };
}

function propagatedValue({ abstractContent, start, end }: PropagatedValue): object {
  return {
    ...(start === null ? {} : { svalue_start: semgrepPosition(start) }),
    ...(end === null ? {} : { svalue_end: semgrepPosition(end) }),
    svalue_abstract_content: abstractContent,
  };
}

/** A file that could not be analysed as it should is among the scanned *and* among the skipped (semantics 10 §6). */
function skippedPaths(report: ScanReport): SkippedTarget[] {
  const scanned = new Set(report.targets.map(({ path }) => path));
  const failed = new Set<string>();
  for (const { path, level } of report.issues)
    if (path !== null && level !== 'info' && scanned.has(path)) failed.add(path);
  const partly = [...failed].map((path) => ({ path, reason: 'analysis_failed_parser_or_internal_error' }));
  // Semgrep drops binary files without a word; so does this list, and the summary tells.
  const named = report.skipped.filter(({ reason }) => reason !== 'binary');
  return [...named, ...partly].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
