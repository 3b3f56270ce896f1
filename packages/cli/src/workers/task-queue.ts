import { compareTexts } from '@lockstep/engine';
import type { FileTask } from './file-task.ts';

/**
 * The files that wait, largest first: the threads then finish at about the same time, as what is left for the end is
 * small. Files that have met trouble come before all others, one by one, so that they take no others down with them.
 */
export class TaskQueue {
  readonly #fresh: readonly FileTask[];
  readonly #again: FileTask[] = [];
  readonly #threads: number;
  #position = 0;
  #freshBytes: number;

  constructor(tasks: readonly FileTask[], threads: number) {
    this.#fresh = [...tasks].sort(
      (a, b) => b.request.bytes - a.request.bytes || compareTexts(a.request.path, b.request.path),
    );
    this.#threads = threads;
    this.#freshBytes = tasks.reduce((sum, task) => sum + task.request.bytes, 0);
  }

  get isEmpty(): boolean {
    return this.#again.length === 0 && this.#position === this.#fresh.length;
  }

  /** Files that have to be scanned again, or could not be because their thread died over another. */
  putBack(tasks: readonly FileTask[]): void {
    this.#again.push(...tasks);
  }

  /** The next files for one thread: a fair part of what is left, so that the last batches are small. */
  takeBatch(): FileTask[] {
    const again = this.#again.shift();
    if (again !== undefined) return [again];
    const share = this.#freshBytes / (this.#threads * SHARES);
    const batch: FileTask[] = [];
    let bytes = 0;
    while (batch.length < MAX_FILES && (batch.length === 0 || bytes <= share)) {
      const task = this.#fresh[this.#position];
      if (task === undefined) break;
      this.#position++;
      batch.push(task);
      bytes += task.request.bytes;
    }
    this.#freshBytes -= bytes;
    return batch;
  }
}

/** Batches a thread would get if all were of this size: more of them wait on messages, fewer leave threads idle. */
const SHARES = 8;
/** What a dying thread may cost others: their place in the queue. */
const MAX_FILES = 64;
