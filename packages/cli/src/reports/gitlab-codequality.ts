import type { Finding, Severity } from '@lockstep/engine';
import { repositoryPath } from './repository-path.ts';
import { activeFindings, type ScanReport } from './scan-report.ts';
import { stringifyJson } from './stringify-json.ts';

const SEVERITIES: Record<Severity, 'blocker' | 'critical' | 'major' | 'minor' | 'info'> = {
  CRITICAL: 'blocker',
  ERROR: 'critical',
  HIGH: 'critical',
  WARNING: 'major',
  MEDIUM: 'major',
  LOW: 'minor',
  INFO: 'info',
  INVENTORY: 'info',
  EXPERIMENT: 'info',
};

/** GitLab's Code Quality report: what a merge request shows beside its changes, in every tier of GitLab. */
export function formatGitlabCodequality(report: ScanReport): string {
  return stringifyJson(activeFindings(report).map(issue));
}

function issue({ message, ruleId, fingerprint, severity, path, start, end }: Finding): object {
  return {
    type: 'issue',
    // GitLab takes no empty one.
    description: message || ruleId,
    check_name: ruleId,
    // GitLab drops an issue whose fingerprint another one has.
    fingerprint,
    severity: SEVERITIES[severity],
    categories: ['Security'],
    location: { path: repositoryPath(path), lines: { begin: start.line, end: end.line } },
  };
}
