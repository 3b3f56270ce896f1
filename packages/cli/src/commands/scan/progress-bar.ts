import type { ScanObserver } from './run-scan.ts';

/** What a progress bar is drawn on: standard error, if it is a terminal. */
export interface BarStream {
  write(text: string): unknown;
  columns?: number;
}

const WIDTH = 30;
/** Milliseconds between two drawings; a scan that is over sooner shows no bar at all. */
const INTERVAL = 150;
const ERASE_LINE = '\r\u001b[K';

/** A bar on a terminal; `now` gives milliseconds. */
export function createProgressBar(stream: BarStream, now: () => number): ScanObserver {
  let total = 0;
  let done = 0;
  let drawnAt = 0;
  let isDrawn = false;
  return {
    start(files) {
      total = files;
      done = 0;
      drawnAt = now();
    },
    fileDone() {
      done++;
      if (now() - drawnAt < INTERVAL) return;
      drawnAt = now();
      isDrawn = true;
      stream.write(ERASE_LINE + bar(done, total).slice(0, (stream.columns ?? 80) - 1));
    },
    end() {
      if (isDrawn) stream.write(ERASE_LINE);
      isDrawn = false;
    },
  };
}

/** For streams that are no terminals. */
export const NO_PROGRESS: ScanObserver = { start() {}, fileDone() {}, end() {} };

function bar(done: number, total: number): string {
  const filled = Math.round((done / Math.max(1, total)) * WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${done} of ${total} files`;
}
