import type { FileReport, ScanIssue } from '@lockstep/engine';

/** What groups of rules said about one file; each has met the same problems of the file itself. */
export function mergeReports(
  path: string,
  reports: readonly FileReport[],
  more: readonly ScanIssue[] = [],
): FileReport {
  const issues = new Map(
    [...reports.flatMap((report) => report.issues), ...more].map((it) => [JSON.stringify(it), it]),
  );
  const timing: FileReport['timing'] = { parse: 0, match: 0, rules: {} };
  for (const report of reports) {
    timing.parse += report.timing.parse;
    timing.match += report.timing.match;
    Object.assign(timing.rules, report.timing.rules);
  }
  return {
    path,
    findings: reports.flatMap((report) => report.findings),
    issues: [...issues.values()],
    unmatchedSuppressions: unmatchedByAll(reports),
    // All of them have read the same file.
    allowances: reports[0]?.allowances ?? [],
    timing,
  };
}

/** Each report knows the findings of its own rules only: an id is unmatched where none of them has one for it. */
function unmatchedByAll(reports: readonly FileReport[]): FileReport['unmatchedSuppressions'] {
  const [first, ...others] = reports.map((report) => report.unmatchedSuppressions);
  const keys = others.map((list) => new Set(list.map((one) => JSON.stringify(one))));
  return (first ?? []).filter((one) => keys.every((set) => set.has(JSON.stringify(one))));
}

/** One report for each file, in the order in which files come first; those of no file stay as they are. */
export function mergeByPath(reports: readonly FileReport[]): FileReport[] {
  const byPath = new Map<string, FileReport[]>();
  for (const report of reports) byPath.set(report.path, [...(byPath.get(report.path) ?? []), report]);
  return [...byPath].flatMap(([path, all]) => (path === '' || all.length === 1 ? all : [mergeReports(path, all)]));
}
