import type { Model } from '@lockstep/engine';
import { allExceptions } from '@lockstep/guardrails';
import { type FoundGuardrail, findGuardrails } from '../../guardrails/find-guardrails.ts';
import { modelsFor, rulesOf } from '../../guardrails/rules-of.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { quantity } from '../../reports/quantity.ts';
import { stringifyJson } from '../../reports/stringify-json.ts';
import { countExamples } from './suite-of.ts';
import { tableLines } from './table.ts';

/** `lockstep guardrail list`: one line for each; one that cannot be read is named as such. */
export async function runList(folders: readonly string[], asJson: boolean): Promise<number> {
  const found = await findGuardrails(folders, process.cwd());
  const models = await modelsFor(found, []);
  const text = asJson
    ? stringifyJson({ guardrails: await Promise.all(found.map((each) => summary(each, models))) })
    : `${tableLines(found.map((each) => row(each, models).map(neutralizeLine))).join('\n')}\n`;
  process.stdout.write(text);
  return 0;
}

async function summary(found: FoundGuardrail, models: readonly Model[]): Promise<object> {
  const { name, folder, guardrail, problems } = found;
  if (guardrail === null) return { id: name, folder, sound: false, problems: problems.map(({ text }) => text) };
  const { stage, weakness, promise, owners, languages } = guardrail;
  const rules = rulesOf(found, models).map(({ id }) => id);
  const exceptions = allExceptions(guardrail).length;
  const examples = await countExamples(found);
  return { id: name, folder, sound: true, stage, weakness, promise, owners, languages, rules, exceptions, examples };
}

function row(found: FoundGuardrail, models: readonly Model[]): string[] {
  const { name, guardrail } = found;
  if (guardrail === null) return [name, '✖', '', '', 'guardrail.yaml is faulty: lockstep guardrail check says how'];
  const { stage, weakness, promise } = guardrail;
  return [name, stage, weakness, quantity(rulesOf(found, models).length, 'rule'), promise];
}
