import type { TriageEntry } from '@lockstep/guardrails';
import { readTriageFile, triageFile } from '../../ledger/triage-file.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { print } from '../../reports/print.ts';
import { stringifyJson } from '../../reports/stringify-json.ts';
import { tableLines } from '../guardrail/table.ts';

/** `lockstep triage list`. */
export function runList(guardrail: string | null, asJson: boolean): number {
  const entries = readTriageFile(triageFile(process.cwd())).filter(
    (entry) => guardrail === null || entry.guardrail === guardrail,
  );
  print(asJson ? stringifyJson({ verdicts: entries }) : text(entries));
  return 0;
}

function text(entries: readonly TriageEntry[]): string {
  if (entries.length === 0) return 'there are no verdicts\n';
  const rows = entries.map(({ verdict, guardrail, path, symbol, finding, date, who, why }) =>
    [verdict, guardrail, symbol === '' ? path : `${path} (${symbol})`, finding, `${date} ${who}: ${why}`].map(
      neutralizeLine,
    ),
  );
  return `${tableLines(rows).join('\n')}\n`;
}
