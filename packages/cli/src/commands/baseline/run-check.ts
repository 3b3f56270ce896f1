import { compareBaseline } from '@lockstep/guardrails';
import { scanForLedger, scopeOf } from '../../ledger/ledger-scan.ts';
import { createPalette } from '../../reports/palette.ts';
import { print, tell } from '../../reports/print.ts';
import { quantity } from '../../reports/quantity.ts';
import { readColor } from '../scan/environment.ts';
import type { BaselineFlags } from './flags.ts';
import { baselinePath, fixedCount, fixedLines, freshLines, holesNote, soundBaseline } from './shared.ts';

/** `lockstep baseline check`. */
export async function runCheck(
  targets: readonly string[],
  flags: BaselineFlags & { strict?: boolean },
): Promise<number> {
  const file = baselinePath(flags.file);
  const baseline = soundBaseline(file);
  const scan = await scanForLedger(targets, flags);
  const comparison = compareBaseline(baseline, scan.places, scopeOf(scan));
  const fresh = freshLines(scan, comparison);
  const fixed = fixedCount(comparison);
  const known = scan.findings.length - fresh.length;
  const palette = createPalette(readColor(false, process.env) ?? process.stdout.isTTY);
  const isFaulty = fresh.length > 0 || (flags.strict === true && fixed > 0);
  const verdict = `${quantity(fresh.length, 'new finding')}, ${known} known, ${fixed} fixed`;
  const lines = [
    ...(fresh.length === 0 ? [] : [palette.bold('New'), ...fresh]),
    ...(fixed === 0
      ? []
      : [palette.bold('Fixed, and still allowed (lockstep baseline write --prune)'), ...fixedLines(comparison)]),
    isFaulty ? palette.red(`✖ ${verdict}`) : palette.green(`✓ ${verdict}`),
  ];
  print(`${lines.join('\n')}\n`);
  tell(holesNote(scan));
  return isFaulty ? 1 : 0;
}
