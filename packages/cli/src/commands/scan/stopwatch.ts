import type { ScanTiming } from '../../reports/scan-report.ts';

type Phase = Exclude<keyof ScanTiming, 'total' | 'maxMemoryBytes'>;

/** Takes the times of a scan; it starts with the process, so that the total is what a user waits for. */
export class Stopwatch {
  readonly #phases: Record<Phase, number> = { loadRules: 0, findTargets: 0, scan: 0 };

  async measure<T>(phase: Phase, run: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await run();
    } finally {
      this.#phases[phase] += performance.now() - started;
    }
  }

  /** So far. */
  timing(): ScanTiming {
    const kilobytes = process.resourceUsage().maxRSS;
    return { ...this.#phases, total: performance.now(), maxMemoryBytes: kilobytes * 1024 };
  }

  startedAt(): string {
    return timestamp(new Date(performance.timeOrigin));
  }

  now(): string {
    return timestamp(new Date());
  }
}

/** UTC, to the second. */
function timestamp(date: Date): string {
  return date.toISOString().slice(0, 19);
}
