import type { Precision } from '@lockstep/guardrails';

/** `90 % (60 to 98 % in 95 of 100 cases)`; what few verdicts say, they say vaguely. */
export function precisionText({ precision, interval }: Precision): string {
  if (precision === null || interval === null) return 'unknown';
  return `${percent(precision)} % (${percent(interval.low)} to ${percent(interval.high)} % in 95 of 100 cases)`;
}

/** Rounded down: 94.9 % is not 95 %. */
function percent(share: number): number {
  return Math.floor(share * 100 + 1e-9);
}
