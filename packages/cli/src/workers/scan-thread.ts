import { Worker } from 'node:worker_threads';
import type { Rule } from '@lockstep/engine';
import { SCAN_WORKER } from '../installation.ts';
import { AHEAD, type Attempt } from './file-task.ts';
import type { FileAhead } from './parse-ahead.ts';
import { type FromWorker, Progress, type ScanJob, type ToWorker, type WorkerData } from './protocol.ts';
import type { ScanSetup } from './scan-request.ts';

export interface ScanThreadEvents {
  onMessage(thread: ScanThread, message: FromWorker): void;
  /** The thread is gone; it sends nothing after that. */
  onDeath(thread: ScanThread, error: Error): void;
}

/**
 * A thread's heap unless `--max-memory` says otherwise. Left to itself, Node lets two threads grow to 860 MB on 25 MB of
 * Python before it collects; with this it is 460 MB in the same time. A file of 5 MB
 * still fits, one of 9 MB does not: it is reported as out of memory.
 */
const DEFAULT_HEAP_MB = 400;

interface StartedWorker {
  worker: Worker;
  progress: Progress;
}

function startWorker(maxMemoryMb: number): StartedWorker {
  const progress = new SharedArrayBuffer(Progress.bytes);
  const worker = new Worker(SCAN_WORKER, {
    workerData: { progress } satisfies WorkerData,
    resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb > 0 ? maxMemoryMb : DEFAULT_HEAP_MB },
  });
  return { worker, progress: new Progress(progress) };
}

let spare: (StartedWorker & { maxMemoryMb: number }) | null = null;

/**
 * Starts a thread before there are rules for it: while this one reads them, it loads its code, which takes 150 ms, and
 * parses files that will be scanned. The next `ScanThread` with as much memory takes it.
 */
export function startSpareThread(maxMemoryMb: number, files: readonly FileAhead[]): void {
  if (spare !== null) return;
  const started = { ...startWorker(maxMemoryMb), maxMemoryMb };
  // One that dies without having been of use is replaced when a thread is needed.
  const forget = () => {
    if (spare === started) spare = null;
  };
  started.worker.on('error', forget).on('exit', forget);
  started.worker.postMessage({ kind: 'ahead', files } satisfies ToWorker);
  spare = started;
}

function takeSpare(maxMemoryMb: number): StartedWorker | null {
  const taken = spare?.maxMemoryMb === maxMemoryMb ? spare : null;
  if (taken !== null) spare = null;
  return taken;
}

/** A worker thread, what it was given to do, and how long it has been at one thing. */
export class ScanThread {
  readonly #worker: Worker;
  readonly #progress: Progress;
  #batch: readonly Attempt[] = [];
  #finished = 0;
  #lastCount = -1;
  /** Milliseconds since the counter was seen to change. */
  #still = 0;
  isReady = false;

  constructor(maxMemoryMb: number, events: ScanThreadEvents) {
    const { worker, progress } = takeSpare(maxMemoryMb) ?? startWorker(maxMemoryMb);
    this.#progress = progress;
    this.#worker = worker;
    worker.removeAllListeners();
    this.#worker.on('message', (message: FromWorker) => events.onMessage(this, message));
    this.#worker.on('error', (error) => this.#died(error, events));
    this.#worker.on('exit', (code) => this.#died(new Error(`the thread ended with code ${code}`), events));
  }

  get isIdle(): boolean {
    return this.isReady && this.unfinished.length === 0;
  }

  /** The attempts that it has not answered, the one it is at first. */
  get unfinished(): readonly Attempt[] {
    return this.#batch.slice(this.#finished);
  }

  setUp(rules: readonly Rule[], setup: ScanSetup): void {
    this.#worker.postMessage({ kind: 'setup', rules, setup } satisfies ToWorker);
  }

  run(batch: readonly Attempt[]): void {
    this.#batch = batch;
    this.#finished = 0;
    this.#lastCount = -1;
    const jobs = batch.map(({ task, excluded }): ScanJob => ({ request: task.request, excluded: [...excluded] }));
    this.#worker.postMessage({ kind: 'batch', jobs } satisfies ToWorker);
  }

  /** Takes the attempt that a `scanned` message answers. */
  finishOne(): Attempt | undefined {
    return this.#batch[this.#finished++];
  }

  /**
   * The place in a file (see `Progress`) that it has not moved from for longer than `limitMs`; null if it has moved. To
   * be called regularly, with the time since the last call: time in which nobody looked does not count against it.
   */
  stuckAt(elapsedMs: number, limitMs: number): number | null {
    const { job, place, count } = this.#progress.read();
    const hasMoved = count !== this.#lastCount;
    this.#lastCount = count;
    this.#still = hasMoved ? 0 : this.#still + elapsedMs;
    if (!this.isReady && place === AHEAD) return this.#still > limitMs ? AHEAD : null;
    if (this.unfinished.length === 0) return null;
    // A job other than the first unfinished one: an answer is on its way.
    return job === this.#finished && this.#still > limitMs ? place : null;
  }

  /** Where it was when it died. */
  get place(): number {
    return this.#progress.read().place;
  }

  stop(): void {
    this.#worker.removeAllListeners();
    // What it may still say in dying is of no interest, and an error that nobody listens to would end the process.
    this.#worker.on('error', () => {});
    void this.#worker.terminate();
  }

  #died(error: Error, events: ScanThreadEvents): void {
    this.stop();
    events.onDeath(this, error);
  }
}
