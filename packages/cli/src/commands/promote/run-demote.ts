import { stageBelow } from '@lockstep/guardrails';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { print } from '../../reports/print.ts';
import { UsageError } from '../usage-error.ts';
import { whoDecides } from '../who.ts';
import type { DemoteFlags } from './flags.ts';
import { assertDirection, movableGuardrail, writeMove } from './movable-guardrail.ts';

/** `lockstep demote`. */
export async function runDemote(id: string, flags: DemoteFlags): Promise<number> {
  const { found, guardrail } = await movableGuardrail(id);
  const to = flags.to ?? stageBelow(guardrail.stage);
  if (to === null) throw new UsageError(`${guardrail.id} is at ${guardrail.stage} already: there is nothing below it`);
  assertDirection(guardrail, to, 'down');
  const why = flags.because.trim();
  if (why === '') throw new UsageError('--because is empty: say why');
  writeMove(found, { from: guardrail.stage, to, who: await whoDecides(flags.who), why, evidence: null });
  print(`${neutralizeLine(found.manifest.path)}: ${guardrail.stage} → ${to}\n`);
  return 0;
}
