import type { Finding, Severity } from '@lockstep/engine';
import { SEVERITY_ORDER } from './severity-style.ts';

/** Gravest first, for places that have no room for all; equals keep their order. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity));
}

/** `2 error`, `1 info`: how many there are of each severity, gravest first. */
export function countSeverities(findings: readonly Finding[]): { severity: Severity; text: string }[] {
  return SEVERITY_ORDER.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [{ severity, text: `${count} ${severity.toLowerCase()}` }];
  });
}
