import { relative } from 'node:path';
import type { Baseline, Comparison } from '@lockstep/guardrails';
import { readBaselineFile, usualBaseline } from '../../ledger/baseline-file.ts';
import type { LedgerScan } from '../../ledger/ledger-scan.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { quantity } from '../../reports/quantity.ts';
import { UsageError } from '../usage-error.ts';

/** The file of the record, as people spell it from here. */
export function baselinePath(given: string | undefined): string {
  return given ?? relative(process.cwd(), usualBaseline(process.cwd()));
}

/** The record in a file, or an end to the command with everything that is wrong with it. */
export function soundBaseline(file: string): Baseline {
  const reading = readBaselineFile(file, process.cwd());
  if (reading.ok) return reading.baseline;
  throw new UsageError(`${reading.message}\n${reading.remedy}`);
}

/** The findings that the record does not know, a line each. */
export function freshLines({ findings, places }: LedgerScan, { isKnown }: Comparison): string[] {
  return findings.flatMap(({ path, start }, at) => {
    const place = places[at];
    if (isKnown[at] || place === undefined) return [];
    const parts = [`${path}:${start.line}`, place.guardrail, place.symbol].filter((part) => part !== '');
    return [`  ${parts.map(neutralizeLine).join('  ')}`];
  });
}

/** What the record allows and is fixed by now, a line each. */
export function fixedLines({ fixed }: Comparison): string[] {
  return fixed.map(({ path, guardrail, symbol, count }) => {
    const parts = [path, guardrail, symbol, count === 1 ? '' : `× ${count}`].filter((part) => part !== '');
    return `  ${parts.map(neutralizeLine).join('  ')}`;
  });
}

export function fixedCount({ fixed }: Comparison): number {
  return fixed.reduce((sum, { count }) => sum + count, 0);
}

/** `12 findings of 3 guardrails in 5 files`. */
export function sizeText({ findings }: Baseline): string {
  const count = findings.reduce((sum, each) => sum + each.count, 0);
  const guardrails = new Set(findings.map(({ guardrail }) => guardrail)).size;
  const files = new Set(findings.map(({ path }) => path)).size;
  return `${quantity(count, 'finding')} of ${quantity(guardrails, 'guardrail')} in ${quantity(files, 'file')}`;
}

/** A record of what was not looked at would be wrong without looking wrong. */
export function holesNote({ isComplete }: LedgerScan): string {
  return isComplete ? '' : 'incomplete: not everything was looked at; lockstep scan says what was not\n';
}
