import type { Finding } from '@lockstep/engine';
import { exceptionIn } from '@lockstep/guardrails';
import type { SourceLine } from './code-frame.ts';
import { completenessOf } from './completeness.ts';
import { matchLines } from './match-lines.ts';
import { sarifFlow } from './sarif-flow.ts';
import { sarifLocation } from './sarif-location.ts';
import { sarifLevel, sarifRule } from './sarif-rule.ts';
import type { ScanReport } from './scan-report.ts';
import { errorTypeName, semgrepErrors } from './semgrep-errors.ts';
import { stringifyJson } from './stringify-json.ts';

export interface SarifOptions {
  /** Name of the tool in the report; code scanning keeps alerts of different tools apart. */
  toolName: string;
  /**
   * Findings with an inline suppression: `mark` them as SARIF does, or `omit` them, because GitHub keeps an alert
   * open for every result, suppressed or not.
   */
  suppressed: 'mark' | 'omit';
  /** Lines that flows go through: without them, a column behind a character beyond ASCII would be a few too high. */
  source: SourceLine;
}

export const SARIF_DEFAULTS: SarifOptions = { toolName: 'Lockstep', suppressed: 'mark', source: () => null };

/** SARIF 2.1.0 with one run (semantics 11 §3). Columns are UTF-16 units, as the format says and viewers count. */
export function formatSarif(report: ScanReport, options: SarifOptions = SARIF_DEFAULTS): string {
  const findings = options.suppressed === 'mark' ? report.findings : report.findings.filter(({ ignored }) => !ignored);
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const ruleIds = [...rules.keys()].sort();
  return stringifyJson({
    version: '2.1.0',
    runs: [
      {
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(report) }],
        properties: { completeness: completenessOf(report) },
        results: findings.map((finding) => result(finding, options)),
        tool: {
          driver: {
            name: options.toolName,
            rules: ruleIds.flatMap((id) => sarifRule(rules.get(id), options.toolName)),
            semanticVersion: report.version,
          },
        },
      },
    ],
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
  });
}

function notifications(report: ScanReport): object[] {
  const levels = { error: 'error', warn: 'warning', info: 'note' };
  return semgrepErrors(report).map(({ type, level, message }) => ({
    descriptor: { id: errorTypeName(type) },
    level: levels[level],
    message: { text: message },
  }));
}

function result(finding: Finding, { source }: SarifOptions): object {
  const region = matchRegion(finding);
  const artifactLocation = sarifLocation(finding.path);
  return {
    ...(finding.trace === null ? {} : { codeFlows: [sarifFlow(finding.trace, source)] }),
    fingerprints: { 'matchBasedId/v1': finding.fingerprint },
    ...(finding.fix === null ? {} : { fixes: [fix(finding, finding.fix, artifactLocation, region)] }),
    level: sarifLevel(finding.severity),
    locations: [{ physicalLocation: { artifactLocation, region: { ...region, snippet: { text: finding.lines } } } }],
    message: { text: finding.message },
    properties: {},
    ruleId: finding.ruleId,
    ...(finding.ignored ? { suppressions: [suppression(finding)] } : {}),
  };
}

/** By a comment in the code, or by an exception that was agreed outside of it. */
function suppression({ metadata }: Finding): object {
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
