import { type FileReport, followsFiles, type Rule, type ScanIssue } from '@lockstep/engine';
import type { ReportCache } from '../cache/report-cache.ts';
import type { RunCache } from '../cache/run-cache.ts';
import type { FileScanner } from './file-scanner.ts';
import { mergeByPath } from './merge-reports.ts';
import type { KnownOfProject } from './protocol.ts';
import { runWithDeadline } from './run-with-deadline.ts';
import type { PoolOptions, ScanPool } from './scan-pool.ts';
import type { ScanRequest, ScanSetup } from './scan-request.ts';

export interface SessionOptions extends PoolOptions, ScanSetup {}

/**
 * Up to so many bytes are scanned in the main thread. Starting one worker (code, grammars, rules all over again) takes
 * 90 ms of computing, a third of a run with one rule and one small file; with 128 KB a second thread begins to pay.
 */
const SMALL_BYTES = 128_000;

/**
 * The longest that one file may take in the main thread, in milliseconds. It is then left to the pool, which can tell
 * a rule that hangs from a slow file, so the only cost of a short limit is that the file is begun twice.
 */
const PATIENCE = 1000;

/** A parser that was stopped half-way is good for nothing, and all sessions of a thread share it. */
let isThreadSound = true;

/** Scans files with one set of rules: few and small ones in this thread, others in worker threads. */
export class ScanSession {
  readonly #rules: readonly Rule[];
  readonly #options: SessionOptions;
  readonly #cache: RunCache | null;
  #here: Promise<FileScanner> | null = null;
  #pool: Promise<ScanPool> | null = null;
  #known: ReportCache | null = null;

  /** `cache`: what earlier runs know of files need not be found out again; null: nothing is known. */
  constructor(rules: readonly Rule[], options: SessionOptions, cache: RunCache | null = null) {
    this.#rules = rules;
    this.#options = options;
    // Times of what was not done are no times.
    this.#cache = options.timeRules ? null : cache;
  }

  /** What threads are told of the options. */
  get #setup(): ScanSetup {
    const { timeRules, suppressions, depth, interfile, rulePaths } = this.#options;
    return { timeRules, suppressions, depth, interfile, rulePaths };
  }

  /** What is wrong with the rules themselves, known after a scan. */
  async ruleIssues(): Promise<readonly ScanIssue[]> {
    return (await this.#pool)?.ruleIssues ?? (await this.#here)?.ruleIssues ?? this.#known?.ruleIssues ?? [];
  }

  /**
   * Scans files; reports come in no particular order. Whatever a file or a rule does becomes an issue. `onFile` is told
   * of each file that is done. Rules that follow data across files see all of `project`.
   */
  async scan(
    requests: readonly ScanRequest[],
    onFile: (request: ScanRequest) => void,
    project: readonly ScanRequest[] = requests,
  ): Promise<FileReport[]> {
    const reports = await this.scanFiles(requests, onFile);
    if (requests.length === 0 || !this.#rules.some((rule) => followsFiles(rule, this.#options))) return reports;
    const wanted = new Set(['', ...requests.map(({ path }) => path)]);
    const flows = await this.followData(requests, project);
    return mergeByPath([...reports, ...flows.filter(({ path }) => wanted.has(path))]);
  }

  /**
   * Runs the rules that follow data across files, and no others. Reports of all files of `project`; what cannot be
   * followed across files is followed within each of `wanted`.
   */
  async followData(wanted: readonly ScanRequest[], project: readonly ScanRequest[]): Promise<FileReport[]> {
    const bytes = project.reduce((sum, request) => sum + request.bytes, 0);
    if (isThreadSound && bytes <= SMALL_BYTES) {
      const { createFileScanner } = await import('./file-scanner.ts');
      this.#here ??= createFileScanner(this.#rules, this.#options, () => {});
      const scanner = await this.#here;
      const limit = Math.min(PATIENCE, this.#options.timeoutMs || PATIENCE);
      const result = runWithDeadline(() => scanner.scanProject(project, NO_RULES, NOTHING_KNOWN).reports, limit);
      isThreadSound &&= result.inTime;
      if (result.inTime && !result.value.some(({ issues }) => issues.some(isDoubtful))) return result.value;
    }
    const { scanProject } = await import('./project-thread.ts');
    const cache = this.#cache;
    const kept = cache?.summaries(this.#rules, this.#setup);
    const known = kept && {
      ends: cache?.ends.recall(project) ?? new Map(),
      summaries: kept.recall(),
      keepsSummaries: true,
    };
    const { reports, ends, summaries, left } = await scanProject(
      this.#rules,
      this.#setup,
      project,
      known ?? NOTHING_KNOWN,
      this.#options,
    );
    cache?.ends.learn(project, ends);
    kept?.learn(summaries);
    return left.length === 0 ? reports : [...reports, ...(await this.#scanByFile(left, wanted))];
  }

  /** What could not be followed across files is followed within each. */
  async #scanByFile(rules: readonly Rule[], requests: readonly ScanRequest[]): Promise<FileReport[]> {
    const session = new ScanSession(rules, { ...this.#options, depth: 'file', interfile: false });
    try {
      return await session.scan(requests, () => {});
    } finally {
      await session.close();
    }
  }

  /** Runs the rules that do not follow data across files. */
  async scanFiles(requests: readonly ScanRequest[], onFile: (request: ScanRequest) => void): Promise<FileReport[]> {
    const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
    const isSmall = isThreadSound && this.#pool === null && bytes <= SMALL_BYTES;
    const reports = isSmall ? await this.#scanHere(requests, onFile) : [];
    const done = new Set(reports.map(({ path }) => path));
    const left = requests.filter(({ path }) => !done.has(path));
    return isSmall && left.length === 0 ? reports : [...reports, ...(await this.#scanInPool(left, onFile))];
  }

  /** Files that are not known from earlier runs are scanned by the pool. */
  async #scanInPool(requests: readonly ScanRequest[], onFile: (request: ScanRequest) => void): Promise<FileReport[]> {
    this.#known ??= this.#cache?.reports(this.#rules, this.#setup) ?? null;
    const known = this.#known;
    const { reports, left } = known?.recall(requests) ?? { reports: [], left: requests };
    const toDo = new Set(left);
    for (const request of requests) if (!toDo.has(request)) onFile(request);
    if (left.length === 0) return reports;
    this.#pool ??= this.#startPool();
    const pool = await this.#pool;
    const scanned = await pool.scan(left, onFile);
    known?.learn(left, scanned, pool.ruleIssues);
    return [...reports, ...scanned];
  }

  async close(): Promise<void> {
    (await this.#pool)?.close();
  }

  /** The reports of the files that could be scanned here, to the first one that could not. */
  async #scanHere(requests: readonly ScanRequest[], onFile: (request: ScanRequest) => void): Promise<FileReport[]> {
    const { createFileScanner } = await import('./file-scanner.ts');
    this.#here ??= createFileScanner(this.#rules, this.#options, () => {});
    const scanner = await this.#here;
    const reports: FileReport[] = [];
    for (const request of requests) {
      const limit = Math.min(PATIENCE, this.#options.timeoutMs || PATIENCE);
      const result = runWithDeadline(() => scanner.scan(request, NO_RULES), limit);
      isThreadSound &&= result.inTime;
      if (!result.inTime || result.value.issues.some(isDoubtful)) break;
      reports.push(result.value);
      onFile(request);
    }
    return reports;
  }

  async #startPool(): Promise<ScanPool> {
    const { ScanPool } = await import('./scan-pool.ts');
    return new ScanPool(this.#rules, this.#setup, this.#options);
  }
}

const NOTHING_KNOWN: KnownOfProject = { ends: new Map(), summaries: null, keepsSummaries: false };

const NO_RULES: ReadonlySet<number> = new Set();

/** The stack of this thread is a quarter of a worker's: what overflows here may go well there. */
function isDoubtful({ code }: ScanIssue): boolean {
  return code === 'internal-error' || code === 'syntax-error';
}
