import type { Model } from '@lockstep/engine';
import { allExceptions } from '@lockstep/guardrails';
import { projectSources } from '../../config/project-sources.ts';
import { type FoundGuardrail, findGuardrails, readGuardrails } from '../../guardrails/find-guardrails.ts';
import { modelsFor, rulesOf } from '../../guardrails/rules-of.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { print, tell } from '../../reports/print.ts';
import { projectNote } from '../../reports/project-note.ts';
import { quantity } from '../../reports/quantity.ts';
import { stringifyJson } from '../../reports/stringify-json.ts';
import { countExamples } from './suite-of.ts';
import { tableLines } from './table.ts';

export interface ListOptions {
  json: boolean;
  /** Nothing may be fetched. */
  offline: boolean;
}

/** `lockstep guardrail list`: one line for each; one that cannot be read is named as such. */
export async function runList(folders: readonly string[], { json, offline }: ListOptions): Promise<number> {
  const found = folders.length > 0 ? await findGuardrails(folders, process.cwd()) : await ownGuardrails(offline);
  const models = await modelsFor(found, []);
  const text = json
    ? stringifyJson({ guardrails: await Promise.all(found.map((each) => summary(each, models))) })
    : `${tableLines(found.map((each) => row(each, models).map(neutralizeLine))).join('\n')}\n`;
  print(text);
  return 0;
}

/** Those that `lockstep.yaml` names; without one, those in `guardrails/`. */
async function ownGuardrails(offline: boolean): Promise<FoundGuardrail[]> {
  const cwd = process.cwd();
  const sources = await projectSources(cwd, offline);
  if (sources === null) return findGuardrails([], cwd);
  tell(projectNote(sources.project));
  return readGuardrails(sources.found);
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
