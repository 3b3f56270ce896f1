import { Worker } from 'node:worker_threads';
import { type FileReport, followsFiles, type IssueCode, type Rule } from '@lockstep/engine';
import { SCAN_WORKER } from '../installation.ts';
import { mergeReports } from './merge-reports.ts';
import {
  type FromWorker,
  type KnownOfProject,
  Progress,
  type ProjectAnswer,
  type ToWorker,
  type WorkerData,
} from './protocol.ts';
import type { PoolOptions } from './scan-pool.ts';
import type { ScanRequest, ScanSetup } from './scan-request.ts';

/** All files of a project are held at once: 25 MB of Python take 1.3 GB. */
const HEAP_MB = 2000;

/** Most of what an analysis makes is soon done with; with V8's own 48 MB a third of the time went into collecting it. */
const YOUNG_HEAP_MB = 256;

/** A rule may take this many times longer on all files together than on one. */
const PATIENCE = 24;

const WATCH_INTERVAL = 200;

/** Why a thread ended without an answer. */
type Failure = { code: IssueCode; message: string; rule: number };

export interface ProjectReports extends ProjectAnswer {
  /** Rules that could not be run on all files together; why is an issue of a report without a path. */
  left: readonly Rule[];
}

/**
 * Follows data across files, in a thread of its own. A rule that takes too long is left out and named, and the others
 * are run again without it; if the thread dies, all are left.
 */
export async function scanProject(
  rules: readonly Rule[],
  setup: ScanSetup,
  requests: readonly ScanRequest[],
  before: KnownOfProject,
  options: PoolOptions,
): Promise<ProjectReports> {
  let known = before;
  const excluded: number[] = [];
  const failures: FileReport[] = [];
  for (;;) {
    const result = await attempt(rules, setup, { kind: 'project', requests, excluded, known }, options);
    if ('reports' in result) {
      const left = rules.filter((_rule, index) => excluded.includes(index));
      return { ...result, reports: [...result.reports, ...failures], left };
    }
    if (known.summaries !== null && result.code === 'internal-error') {
      // What somebody else has written into the cache is no reason not to look.
      known = { ...known, summaries: null };
      continue;
    }
    failures.push(failureReport(result, rules));
    if (result.rule < 0 || excluded.includes(result.rule)) {
      return {
        reports: failures,
        ends: new Map(),
        summaries: null,
        left: rules.filter((rule) => followsFiles(rule, setup)),
      };
    }
    excluded.push(result.rule);
  }
}

function attempt(
  rules: readonly Rule[],
  setup: ScanSetup,
  task: Extract<ToWorker, { kind: 'project' }>,
  { timeoutMs, maxMemoryMb }: PoolOptions,
): Promise<ProjectAnswer | Failure> {
  const memory = new SharedArrayBuffer(Progress.bytes);
  const progress = new Progress(memory);
  const worker = new Worker(SCAN_WORKER, {
    workerData: { progress: memory } satisfies WorkerData,
    resourceLimits: {
      maxOldGenerationSizeMb: Math.max(maxMemoryMb, HEAP_MB),
      maxYoungGenerationSizeMb: YOUNG_HEAP_MB,
    },
  });
  return new Promise((resolve) => {
    let last = -1;
    let still = 0;
    const watch = setInterval(() => {
      const { place, count } = progress.read();
      still = count === last ? still + WATCH_INTERVAL : 0;
      last = count;
      if (timeoutMs === 0 || still <= timeoutMs * PATIENCE) return;
      const limit = (timeoutMs * PATIENCE) / 1000;
      const message = `following data across files took more than ${limit} s; it was followed only within each file`;
      end({ code: 'timeout', message, rule: place });
    }, WATCH_INTERVAL);
    const end = (result: ProjectAnswer | Failure): void => {
      clearInterval(watch);
      worker.removeAllListeners();
      // What it may still say in dying is of no interest, and an error that nobody listens to would end the process.
      worker.on('error', () => {});
      void worker.terminate();
      resolve(result);
    };
    worker.on('error', (error) => end(crash(error)));
    worker.on('exit', (code) => end(crash(new Error(`the thread ended with code ${code}`))));
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'project') end(message.report);
    });
    worker.postMessage({ kind: 'setup', rules, setup } satisfies ToWorker);
    worker.postMessage(task);
  });
}

function crash(error: Error): Failure {
  const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
  const reason = isMemory ? 'the files together take too much memory' : error.message;
  const code = isMemory ? 'out-of-memory' : 'internal-error';
  return { code, message: `data was not followed across files, only within each: ${reason}`, rule: -1 };
}

/** Of no file in particular. */
function failureReport({ code, message, rule }: Failure, rules: readonly Rule[]): FileReport {
  const remedy = code === 'out-of-memory' ? 'Scan a part of the project.' : 'Raise --timeout.';
  const ruleId = rules[rule]?.id ?? null;
  return mergeReports('', [], [{ code, level: 'warn', message, remedy, path: null, ruleId, spans: [] }]);
}
