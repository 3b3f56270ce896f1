import { availableParallelism } from 'node:os';
import type { Guardrail, InventoryState } from '@lockstep/guardrails';
import { findGuardrail, soundGuardrail } from '../../guardrails/find-guardrails.ts';
import { type Inventory, takeInventory } from '../../guardrails/take-inventory.ts';
import { neutralize, neutralizeLine } from '../../reports/neutralize.ts';
import { createPalette } from '../../reports/palette.ts';
import { print, tell } from '../../reports/print.ts';
import { readColor } from '../scan/environment.ts';
import { UsageError } from '../usage-error.ts';
import { formatInventoryCsv, formatInventoryJson, formatInventoryText } from './format-inventory.ts';
import { today } from './today.ts';

export interface InventoryOptions {
  format: 'text' | 'json' | 'csv';
  failOnGaps: boolean;
}

/** `lockstep guardrail inventory`. */
export async function runInventory(id: string, paths: readonly string[], options: InventoryOptions): Promise<number> {
  const cwd = process.cwd();
  const found = await findGuardrail(id, cwd);
  const guardrail = soundGuardrail(found);
  if (guardrail.require.length === 0) {
    throw new UsageError(`${found.folder} requires nothing: an inventory needs the short form require`);
  }
  const pool = { threads: availableParallelism(), timeoutMs: 5000, timeoutThreshold: 3, maxMemoryMb: 0 };
  const inventory = await takeInventory(guardrail, found.manifest.path, paths, { cwd, today: today(), pool });
  const [fatal] = inventory.problems.filter(({ level }) => level === 'fatal');
  if (fatal !== undefined) throw new UsageError(`${fatal.message}\n${fatal.remedy}`);
  print(format(guardrail, inventory, options.format));
  tell(holes(inventory));
  return options.failOnGaps && hasGaps(inventory) ? 1 : 0;
}

function format(guardrail: Guardrail, inventory: Inventory, kind: InventoryOptions['format']): string {
  if (kind === 'json') return formatInventoryJson(guardrail, inventory);
  if (kind === 'csv') return formatInventoryCsv(inventory);
  return formatInventoryText(
    guardrail,
    inventory,
    createPalette(readColor(false, process.env) ?? process.stdout.isTTY),
  );
}

const GAPS: readonly InventoryState[] = ['missing', 'misplaced'];

function hasGaps({ entries }: Inventory): boolean {
  return entries.some(({ items }) => items.some(({ state }) => GAPS.includes(state)));
}

/** What the inventory may lack: code that could not be read is code that nobody vouches for. */
function holes({ problems, issues }: Inventory): string {
  const lines = [
    ...problems.map(({ message }) => message),
    ...issues
      .filter(({ level }) => level !== 'info')
      .map(({ path, message }) => `${path === null ? '' : `${neutralizeLine(path)}: `}${message}`),
  ];
  return lines.length === 0 ? '' : neutralize(`incomplete:\n${lines.map((line) => `  ${line}\n`).join('')}`);
}
