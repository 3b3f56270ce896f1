import { countSeverities } from './by-severity.ts';
import { completenessOf } from './completeness.ts';
import { quantity } from './quantity.ts';
import { activeFindings, exceptedFindings, knownFindings, type ScanReport } from './scan-report.ts';
import { isFatal } from './setup-problem.ts';

/** `Lockstep: 2 findings`, for the top of a page. */
export function headline(report: ScanReport): string {
  if (report.problems.some(isFatal)) return 'Lockstep: nothing was scanned';
  const { length } = activeFindings(report);
  return length === 0 ? 'Lockstep: no findings' : `Lockstep: ${quantity(length, 'finding')}`;
}

/** How many findings of which severity, in how much code, and whether that was all; one line. */
export function scopeLine(report: ScanReport): string {
  const active = activeFindings(report);
  const suppressed = report.findings.length - active.length;
  const excepted = exceptedFindings(report).length;
  const known = knownFindings(report).length;
  const commented = suppressed - excepted - known;
  const counts = countSeverities(active).map(({ text }) => text);
  const { complete } = completenessOf(report);
  return [
    ...(counts.length === 0 ? [] : [`${counts.join(', ')}.`]),
    ...(commented === 0 ? [] : [`${quantity(commented, 'more finding')} suppressed by comments in the code.`]),
    ...(excepted === 0 ? [] : [`${quantity(excepted, 'more finding')} allowed by exceptions of guardrails.`]),
    ...(known === 0 ? [] : [`${quantity(known, 'more finding')} known to the baseline.`]),
    `${quantity(report.targets.length, 'file')} scanned with ${quantity(report.rules.length, 'rule')}.`,
    complete ? 'Complete: nothing was left out.' : 'Incomplete: not everything was looked at.',
  ].join(' ');
}
