import { type FileReport, syntacticIds } from '@lockstep/engine';
import { type Baseline, readOldContents } from '../../git/baseline.ts';
import type { GitProblem } from '../../git/git-problem.ts';
import { compareFindings } from '../../reports/scan-report.ts';
import type { Target } from '../../targets/target.ts';
import type { ScanRequest } from '../../workers/scan-request.ts';
import type { ScanSession } from '../../workers/scan-session.ts';

/** The targets that have changed since the baseline. */
export function changedTargets(targets: readonly Target[], baseline: Baseline): Target[] {
  const changed = new Set(baseline.changes.map(({ absolutePath }) => absolutePath));
  return targets.filter(({ absolutePath }) => changed.has(absolutePath));
}

export type NewFindings = { ok: true; reports: FileReport[] } | { ok: false; problem: GitProblem };

/**
 * Drops the findings that were there before (semantics 10 §6, last paragraph): files with findings are scanned again as
 * they were, under the name they have now, and what has the same syntactic id there is old.
 */
export async function withoutOldFindings(
  reports: readonly FileReport[],
  { requests, project }: { requests: readonly ScanRequest[]; project: readonly ScanRequest[] },
  baseline: Baseline,
  session: ScanSession,
): Promise<NewFindings> {
  const blobs = new Map(baseline.changes.map(({ absolutePath, oldBlob }) => [absolutePath, oldBlob]));
  const withFindings = new Set(reports.filter(({ findings }) => findings.length > 0).map(({ path }) => path));
  const suspects = requests.flatMap((request) => {
    const blob = blobs.get(request.absolutePath) ?? null;
    return withFindings.has(request.path) && blob !== null ? [{ request, blob }] : [];
  });
  const old = await readOldContents(
    baseline,
    suspects.map(({ blob }) => blob),
  );
  if (!old.ok) return old;
  const oldRequests = suspects.flatMap(({ request, blob }): ScanRequest[] => {
    const content = old.contents.get(blob);
    return content === undefined ? [] : [{ ...request, content, bytes: content.length }];
  });
  const byPath = new Map(oldRequests.map((request) => [request.path, request]));
  const oldProject = project.map((request) => byPath.get(request.path) ?? request);
  const oldReports = await session.scan(oldRequests, () => {}, oldProject);
  const oldIds = new Set(oldReports.flatMap(idsOf));
  return { ok: true, reports: reports.map((report) => withoutIds(report, oldIds)) };
}

function withoutIds(report: FileReport, oldIds: ReadonlySet<string>): FileReport {
  const findings = report.findings.toSorted(compareFindings);
  const ids = syntacticIds(findings);
  return { ...report, findings: findings.filter((_, at) => !oldIds.has(ids[at] ?? '')) };
}

function idsOf({ findings }: FileReport): string[] {
  return syntacticIds(findings.toSorted(compareFindings));
}
