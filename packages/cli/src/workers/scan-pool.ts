import type { FileReport, Rule, ScanIssue } from '@lockstep/engine';
import { AHEAD, FileTask } from './file-task.ts';
import type { FromWorker } from './protocol.ts';
import type { ScanRequest, ScanSetup } from './scan-request.ts';
import { ScanThread } from './scan-thread.ts';
import { TaskQueue } from './task-queue.ts';
import { ThreadStartError } from './thread-start-error.ts';

export interface PoolOptions {
  /** How many threads at most. */
  threads: number;
  /** Milliseconds that one rule may take on one file; 0: any time. */
  timeoutMs: number;
  /** So many rules may run out of time on one file before it is given up; 0: any number. */
  timeoutThreshold: number;
  /** Megabytes of memory for each thread; 0: what Node gives it. */
  maxMemoryMb: number;
}

/** The main thread looks at what the others are doing so often (milliseconds): a hang costs that much more. */
const WATCH_INTERVAL = 100;

/**
 * Scans files in worker threads. A pool of our own, because the one thing that matters is what general pools do not
 * do: a thread that hangs on one rule and one file is told from one that works its way through many, is killed, and
 * what it had left goes to others.
 */
export class ScanPool {
  readonly #options: PoolOptions;
  readonly #rules: readonly Rule[];
  readonly #setup: ScanSetup;
  readonly #threads = new Set<ScanThread>();
  #ruleIssues: readonly ScanIssue[] = [];
  #run: Run | null = null;

  constructor(rules: readonly Rule[], setup: ScanSetup, options: PoolOptions) {
    this.#rules = rules;
    this.#setup = setup;
    this.#options = options;
  }

  /** What is wrong with the rules themselves, known after a scan. */
  get ruleIssues(): readonly ScanIssue[] {
    return this.#ruleIssues;
  }

  /**
   * Scans files; reports come in no particular order. Whatever a file or rule does becomes an issue; rejects with a
   * `ThreadStartError` only if no thread can be started. `onFile` is told of each file that is done.
   */
  scan(requests: readonly ScanRequest[], onFile: (request: ScanRequest) => void): Promise<FileReport[]> {
    const { timeoutMs, timeoutThreshold, threads } = this.#options;
    const limits = {
      timeoutMs,
      timeoutThreshold,
      ruleCount: this.#rules.length,
      ruleId: (index: number) => this.#rules[index]?.id ?? '',
    };
    const tasks = requests.map((request) => new FileTask(request, limits));
    return new Promise((resolve, reject) => {
      const watch = setInterval(() => this.#watch(), WATCH_INTERVAL);
      const reports: FileReport[] = [];
      const end = (settle: () => void) => {
        clearInterval(watch);
        this.#run = null;
        settle();
      };
      this.#run = {
        queue: new TaskQueue(tasks, threads),
        finish: (task) => {
          reports.push(task.report());
          onFile(task.request);
        },
        endIfDone: () => {
          if (reports.length === tasks.length) end(() => resolve(reports));
        },
        fail: (error) => end(() => reject(error)),
      };
      // Even without files a thread is needed: it tells what is wrong with the rules.
      const wanted = Math.max(1, threadsFor(requests, threads));
      while (this.#threads.size < wanted) this.#addThread();
      this.#feedAll();
    });
  }

  close(): void {
    for (const thread of this.#threads) thread.stop();
    this.#threads.clear();
  }

  #addThread(): void {
    const thread = new ScanThread(this.#options.maxMemoryMb, {
      onMessage: (from, message) => this.#receive(from, message),
      onDeath: (dead, error) => this.#bury(dead, error),
    });
    this.#threads.add(thread);
    thread.setUp(this.#rules, this.#setup);
  }

  #receive(thread: ScanThread, message: FromWorker): void {
    if (message.kind === 'ready') {
      thread.isReady = true;
      this.#ruleIssues = message.ruleIssues;
    } else if (message.kind === 'scanned') {
      const task = thread.finishOne()?.task;
      task?.succeeded(message.report);
      this.#advance(task);
    }
    this.#feedAll();
  }

  /** Sends a file on its way: it is done, or has to be scanned again. */
  #advance(task: FileTask | undefined): void {
    if (task === undefined) return;
    if (task.next() === null) this.#run?.finish(task);
    else this.#run?.queue.putBack([task]);
  }

  #feedAll(): void {
    for (const thread of this.#threads) {
      if (this.#run === null || !thread.isIdle) continue;
      const attempts = this.#run.queue.takeBatch().map((task) => task.next());
      if (attempts.length > 0) thread.run(attempts.filter((attempt) => attempt !== null));
      else this.#run.endIfDone();
    }
  }

  #watch(): void {
    const { timeoutMs } = this.#options;
    for (const thread of this.#threads) {
      const place = timeoutMs > 0 ? thread.stuckAt(WATCH_INTERVAL, timeoutMs) : null;
      if (place !== null) this.#replace(thread, (task) => task.timedOut(place));
    }
  }

  #bury(thread: ScanThread, error: Error): void {
    if (!thread.isReady && thread.place !== AHEAD) {
      this.#threads.delete(thread);
      if (this.#threads.size === 0) this.#run?.fail(new ThreadStartError(error.message));
      return;
    }
    const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
    const reason = isMemory ? 'it took too much memory' : error.message;
    this.#replace(thread, (task) => task.crashed(isMemory ? 'out-of-memory' : 'internal-error', thread.place, reason));
  }

  /** Ends a thread and starts another; `blame` tells the file it was at, the others it had go to whoever comes first. */
  #replace(thread: ScanThread, blame: (task: FileTask) => void): void {
    const [culprit, ...left] = thread.unfinished.map(({ task }) => task);
    thread.stop();
    this.#threads.delete(thread);
    this.#addThread();
    this.#run?.queue.putBack(left);
    if (culprit !== undefined) blame(culprit);
    this.#advance(culprit);
    this.#feedAll();
  }
}

/** One call of `scan`. */
interface Run {
  queue: TaskQueue;
  finish(task: FileTask): void;
  endIfDone(): void;
  fail(error: Error): void;
}

/** A thread costs about 80 ms of computing to start, so each should have more than that to do. */
const BYTES_PER_THREAD = 100_000;

function threadsFor(requests: readonly ScanRequest[], most: number): number {
  const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
  return Math.min(most, requests.length, Math.ceil(bytes / BYTES_PER_THREAD));
}
