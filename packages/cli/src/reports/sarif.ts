import type { Finding } from '@lockstep/engine';
import { exceptionIn, isKnown } from '@lockstep/guardrails';
import type { SourceLine } from './code-frame.ts';
import { completenessOf } from './completeness.ts';
import { lineHashes } from './line-hashes.ts';
import { matchLines } from './match-lines.ts';
import { sarifFlow } from './sarif-flow.ts';
import { LeftOut } from './sarif-limits.ts';
import { sarifLocation } from './sarif-location.ts';
import { sarifLevel, sarifRule } from './sarif-rule.ts';
import { withoutLinks } from './sarif-text.ts';
import { activeFindings, type ScanReport } from './scan-report.ts';
import { errorTypeName, semgrepErrors } from './semgrep-errors.ts';
import { stringifyJson } from './stringify-json.ts';

export interface SarifOptions {
  /**
   * Findings with an inline suppression: `mark` them as SARIF does, or `omit` them, because GitHub keeps an alert
   * open for every result, suppressed or not.
   */
  suppressed: 'mark' | 'omit';
  /** Lines that flows go through: without them, a column behind a character beyond ASCII would be a few too high. */
  source: SourceLine;
  /** The whole text of a file, for the fingerprints that GitHub goes by; null where there is none to be had. */
  text: (path: string) => string | null;
}

export const SARIF_DEFAULTS: SarifOptions = { suppressed: 'omit', source: () => null, text: () => null };

/** Code scanning keeps alerts of different tools apart. */
const TOOL_NAME = 'Lockstep';

/**
 * SARIF 2.1.0 with one run (semantics 11 §3), within the limits of GitHub's code scanning. Columns are UTF-16 units, as
 * the format says and viewers count.
 */
export function formatSarif(report: ScanReport, options: SarifOptions = SARIF_DEFAULTS): string {
  const leftOut = new LeftOut();
  const wanted = options.suppressed === 'mark' ? report.findings : activeFindings(report);
  const findings = leftOut.limitFindings(wanted);
  const hashOf = createHashOf(options.text);
  const results = findings.map((finding) => result(finding, hashOf(finding), options.source, leftOut));
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const ruleIds = leftOut.limitRules([...rules.keys()].sort(), findings);
  const driver = {
    name: TOOL_NAME,
    rules: ruleIds.flatMap((id) => sarifRule(rules.get(id), TOOL_NAME, leftOut)),
    semanticVersion: report.version,
  };
  return stringifyJson({
    version: '2.1.0',
    runs: [
      {
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(report, leftOut) }],
        properties: {
          completeness: completenessOf(report),
          suppressed: report.findings.length - activeFindings(report).length,
        },
        results,
        tool: { driver },
      },
    ],
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
  });
}

function notifications(report: ScanReport, leftOut: LeftOut): object[] {
  const levels = { error: 'error', warn: 'warning', info: 'note' };
  const errors = semgrepErrors(report, false).map(({ type, level, message }) => ({
    descriptor: { id: errorTypeName(type) },
    level: levels[level],
    message: { text: message },
  }));
  const limits = leftOut
    .messages()
    .map((text) => ({ descriptor: { id: 'Limit' }, level: 'warning', message: { text } }));
  const notes = report.notes.map(({ code, level, title, items }) => ({
    descriptor: { id: code },
    level: level === 'notice' ? 'warning' : 'note',
    message: { text: withoutLinks([title, ...firstItems(items)].join('\n')) },
  }));
  return [...errors, ...notes, ...limits];
}

function firstItems(items: readonly string[]): string[] {
  const rest = items.length - MAX_ITEMS;
  return [...items.slice(0, MAX_ITEMS), ...(rest > 0 ? [`and ${rest} more`] : [])];
}

/** Of a note; the results name the files as well. */
const MAX_ITEMS = 20;

/** The hash of a finding's first line. Findings come file by file, so one file is kept. */
function createHashOf(textOf: SarifOptions['text']): (finding: Finding) => string | null {
  let path: string | null = null;
  let hashes: string[] = [];
  return (finding) => {
    if (finding.path !== path) {
      path = finding.path;
      const text = textOf(path);
      hashes = text === null ? [] : lineHashes(text);
    }
    return hashes[finding.start.line - 1] ?? null;
  };
}

function result(finding: Finding, hash: string | null, source: SourceLine, leftOut: LeftOut): object {
  const region = matchRegion(finding);
  const artifactLocation = sarifLocation(finding.path);
  return {
    ...(finding.trace === null ? {} : { codeFlows: [sarifFlow(finding.trace, source, leftOut)] }),
    fingerprints: { 'matchBasedId/v1': finding.fingerprint },
    ...(finding.fix === null ? {} : { fixes: [fix(finding, finding.fix, artifactLocation, region)] }),
    level: sarifLevel(finding.severity),
    locations: [{ physicalLocation: { artifactLocation, region: { ...region, snippet: { text: finding.lines } } } }],
    // GitHub takes no empty one.
    message: { text: withoutLinks(finding.message) || finding.ruleId },
    ...(hash === null ? {} : { partialFingerprints: { primaryLocationLineHash: hash } }),
    properties: {},
    ruleId: finding.ruleId,
    ...(finding.ignored ? { suppressions: [suppression(finding)] } : {}),
  };
}

/** By a comment in the code, or by an exception or a baseline that was agreed outside of it. */
function suppression({ metadata }: Finding): object {
  if (isKnown(metadata)) return { kind: 'external', status: 'accepted', justification: 'known to the baseline' };
  const exception = exceptionIn(metadata);
  if (exception === null) return { kind: 'inSource' };
  return { kind: 'external', status: 'accepted', justification: exception.reason };
}

function fix(finding: Finding, text: string, artifactLocation: object, deletedRegion: object): object {
  return {
    artifactChanges: [{ artifactLocation, replacements: [{ deletedRegion, insertedContent: { text } }] }],
    description: { text: `${finding.message}\n Autofix: the fix suggested by the rule` },
  };
}

function matchRegion(finding: Finding): object {
  const { start, end } = matchLines(finding);
  return { startLine: finding.start.line, startColumn: start + 1, endLine: finding.end.line, endColumn: end + 1 };
}
