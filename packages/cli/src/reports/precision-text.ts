import type { Precision } from '@lockstep/guardrails';

/** `90 % (60 to 98 % in 95 of 100 cases)`; what few verdicts say, they say vaguely. `note` goes into the parentheses. */
export function precisionText({ precision, interval }: Precision, note = ''): string {
  if (precision === null || interval === null) return note === '' ? 'unknown' : `unknown (${note})`;
  const range = `${percent(interval.low)} to ${percent(interval.high)} % in 95 of 100 cases`;
  return `${percent(precision)} % (${range}${note === '' ? '' : `; ${note}`})`;
}

/** Rounded down: 94.9 % is not 95 %. */
function percent(share: number): number {
  return Math.floor(share * 100 + 1e-9);
}
