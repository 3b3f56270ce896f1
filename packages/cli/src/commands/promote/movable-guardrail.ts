import { writeFileSync } from 'node:fs';
import { messageOf } from '@lockstep/engine';
import { type Guardrail, STAGES, type Stage, type StageMove } from '@lockstep/guardrails';
import { type FoundGuardrail, findGuardrail, soundGuardrail } from '../../guardrails/find-guardrails.ts';
import { withMove } from '../../guardrails/move-stage.ts';
import { today } from '../guardrail/today.ts';
import { UsageError } from '../usage-error.ts';

/** A guardrail of the repository, by its id or folder: those that come with Lockstep stay as they are. */
export async function movableGuardrail(id: string): Promise<{ found: FoundGuardrail; guardrail: Guardrail }> {
  const found = await findGuardrail(id, process.cwd());
  if (found.folder.startsWith('lockstep:')) {
    throw new UsageError(`${found.name} comes with Lockstep: copy its folder into guardrails/ to decide about it`);
  }
  return { found, guardrail: soundGuardrail(found) };
}

/** Which way a stage lies from where a guardrail stands. Throws `UsageError` for where it is already, or beyond. */
export function assertDirection({ id, stage }: Guardrail, to: Stage, direction: 'up' | 'down'): void {
  if (to === stage) throw new UsageError(`${id} is at ${stage} already`);
  const isUp = STAGES.indexOf(to) > STAGES.indexOf(stage);
  if (isUp === (direction === 'up')) return;
  const other = direction === 'up' ? 'demote' : 'promote';
  throw new UsageError(`${id} is at ${stage}: lockstep ${other} leads to ${to}`);
}

/** Writes a move into the file of a guardrail. */
export function writeMove({ manifest }: FoundGuardrail, move: Omit<StageMove, 'date'>): void {
  try {
    writeFileSync(manifest.absolutePath, withMove(manifest.text, { date: today(), ...move }));
  } catch (error) {
    throw new UsageError(`${manifest.path} cannot be written: ${messageOf(error)}`);
  }
}
