import { FileContext, RuleFileLines, type RuleProblem, readYaml } from '@lockstep/engine';
import type { Field } from './field.ts';

export interface DocumentReading<T> {
  /** null if anything is wrong with it. */
  value: T | null;
  /** In the order of their places. */
  problems: RuleProblem[];
}

/** Reads a YAML text by the table of its keys; `empty` is what an empty file means. Never throws. */
export function readDocument<T>(text: string, file: string, field: Field<T>, empty: T): DocumentReading<T> {
  const normal = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const context = new FileContext(file, new RuleFileLines(normal));
  const { root, problems } = readYaml(normal);
  for (const problem of problems) context.report(problem.code, problem, '', problem.message, problem.suggestion);
  const isReadable = !problems.some(({ code }) => code === 'yaml-syntax');
  const value = root === null || !isReadable ? empty : field.read(context, root, { path: '', key: '', about: '' });
  context.problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { value: context.errorCount > 0 ? null : value, problems: context.problems };
}
