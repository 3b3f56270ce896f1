import { type Precision, precisionByGuardrail } from '@lockstep/guardrails';
import { readTriageFile, triageFile } from '../../ledger/triage-file.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { precisionText } from '../../reports/precision-text.ts';
import { print } from '../../reports/print.ts';
import { stringifyJson } from '../../reports/stringify-json.ts';
import { tableLines } from '../guardrail/table.ts';

/** `lockstep triage stats`. */
export function runStats(asJson: boolean): number {
  const stats = precisionByGuardrail(readTriageFile(triageFile(process.cwd())));
  print(asJson ? stringifyJson({ guardrails: stats }) : text(stats));
  return 0;
}

function text(stats: readonly Precision[]): string {
  if (stats.length === 0) return 'there are no verdicts\n';
  const rows = stats.map((each) => [
    neutralizeLine(each.guardrail),
    String(each.counts.true),
    String(each.counts.false),
    String(each.counts['wont-fix']),
    precisionText(each),
  ]);
  return `${tableLines([['guardrail', 'true', 'false', 'wont-fix', 'precision'], ...rows]).join('\n')}\n`;
}
