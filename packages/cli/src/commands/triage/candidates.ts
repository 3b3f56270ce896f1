import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { messageOf } from '@lockstep/engine';
import { type FindingPlace, numberPlaces } from '@lockstep/guardrails';
import { scanForLedger } from '../../ledger/ledger-scan.ts';
import { keeperOf, relativePath, repositoryRoot } from '../../ledger/places.ts';
import { UsageError } from '../usage-error.ts';
import type { TriageFlags } from './flags.ts';

/** A finding that may be given a verdict. */
export interface Candidate {
  place: FindingPlace;
  /** As people spell it from here. */
  path: string;
  line: number;
  message: string;
  /** The source lines. */
  code: string;
}

/** The findings of a scan or a report. */
export async function findCandidates(targets: readonly string[], flags: TriageFlags): Promise<Candidate[]> {
  return flags.report === undefined ? fromScan(targets, flags) : fromReport(flags.report);
}

async function fromScan(targets: readonly string[], flags: TriageFlags): Promise<Candidate[]> {
  const { report, placer } = await scanForLedger(targets, flags);
  // Suppressed ones count too, so that suppressing one does not renumber the others.
  const places = numberPlaces(report.findings.map(placer.placeOf));
  return report.findings.flatMap(({ ignored, path, start, message, lines }, at): Candidate[] => {
    const place = places[at];
    return ignored || place === undefined ? [] : [{ place, path, line: start.line, message, code: lines }];
  });
}

function fromReport(file: string): Candidate[] {
  const root = repositoryRoot(process.cwd());
  return resultsIn(file).map((result) => {
    const { check_id: id, path, start, extra } = result;
    if (extra.lockstep === undefined) {
      throw new UsageError(`${file} does not tell the identities of its findings: it was not written by this version`);
    }
    const guardrail = keeperOf({ id, metadata: extra.metadata ?? {} });
    const place = { guardrail, path: relativePath(root, absolutePath(path)), ...extra.lockstep };
    return { place, path, line: start.line, message: extra.message, code: extra.lines ?? '' };
  });
}

/** Free of symbolic links, as scans have it; a file that is gone keeps its name. */
function absolutePath(path: string): string {
  const file = resolve(path);
  return existsSync(file)
    ? realpathSync(file)
    : join(realpathSync(existing(dirname(file))), file.slice(existing(dirname(file)).length));
}

function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(dirname(folder));
}

interface Result {
  check_id: string;
  path: string;
  start: { line: number };
  extra: {
    message: string;
    lines?: string;
    metadata?: Parameters<typeof keeperOf>[0]['metadata'];
    lockstep?: { finding: string; symbol: string };
  };
}

function resultsIn(file: string): Result[] {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} is no JSON report: ${messageOf(error)}`);
  }
  const results = (report as { results?: unknown } | null)?.results;
  if (!Array.isArray(results) || !results.every(isResult)) {
    throw new UsageError(`${file} is no report of lockstep scan --json: its results are missing or of another form`);
  }
  return results;
}

function isResult(value: unknown): value is Result {
  const { check_id, path, start, extra } = (value ?? {}) as Partial<Result>;
  return (
    typeof check_id === 'string' &&
    typeof path === 'string' &&
    typeof start?.line === 'number' &&
    typeof extra?.message === 'string' &&
    (extra.lockstep === undefined ||
      (typeof extra.lockstep.finding === 'string' && typeof extra.lockstep.symbol === 'string'))
  );
}
