import { type Baseline, compareBaseline, withKnown } from '@lockstep/guardrails';
import { activeFindings, type ScanReport } from '../reports/scan-report.ts';
import type { Placer } from './places.ts';

/** Marks the findings that a baseline knows as suppressed; they are not lost. */
export function withKnownFindings(report: ScanReport, baseline: Baseline, placer: Placer): ScanReport {
  const active = activeFindings(report);
  const scope = { isGone: placer.isGone, wasLookedAt: () => false };
  const { isKnown } = compareBaseline(baseline, active.map(placer.placeOf), scope);
  const known = new Set(active.filter((_, at) => isKnown[at]));
  const findings = report.findings.map((finding) =>
    known.has(finding) ? { ...finding, ignored: true, metadata: withKnown(finding.metadata) } : finding,
  );
  return { ...report, findings };
}
