import { type ListedException, listExceptions } from '../../guardrails/exception-list.ts';
import { scanForLedger } from '../../ledger/ledger-scan.ts';
import { escapeCell } from '../../reports/csv.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { createPalette, type Palette } from '../../reports/palette.ts';
import { print, tell } from '../../reports/print.ts';
import { quantity } from '../../reports/quantity.ts';
import { stringifyJson } from '../../reports/stringify-json.ts';
import { today } from '../guardrail/today.ts';
import { readColor } from '../scan/environment.ts';
import type { ExceptionsFlags } from './flags.ts';

/** `lockstep exceptions`. */
export async function runExceptions(targets: readonly string[], flags: ExceptionsFlags): Promise<number> {
  const scan = await scanForLedger(targets, flags);
  const all = listExceptions(scan, today());
  const faulty = all.filter((each) => faultOf(each) !== null);
  const shown = flags.check === true ? faulty : all;
  print(render(shown, faulty.length, flags));
  if (!scan.isComplete) {
    tell('incomplete: not everything was looked at; lockstep scan says what was not\n');
  }
  return flags.check === true && faulty.length > 0 ? 1 : 0;
}

/** What is wrong with an exception; null where it holds and is needed, or nobody knows whether it is. */
function faultOf({ lapse, isUsed }: ListedException): string | null {
  if (lapse !== null) return `does not hold: ${lapse}`;
  return isUsed === false ? 'nothing needs it' : null;
}

function render(shown: readonly ListedException[], faulty: number, { json, csv }: ExceptionsFlags): string {
  if (json === true) return stringifyJson({ exceptions: shown.map(jsonEntry) });
  if (csv === true) {
    const rows = [COLUMNS, ...shown.map((each) => Object.values(jsonEntry(each)).map(cell))];
    return rows.map((row) => `${row.map((text) => escapeCell(neutralizeLine(text))).join(',')}\r\n`).join('');
  }
  return text(shown, faulty, createPalette(readColor(false, process.env) ?? process.stdout.isTTY));
}

const COLUMNS = [
  'guardrail',
  'kind',
  'for',
  'path',
  'line',
  'reason',
  'owner',
  'approved_by',
  'until',
  'used',
  'fault',
] as const;

function jsonEntry(each: ListedException): Record<(typeof COLUMNS)[number], string | number | boolean | null> {
  const { guardrail, kind, path, line, reason, owner, approvedBy, until, isUsed } = each;
  const who = { owner, approved_by: approvedBy, until };
  return { guardrail, kind, for: each.for, path, line, reason, ...who, used: isUsed, fault: faultOf(each) };
}

function cell(value: string | number | boolean | null): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value ?? '');
}

function text(shown: readonly ListedException[], faulty: number, palette: Palette): string {
  const blocks = shown.map((each) => blockOf(each, palette));
  const total = `${quantity(shown.length, 'exception')}, ${faulty} not in order`;
  return `${[...blocks, faulty === 0 ? palette.green(total) : palette.red(total)].join('\n')}\n`;
}

function blockOf(each: ListedException, palette: Palette): string {
  const { guardrail, path, line, reason, owner, approvedBy, until } = each;
  const fault = faultOf(each);
  const details = [
    reason === '' ? 'no reason' : reason,
    ...(owner === null ? [] : [`owned by ${owner}`]),
    ...(approvedBy === null ? [] : [`approved by ${approvedBy}`]),
    ...(until === null ? [] : [`until ${until}`]),
  ];
  const heading = `${guardrail || 'no guardrail'}: ${each.kind === 'inline' ? 'comment' : each.for}  ${path}:${line}`;
  return [
    palette.bold(neutralizeLine(heading)),
    `  ${neutralizeLine(details.join('; '))}`,
    ...(fault === null ? [] : [`  ${palette.red('✖')} ${neutralizeLine(fault)}`]),
    ...(each.isUsed === null
      ? [
          palette.dim(
            '  whether it is needed is not known: no rule of this scan is called so, or its file was not scanned',
          ),
        ]
      : []),
  ].join('\n');
}
