import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Comparison, compareBaseline, EMPTY_BASELINE, nextBaseline } from '@lockstep/guardrails';
import { writeBaselineFile } from '../../ledger/baseline-file.ts';
import { scanForLedger, scopeOf } from '../../ledger/ledger-scan.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { print, tell } from '../../reports/print.ts';
import { quantity } from '../../reports/quantity.ts';
import { today } from '../guardrail/today.ts';
import { UsageError } from '../usage-error.ts';
import { whoDecides } from '../who.ts';
import type { WriteFlags } from './flags.ts';
import { baselinePath, fixedCount, fixedLines, freshLines, holesNote, sizeText, soundBaseline } from './shared.ts';

/** `lockstep baseline write`; answers with 1, and writes nothing, where the record would grow unasked. */
export async function runWrite(targets: readonly string[], flags: WriteFlags): Promise<number> {
  const file = baselinePath(flags.file);
  const growth = await readGrowth(flags);
  const isFirst = !existsSync(resolve(file));
  const baseline = isFirst ? EMPTY_BASELINE : soundBaseline(file);
  const scan = await scanForLedger(targets, flags);
  tell(holesNote(scan));
  const comparison = compareBaseline(baseline, scan.places, scopeOf(scan));
  const fresh = freshLines(scan, comparison);
  if (!isFirst && fresh.length > 0 && growth === null) {
    print(refusal(file, fresh));
    return 1;
  }
  const next = nextBaseline(baseline, scan.places, comparison, {
    prune: flags.prune ?? false,
    growth: isFirst || fresh.length === 0 ? null : growth,
  });
  writeBaselineFile(file, next, process.cwd());
  print(`wrote ${neutralizeLine(file)}: ${sizeText(next)}\n${leftovers(comparison, flags)}`);
  return 0;
}

async function readGrowth({ allowGrowth, reason, who }: WriteFlags) {
  if (allowGrowth !== true) {
    if (reason !== undefined) throw new UsageError('--reason is for --allow-growth, which is missing');
    return null;
  }
  const why = (reason ?? '').trim();
  if (why === '') throw new UsageError('--allow-growth needs --reason: why these findings are allowed');
  return { date: today(), who: await whoDecides(who), reason: why };
}

function refusal(file: string, fresh: readonly string[]): string {
  return `${quantity(fresh.length, 'finding')} that ${neutralizeLine(file)} does not know:
${fresh.join('\n')}
Nothing was written. Fix them, or say why they are allowed: --allow-growth --reason "…"
`;
}

function leftovers(comparison: Comparison, { prune = false }: WriteFlags): string {
  const count = fixedCount(comparison);
  if (count === 0) return '';
  const lines = fixedLines(comparison).join('\n');
  if (prune) return `${quantity(count, 'fixed finding')} dropped:\n${lines}\n`;
  return `${quantity(count, 'finding')} fixed and still allowed; --prune drops them:\n${lines}\n`;
}
