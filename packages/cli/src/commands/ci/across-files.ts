import { type FileReport, followsFiles, type Rule } from '@lockstep/engine';
import { findTargets } from '../../targets/find-targets.ts';
import type { Target } from '../../targets/target.ts';
import type { ScanRequest } from '../../workers/scan-request.ts';
import type { SessionOptions } from '../../workers/scan-session.ts';
import { planScan } from '../scan/plan-scan.ts';
import type { ScanSettings } from '../scan/settings.ts';
import type { Change } from './find-change.ts';
import { findNewFlows, type NewFlowOptions } from './new-flows.ts';

/** With less to scan than this a second thread, which has to compile rules and to warm up too, gains nothing. */
const BYTES_PER_THREAD = 500_000;

/** Whether data can be followed through all files: those that the change leaves alone are read where they lie. */
function seesAllFiles({ base, isCheckedOut }: Change): boolean {
  return base === null || isCheckedOut;
}

/** How the files of a change are scanned. */
export function sessionOptions(
  change: Change,
  requests: readonly ScanRequest[],
  { pool, time: timeRules, suppressions, depth, interfile }: ScanSettings,
): SessionOptions {
  const isAcross = seesAllFiles(change);
  const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
  const threads = Math.min(pool.threads, Math.max(1, Math.ceil(bytes / BYTES_PER_THREAD)));
  return {
    ...pool,
    threads,
    timeRules,
    suppressions,
    depth: !isAcross && depth === 'project' ? 'file' : depth,
    interfile: isAcross && interfile,
    rulePaths: true,
  };
}

/**
 * Rules that are run on all files, before the change and after, as what it opens may begin and end anywhere; and those that
 * should be and cannot.
 */
export function rulesAcross(
  change: Change,
  rules: readonly Rule[],
  settings: Pick<ScanSettings, 'depth' | 'interfile'>,
): { across: Rule[]; withinFiles: Rule[] } {
  const following = change.base === null ? [] : rules.filter((rule) => followsFiles(rule, settings));
  return seesAllFiles(change) ? { across: following, withinFiles: [] } : { across: [], withinFiles: following };
}

/** What is new between files, and the files that the change leaves alone in which it was found. */
export async function followAcross(
  change: Change,
  changedTargets: readonly Target[],
  targets: ScanSettings['targets'],
  past: Omit<NewFlowOptions, 'entries' | 'requests' | 'unchanged'>,
): Promise<{ reports: FileReport[]; elsewhere: ScanRequest[] }> {
  const { rules } = past;
  const requests = planScan(rules, changedTargets);
  if (change.base === null || requests.length === 0) return { reports: [], elsewhere: [] };
  const all = await findTargets(['.'], { ...targets, cwd: change.repositoryRoot });
  const changed = new Set(requests.map(({ path }) => path));
  const unchanged = planScan(rules, all.targets).filter(({ path }) => !changed.has(path));
  const reports = await findNewFlows({ ...past, entries: change.base.entries, requests, unchanged });
  const paths = new Set(reports.map(({ path }) => path));
  return { reports, elsewhere: unchanged.filter(({ path }) => paths.has(path)) };
}
