import type { Severity } from '@lockstep/engine';
import type { Palette } from './palette.ts';

/** Gravest first. */
export const SEVERITY_ORDER: readonly Severity[] = [
  'CRITICAL',
  'ERROR',
  'HIGH',
  'WARNING',
  'MEDIUM',
  'LOW',
  'INFO',
  'INVENTORY',
  'EXPERIMENT',
];

/** The mark before a rule id, always four columns wide (semantics 11 §4). */
export function severityMark(severity: Severity): string {
  switch (severity) {
    case 'CRITICAL':
      return '❯❯❯❱';
    case 'ERROR':
    case 'HIGH':
      return ' ❯❯❱';
    case 'WARNING':
    case 'MEDIUM':
      return '  ❯❱';
    default:
      return '   ❱';
  }
}

export function severityPaint(severity: Severity, palette: Palette): (text: string) => string {
  switch (severity) {
    case 'CRITICAL':
      return palette.magenta;
    case 'ERROR':
    case 'HIGH':
      return palette.red;
    case 'WARNING':
    case 'MEDIUM':
      return palette.yellow;
    default:
      return palette.cyan;
  }
}
