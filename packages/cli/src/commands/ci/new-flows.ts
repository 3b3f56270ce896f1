import type { FileReport, Finding, Rule } from '@lockstep/engine';
import type { RunCache } from '../../cache/run-cache.ts';
import type { DiffEntry } from '../../git/raw-diff.ts';
import type { ScanRequest } from '../../workers/scan-request.ts';
import { ScanSession, type SessionOptions } from '../../workers/scan-session.ts';
import { introducedFindings } from './introduced.ts';
import { readSource, requestsAt } from './source.ts';

export interface NewFlowOptions {
  /** Rules that follow data across files. */
  rules: readonly Rule[];
  entries: readonly DiffEntry[];
  /** The files of the change. */
  requests: readonly ScanRequest[];
  /** The others, as they are. */
  unchanged: readonly ScanRequest[];
  /** Contents from before the change, by their hashes. */
  oldContents: ReadonlyMap<string, Uint8Array>;
  session: ScanSession;
  options: SessionOptions;
  cache: RunCache | null;
}

/**
 * The flows through all files that were none before the change, wherever they begin and end: the sink that a change opens
 * a way to is often in a file that the change does not touch. Reports of the files of the change, and of others in which
 * something new was found.
 */
export async function findNewFlows(options: NewFlowOptions): Promise<FileReport[]> {
  const { requests, unchanged, session } = options;
  const now = await session.followData(requests, [...unchanged, ...requests]);
  const fresh = await withoutThoseBefore(now, options);
  const changed = new Set(['', ...requests.map(({ path }) => path)]);
  return now.flatMap((report): FileReport[] => {
    const findings = report.findings.filter((finding) => fresh.has(finding));
    if (changed.has(report.path)) return [{ ...report, findings }];
    // What went wrong in a file that the change does not touch is none of its business.
    return findings.length === 0 ? [] : [{ ...report, findings, issues: [] }];
  });
}

async function withoutThoseBefore(
  now: readonly FileReport[],
  { rules, entries, requests, unchanged, oldContents, options, cache }: NewFlowOptions,
): Promise<Set<Finding>> {
  const seen = new Set(now.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId)));
  if (seen.size === 0) return new Set();
  const files = new Map([...unchanged, ...requests].map((request) => [request.path, request]));
  const newPaths = new Map(entries.map(({ oldPath, path }) => [oldPath, path]));
  const old = entries.flatMap(({ wasFile, oldBlob, newBlob, oldPath }): ScanRequest[] => {
    const content = wasFile && oldBlob !== newBlob ? oldContents.get(oldBlob) : undefined;
    return content === undefined ? [] : requestsAt(oldPath, content, rules);
  });
  const oldFiles = new Map([...unchanged, ...old].map((request) => [request.path, request]));
  const session = new ScanSession(
    rules.filter(({ id }) => seen.has(id)),
    options,
    cache,
  );
  const before = await followBefore(session, old, unchanged);
  return introducedFindings(
    now.map(({ path, findings }) => ({ path, text: textOf(files.get(path)), findings })),
    before.map(({ path, findings }) => ({
      path: newPaths.get(path) ?? path,
      text: textOf(oldFiles.get(path)),
      findings,
    })),
  );
}

async function followBefore(
  session: ScanSession,
  old: readonly ScanRequest[],
  unchanged: readonly ScanRequest[],
): Promise<FileReport[]> {
  try {
    return await session.followData(old, [...unchanged, ...old]);
  } finally {
    await session.close();
  }
}

function textOf(request: ScanRequest | undefined): string {
  return request === undefined ? '' : readSource(request);
}
