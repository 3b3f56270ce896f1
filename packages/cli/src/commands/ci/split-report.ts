import type { ScanReport } from '../../reports/scan-report.ts';
import { stageOf } from './stages.ts';

/**
 * Parts a report by who it is for: the author, and security. What is at stage `monitor` is security's alone: findings,
 * rules, what went wrong with them, and how long they took.
 */
export function splitReport(report: ScanReport): { author: ScanReport; monitor: ScanReport } {
  const watched = new Set(report.rules.filter((rule) => stageOf(rule) === 'monitor').map(({ id }) => id));
  const isMonitor = ({ ruleId }: { ruleId: string | null }) => ruleId !== null && watched.has(ruleId);
  const part = (isWanted: (of: { ruleId: string | null }) => boolean): ScanReport => ({
    ...report,
    findings: report.findings.filter(isWanted),
    problems: report.problems.filter((problem) => problem.ruleId === null || isWanted(problem)),
    issues: report.issues.filter((issue) => issue.ruleId === null || isWanted(issue)),
    rules: report.rules.filter(({ id }) => isWanted({ ruleId: id })),
    targets: report.targets.map(({ timing, ...target }) => ({
      ...target,
      timing:
        timing === null
          ? null
          : {
              ...timing,
              rules: Object.fromEntries(Object.entries(timing.rules).filter(([id]) => isWanted({ ruleId: id }))),
            },
    })),
  });
  return { author: part((each) => !isMonitor(each)), monitor: { ...part(isMonitor), unmatchedSuppressions: [] } };
}
