import { type FileContext, findEntry, type RuleProblem, type YamlNode } from '@lockstep/engine';
import { readFile } from './fields/read-file.ts';
import { checkForms } from './forms/check-forms.ts';
import type { Guardrail } from './guardrail.ts';
import { guardrailFields } from './guardrail-fields.ts';

export interface GuardrailReading {
  /** null if anything is wrong with it. */
  guardrail: Guardrail | null;
  /** In the order of their places. */
  problems: RuleProblem[];
}

/**
 * Reads a `guardrail.yaml`, reporting everything that is wrong with it. `file` is named in problems; `folder` is the
 * name of the folder it lies in, which its id must be. Never throws.
 */
export function readGuardrail(text: string, file: string, folder: string): GuardrailReading {
  const hint = 'a guardrail has at least a promise';
  const { value, problems } = readFile(text, file, hint, (context, root) => readRoot(context, root, folder));
  return { guardrail: value, problems };
}

function readRoot(context: FileContext, root: YamlNode, folder: string): Guardrail | null {
  const guardrail = guardrailFields.read(context, root, { path: '', key: '', about: '' });
  const id = root.kind === 'map' ? findEntry(root, 'id')?.value : undefined;
  const written = id?.kind === 'scalar' && typeof id.value === 'string' ? id.value.trim() : '';
  if (id !== undefined && written !== '' && written !== folder) {
    context.report('bad-id', id, 'id', `the id \`${written}\` is not the name of the folder`, `write \`${folder}\``);
  }
  if (guardrail !== null && root.kind === 'map') checkForms(context, root, guardrail);
  return guardrail;
}
