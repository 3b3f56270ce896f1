import {
  countStates,
  exceptionName,
  type Guardrail,
  INVENTORY_STATES,
  type InventoryItem,
  type InventoryState,
} from '@lockstep/guardrails';
import type { EntryInventory, Inventory } from '../../guardrails/take-inventory.ts';
import { escapeCell } from '../../reports/csv.ts';
import { neutralize, neutralizeLine } from '../../reports/neutralize.ts';
import type { Palette } from '../../reports/palette.ts';
import { quantity } from '../../reports/quantity.ts';
import { stringifyJson } from '../../reports/stringify-json.ts';
import { tableLines } from './table.ts';

/** The inventory for people: counts, then the places, worst first. */
export function formatInventoryText(
  { id, promise }: Guardrail,
  { entries, files }: Inventory,
  palette: Palette,
): string {
  const blocks = entries.map((entry) => entryLines(entry, palette).join('\n'));
  const head = `${palette.bold(neutralizeLine(id))}  ${neutralize(promise)}`;
  return `${[head, ...blocks].join('\n\n')}\n\n${quantity(files, 'file')} looked at\n`;
}

function entryLines({ line, about, items, unused }: EntryInventory, palette: Palette): string[] {
  const counts = countStates(items);
  const told = [...INVENTORY_STATES].reverse().map((state) => paint(state, palette)(`${counts[state]} ${state}`));
  const groups = INVENTORY_STATES.flatMap((state) => {
    const own = items.filter((item) => item.state === state);
    if (own.length === 0) return [];
    const rows = own.map((item) => [`    ${item.path}:${item.line}`, item.symbol, noteOf(item)].map(neutralizeLine));
    return ['', `  ${paint(state, palette)(state)}`, ...tableLines(rows)];
  });
  const idle = unused.map(
    (exception) => `    ${neutralizeLine(exceptionName(exception))} (line ${exception.place.line})`,
  );
  return [
    `require, line ${line}: ${neutralizeLine(about.replaceAll('\n', ' '))}`,
    `  ${items.length} in all: ${told.join(', ')}`,
    ...groups,
    ...(idle.length === 0 ? [] : ['', `  ${palette.yellow('exceptions that nothing needs')}`, ...idle]),
  ];
}

function paint(state: InventoryState, palette: Palette): (text: string) => string {
  if (state === 'protected') return palette.green;
  return state === 'excepted' || state === 'suppressed' ? palette.yellow : palette.red;
}

function noteOf({ exception, lapse }: InventoryItem): string {
  if (exception === null) return '';
  if (lapse !== null) return `there is an exception, but ${lapse}`;
  const until = exception.until === null ? '' : ` (until ${exception.until})`;
  return exception.reason + until;
}

export function formatInventoryJson({ id, promise }: Guardrail, { entries, files, issues }: Inventory): string {
  return stringifyJson({
    guardrail: id,
    promise,
    files,
    complete: issues.every(({ level }) => level === 'info'),
    requirements: entries.map(({ line, about, items, unused }) => ({
      line,
      about,
      counts: countStates(items),
      items: items.map(({ symbol, path, line: at, state, exception, lapse }) => ({
        symbol,
        path,
        line: at,
        state,
        reason: exception?.reason ?? null,
        approved_by: exception?.approvedBy ?? null,
        until: exception?.until ?? null,
        lapse,
      })),
      unused_exceptions: unused.map(({ symbol, path, reason, until }) => ({ symbol, path, reason, until })),
    })),
  });
}

const COLUMNS = ['requirement', 'state', 'symbol', 'path', 'line', 'reason', 'approved_by', 'until'];

export function formatInventoryCsv({ entries }: Inventory): string {
  const rows = entries.flatMap(({ line, items }) =>
    items.map(({ state, symbol, path, line: at, exception }) => [
      `line ${line}`,
      state,
      symbol,
      path,
      String(at),
      exception?.reason ?? '',
      exception?.approvedBy ?? '',
      exception?.until ?? '',
    ]),
  );
  const cell = (text: string) => escapeCell(neutralizeLine(text));
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
