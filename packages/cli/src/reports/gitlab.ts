import { createHash } from 'node:crypto';
import { type Finding, type Severity, syntacticId } from '@lockstep/engine';
import { escapeMarkdown } from './markdown-escape.ts';
import { activeFindings, type ScanReport } from './scan-report.ts';
import { stringifyJson } from './stringify-json.ts';

export type GitlabCategory = 'sast' | 'secret_detection';

const SCHEMAS: Record<GitlabCategory, string> = {
  sast: 'https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/blob/master/dist/sast-report-format.json',
  secret_detection:
    'https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/blob/master/dist/secret-detection-report-format.json',
};

const SEVERITIES: Record<Severity, string> = {
  CRITICAL: 'Critical',
  ERROR: 'High',
  HIGH: 'High',
  WARNING: 'Medium',
  MEDIUM: 'Medium',
  LOW: 'Low',
  INFO: 'Info',
  INVENTORY: 'Unknown',
  EXPERIMENT: 'Unknown',
};

/**
 * GitLab's SAST or secret-detection report, schema 15.0.4 (semantics 11 §4). The ids and the type of the identifiers
 * are those that Semgrep gives the same finding, so that GitLab recognises vulnerabilities that it knows.
 */
export function formatGitlab(report: ScanReport, category: GitlabCategory): string {
  const tool = { id: 'lockstep', name: 'Lockstep', version: report.version, vendor: { name: 'Lockstep' } };
  const vulnerabilities = activeFindings(report).map((finding) => vulnerability(finding, category));
  return stringifyJson({
    $schema: SCHEMAS[category],
    version: '15.0.4',
    scan: {
      start_time: report.startedAt,
      end_time: report.endedAt,
      analyzer: tool,
      scanner: tool,
      version: report.version,
      status: 'success',
      type: category,
    },
    vulnerabilities,
  });
}

function vulnerability(finding: Finding, category: GitlabCategory): object {
  const { path, ruleId, message, severity, metadata, start, end } = finding;
  const { source, confidence } = metadata;
  return {
    category,
    id: vulnerabilityId(finding),
    cve: `${path}:${createHash('sha256').update(path).digest('hex')}:${ruleId}`,
    message,
    // GitLab reads Markdown in it.
    description: escapeMarkdown(message),
    severity: SEVERITIES[severity],
    scanner: { id: 'lockstep', name: 'Lockstep', vendor: { name: 'Lockstep' } },
    location: {
      // The schema of secrets asks for a commit; the working tree has none.
      ...(category === 'secret_detection' ? { commit: { sha: '0000000' } } : {}),
      file: path,
      start_line: start.line,
      end_line: end.line,
    },
    identifiers: [
      {
        type: 'semgrep_type',
        name: `Lockstep - ${ruleId}`,
        value: ruleId,
        ...(typeof source === 'string' && /^https?:/.test(source) ? { url: source } : {}),
      },
    ],
    flags: confidence === 'LOW' ? [LOW_CONFIDENCE] : [],
    details:
      typeof confidence === 'string' ? { confidence: { type: 'text', name: 'confidence', value: confidence } } : {},
  };
}

const LOW_CONFIDENCE = {
  type: 'flagged-as-likely-false-positive',
  origin: 'Lockstep',
  description: 'The rule that reports this has low confidence.',
};

/** As Semgrep makes it: of the untouched code, and of the index that the finding's fingerprint ends with. */
function vulnerabilityId({ ruleId, path, lines, fingerprint }: Finding): string {
  const index = Number(/_(\d+)$/.exec(fingerprint)?.[1] ?? 0);
  const hex = syntacticId(ruleId, path, lines.trim(), index);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
