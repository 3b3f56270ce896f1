import type { FileReport, KnownEnds, ProjectReport, Rule, ScanIssue } from '@lockstep/engine';
import type { FileAhead } from './parse-ahead.ts';
import type { ScanRequest, ScanSetup } from './scan-request.ts';

/** What the main thread and a scan worker tell each other. */
export type ToWorker =
  /** To be parsed while the rules are being read; comes first, if at all. */
  | { kind: 'ahead'; files: readonly FileAhead[] }
  | { kind: 'setup'; rules: readonly Rule[]; setup: ScanSetup }
  | { kind: 'batch'; jobs: readonly ScanJob[] }
  /** `excluded` are indexes of rules. */
  | { kind: 'project'; requests: readonly ScanRequest[]; excluded: readonly number[]; known: KnownOfProject };

/** What is known of a project already. */
export interface KnownOfProject {
  /** Where flows begin and end in files as they are now, by path. */
  ends: ReadonlyMap<string, KnownEnds>;
  /** The engine's `KnownSummaries` as text: only the thread that follows data reads it. Null: none. */
  summaries: string | null;
  /** Whether summaries are wanted for later runs. */
  keepsSummaries: boolean;
}

/** What following data across files has come to. */
export interface ProjectAnswer extends Omit<ProjectReport, 'summaries'> {
  /** As in `KnownOfProject`; null where they are not wanted, or too many. */
  summaries: string | null;
}

/** `excluded` are indexes of rules. */
export interface ScanJob {
  request: ScanRequest;
  excluded: readonly number[];
}

export type FromWorker =
  /** The rules are compiled. */
  | { kind: 'ready'; ruleIssues: readonly ScanIssue[] }
  /** A file of the batch, in the order of its jobs. */
  | { kind: 'scanned'; report: FileReport }
  | { kind: 'project'; report: ProjectAnswer };

export interface WorkerData {
  progress: SharedArrayBuffer;
}

/**
 * Shared memory in which a worker leaves word of what it is doing, as a thread that hangs answers no message. Three
 * 32-bit integers: the job within the batch, the place in it (what `ScannerOptions.onProgress` was told, `READING` or `AHEAD`),
 * and a counter that changes with each of them.
 */
export class Progress {
  static readonly bytes = 12;
  readonly #cells: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.#cells = new Int32Array(memory);
  }

  write(job: number, place: number): void {
    Atomics.store(this.#cells, 0, job);
    Atomics.store(this.#cells, 1, place);
    Atomics.add(this.#cells, 2, 1);
  }

  read(): { job: number; place: number; count: number } {
    return {
      job: Atomics.load(this.#cells, 0),
      place: Atomics.load(this.#cells, 1),
      count: Atomics.load(this.#cells, 2),
    };
  }
}
