import { FileContext, findEntry, RuleFileLines, type RuleProblem, readYaml, type YamlNode } from '@lockstep/engine';
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
  const normal = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const context = new FileContext(file, new RuleFileLines(normal));
  const { root, problems } = readYaml(normal);
  for (const problem of problems) context.report(problem.code, problem, '', problem.message, problem.suggestion);
  // After a syntax error the reader guesses, and what it would miss then is there.
  const isReadable = !problems.some(({ code }) => code === 'yaml-syntax');
  const guardrail = root === null ? emptyFile(context, problems.length) : readRoot(context, root, folder, isReadable);
  context.problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { guardrail: context.errorCount > 0 ? null : guardrail, problems: context.problems };
}

function emptyFile(context: FileContext, problemCount: number): null {
  if (problemCount > 0) return null;
  context.report('empty-file', { start: 0, end: 0 }, '', 'the file is empty', 'a guardrail has at least a promise');
  return null;
}

function readRoot(context: FileContext, root: YamlNode, folder: string, isReadable: boolean): Guardrail | null {
  if (root.kind === 'map' && !isReadable) return null;
  const guardrail = guardrailFields.read(context, root, { path: '', key: '', about: '' });
  const id = root.kind === 'map' ? findEntry(root, 'id')?.value : undefined;
  const written = id?.kind === 'scalar' && typeof id.value === 'string' ? id.value.trim() : '';
  if (id !== undefined && written !== '' && written !== folder) {
    context.report('bad-id', id, 'id', `the id \`${written}\` is not the name of the folder`, `write \`${folder}\``);
  }
  if (guardrail !== null && root.kind === 'map') checkForms(context, root, guardrail);
  return guardrail;
}
