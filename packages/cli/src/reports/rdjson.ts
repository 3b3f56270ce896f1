import type { Finding } from '@lockstep/engine';
import { escapeMarkdown } from './markdown-escape.ts';
import { matchLines } from './match-lines.ts';
import { repositoryPath } from './repository-path.ts';
import { ruleUrl, sarifLevel } from './sarif-rule.ts';
import { activeFindings, type ScanReport } from './scan-report.ts';
import { stringifyJson } from './stringify-json.ts';

const SEVERITIES = { error: 'ERROR', warning: 'WARNING', note: 'INFO' } as const;

/** Reviewdog's diagnostic format, for comments on the changed lines of a pull request; fixes become suggestions. */
export function formatRdjson(report: ScanReport): string {
  return stringifyJson({ source: { name: 'lockstep' }, diagnostics: activeFindings(report).map(diagnostic) });
}

function diagnostic(finding: Finding): object {
  const { message, path, severity, ruleId, metadata, fix } = finding;
  const range = matchRange(finding);
  const url = ruleUrl(metadata);
  return {
    // Reviewdog puts it into comments as it is. An empty one is refused.
    message: escapeMarkdown(message || ruleId),
    location: { path: repositoryPath(path), range },
    severity: SEVERITIES[sarifLevel(severity)],
    code: { value: ruleId, ...(url !== null && /^https?:\/\/./.test(url) ? { url } : {}) },
    ...(fix === null ? {} : { suggestions: [{ range, text: fix }] }),
  };
}

/** Columns count bytes from 1, as ours do. */
function matchRange(finding: Finding): object {
  const { lines, end } = matchLines(finding);
  const last = lines.at(-1) ?? '';
  return {
    start: { line: finding.start.line, column: finding.start.column },
    end: { line: finding.end.line, column: Buffer.byteLength(last.slice(0, end)) + 1 },
  };
}
