import {
  demandOf,
  type Evidence,
  evidenceSummary,
  type Guardrail,
  type HigherStage,
  missingEvidence,
  stageAbove,
} from '@lockstep/guardrails';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { createPalette, type Palette } from '../../reports/palette.ts';
import { precisionText } from '../../reports/precision-text.ts';
import { print } from '../../reports/print.ts';
import { quantity } from '../../reports/quantity.ts';
import { readColor } from '../scan/environment.ts';
import { UsageError } from '../usage-error.ts';
import { whoDecides } from '../who.ts';
import type { PromoteFlags } from './flags.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { assertDirection, movableGuardrail, writeMove } from './movable-guardrail.ts';

/** `lockstep promote`; answers with 1, and changes nothing, where evidence is missing and nobody says why it may be. */
export async function runPromote(id: string, targets: readonly string[], flags: PromoteFlags): Promise<number> {
  const { found, guardrail } = await movableGuardrail(id);
  const to = flags.to ?? stageAbove(guardrail.stage);
  if (to === null) throw new UsageError(`${guardrail.id} is at ${guardrail.stage} already: there is nothing above it`);
  assertDirection(guardrail, to, 'up');
  const because = flags.because?.trim() ?? null;
  if (because === '') throw new UsageError('--because is empty: say why');
  const who = flags.dryrun === true ? '' : await whoDecides(flags.who);
  const evidence = await gatherEvidence(found, guardrail, targets, flags.models ?? []);
  const missing = missingEvidence(guardrail, to, evidence);
  const palette = createPalette(readColor(false, process.env) ?? process.stdout.isTTY);
  const lines = evidenceLines(guardrail, to, evidence, missing, palette);
  print(`${lines.join('\n')}\n`);
  if (flags.dryrun === true) return missing.length > 0 ? 1 : 0;
  if (missing.length > 0 && because === null) {
    print('Nothing was changed. To move it all the same, say why: --because "…"\n');
    return 1;
  }
  const why = because ?? 'The evidence suffices.';
  const gaps = missing.length === 0 ? '' : `; missing: ${missing.join('; ')}`;
  writeMove(found, { from: guardrail.stage, to, who, why, evidence: evidenceSummary(evidence) + gaps });
  print(`${neutralizeLine(found.manifest.path)}: ${guardrail.stage} → ${to}\n`);
  return 0;
}

function evidenceLines(
  guardrail: Guardrail,
  to: HigherStage,
  { tests, findings, precision, exceptions }: Evidence,
  missing: readonly string[],
  palette: Palette,
): string[] {
  const { id, stage, owners } = guardrail;
  const demand = demandOf(guardrail, to);
  const { counts } = precision;
  const facts: [string, string][] = [
    ['tests', `${tests.passed} passed, ${tests.failed} failed`],
    ['findings', `${findings.open} open, ${findings.known} known to the baseline`],
    [
      'verdicts',
      `${counts.true} true, ${counts.false} false, ${counts['wont-fix']} wont-fix (it takes ${demand.triaged})`,
    ],
    ['precision', precisionText(precision, `it takes ${Math.round(demand.precision * 1000) / 10} %`)],
    ['exceptions', `${exceptions.all}, of which ${exceptions.lapsed} do not hold`],
    ['owners', `${neutralizeLine(owners.security)} (security), ${neutralizeLine(owners.engineering)} (engineering)`],
  ];
  return [
    palette.bold(`${id}: ${stage} → ${to}`),
    ...facts.map(([name, value]) => `  ${`${name}:`.padEnd(12)}${value}`),
    ...(missing.length === 0
      ? [palette.green('✓ the evidence suffices')]
      : [palette.red(`✖ ${quantity(missing.length, 'thing')} missing`), ...missing.map((text) => `  ${text}`)]),
  ];
}
