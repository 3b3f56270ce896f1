import { FileContext, RuleFileLines, type RuleProblem, readYaml, type YamlNode } from '@lockstep/engine';

export interface FileReading<T> {
  /** null if anything is wrong with it. */
  value: T | null;
  /** In the order of their places. */
  problems: RuleProblem[];
}

/**
 * Reads a YAML file, reporting everything that is wrong with it; `read` gets its top. `file` is named in problems, and
 * `emptyHint` says what the file has at least. Never throws.
 */
export function readFile<T>(
  text: string,
  file: string,
  emptyHint: string,
  read: (context: FileContext, root: YamlNode) => T | null,
): FileReading<T> {
  const normal = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const context = new FileContext(file, new RuleFileLines(normal));
  const { root, problems } = readYaml(normal);
  for (const problem of problems) context.report(problem.code, problem, '', problem.message, problem.suggestion);
  if (root === null && problems.length === 0) {
    context.report('empty-file', { start: 0, end: 0 }, '', 'the file is empty', emptyHint);
  }
  // After a syntax error the reader guesses, and what it would miss then is there.
  const isReadable = root !== null && !(root.kind === 'map' && problems.some(({ code }) => code === 'yaml-syntax'));
  const value = isReadable ? read(context, root) : null;
  context.problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { value: context.errorCount > 0 ? null : value, problems: context.problems };
}
