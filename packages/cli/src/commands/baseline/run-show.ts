import { compareTexts } from '@lockstep/engine';
import type { Baseline } from '@lockstep/guardrails';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { print } from '../../reports/print.ts';
import { stringifyJson } from '../../reports/stringify-json.ts';
import { tableLines } from '../guardrail/table.ts';
import { baselinePath, sizeText, soundBaseline } from './shared.ts';

/** `lockstep baseline show`. */
export function runShow(flags: { file?: string; json?: boolean }): number {
  const baseline = soundBaseline(baselinePath(flags.file));
  print(flags.json === true ? stringifyJson(baseline) : `${textLines(baseline).join('\n')}\n`);
  return 0;
}

function textLines(baseline: Baseline): string[] {
  const rows = [...numbers(baseline)].map(([guardrail, { findings, files }]) => {
    return [neutralizeLine(guardrail), String(findings), String(files.size)];
  });
  const growth = baseline.growth.map(({ date, who, reason, added }) => {
    return `  ${date}  +${added}  ${neutralizeLine(who)}: ${neutralizeLine(reason)}`;
  });
  return [
    ...(rows.length === 0 ? [] : tableLines([['guardrail', 'findings', 'files'], ...rows])),
    sizeText(baseline),
    ...(growth.length === 0 ? [] : ['Allowed to grow', ...growth]),
  ];
}

function numbers({ findings }: Baseline): [string, { findings: number; files: Set<string> }][] {
  const byGuardrail = new Map<string, { findings: number; files: Set<string> }>();
  for (const { guardrail, path, count } of findings) {
    const entry = byGuardrail.get(guardrail) ?? { findings: 0, files: new Set<string>() };
    entry.findings += count;
    entry.files.add(path);
    byGuardrail.set(guardrail, entry);
  }
  return [...byGuardrail].sort(([a], [b]) => compareTexts(a, b));
}
