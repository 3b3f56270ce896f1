/** A YAML file that is one list under one key (`rules`, `models`): reading its items, and telling what is wrong. */
import { didYouMean } from './closest-name.ts';
import { FileContext, firstLineSpan } from './file-context.ts';
import { LineIndex } from './line-index.ts';
import type { RuleProblem, YamlProblem } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import { describeNode, findEntry, type YamlMap, type YamlNode, type YamlSeq } from './yaml-tree.ts';

export interface FileText {
  /** Only named in problems and locations. */
  path: string;
  text: string;
}

/** `isDamaged`: YAML itself has lost something of the item. */
export type ReadItem = (context: FileContext, node: YamlNode, path: string, isDamaged: boolean) => void;

/** Reads the items of the list that can be trusted; answers with all problems, in the order of their places. */
export function readItemFile(
  { path: file, text }: FileText,
  key: string,
  read: ReadItem,
  finish: (context: FileContext) => void = () => {},
): RuleProblem[] {
  // Lines and columns stay as they are, and the plain reader need not know about Windows or byte order marks.
  const normal = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const context = new FileContext(file, new LineIndex(normal));
  const { root, problems } = readYaml(normal);
  const list = findList(context, root, problems, key);
  const firstSyntaxError = Math.min(...problems.filter(breaksStructure).map((problem) => problem.start));
  const unplaced = new Set(problems);
  for (const [index, node] of (list?.items ?? []).entries()) {
    if (!isTrustworthy(list, index, firstSyntaxError)) break;
    const own = problems.filter((problem) => isWithin(problem, node));
    const path = `${key}.${index}`;
    read(context, node, path, own.length > 0);
    for (const problem of own) reportYaml(context, problem, path);
    for (const problem of own) unplaced.delete(problem);
  }
  context.ruleId = null;
  for (const problem of unplaced) reportYaml(context, problem, '');
  finish(context);
  return inOrder(context.problems);
}

/** By place; a key that an error has named already need not be called unknown or ignored too. */
function inOrder(problems: RuleProblem[]): RuleProblem[] {
  const place = ({ line, column }: RuleProblem): string => `${line}:${column}`;
  const withError = new Set(problems.filter((problem) => problem.level === 'error').map(place));
  return problems
    .filter((problem) => !isAboutKey(problem) || !withError.has(place(problem)))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

function isAboutKey({ code }: RuleProblem): boolean {
  return code === 'unknown-key' || code === 'ignored-key';
}

/** The list, or null after reporting why there is none. */
function findList(context: FileContext, root: YamlNode | null, problems: YamlProblem[], key: string): YamlSeq | null {
  const hint = `a ${key === 'rules' ? 'rule' : 'model'} file is a mapping with the key \`${key}\``;
  if (root === null) {
    if (problems.length > 0) return null;
    context.report('empty-file', { start: 0, end: 0 }, '', 'the file is empty', hint);
    return null;
  }
  if (root.kind !== 'map') {
    const message = `expected a mapping with the key \`${key}\`, found ${describeNode(root)}`;
    const suggestion = root.kind === 'seq' ? `put \`${key}:\` above the list` : '';
    context.report('not-a-mapping', { start: root.start, end: root.start }, '', message, suggestion);
    return null;
  }
  return findListIn(context, root, problems, key);
}

function findListIn(context: FileContext, root: YamlMap, problems: YamlProblem[], key: string): YamlSeq | null {
  const entry = findEntry(root, key);
  if (entry !== undefined) return context.seq(entry.value, key, `a list of ${key}`);
  if (!problems.some(breaksStructure)) {
    const mistyped = root.entries.find((other) => didYouMean(other.key, [key]) !== '');
    const suggestion = mistyped === undefined ? '' : `is \`${mistyped.key}\` meant to be \`${key}\`?`;
    const message = `expected the key \`${key}\`: a list of ${key}`;
    context.report(key === 'rules' ? 'missing-rules' : 'missing-key', firstLineSpan(root), '', message, suggestion);
  }
  return null;
}

/** After a syntax error the parser guesses, so an item counts only if it and the hyphen after it lie before the first. */
function isTrustworthy(list: YamlSeq | null, index: number, firstSyntaxError: number): boolean {
  if (firstSyntaxError === Number.POSITIVE_INFINITY) return true;
  const next = list?.items[index + 1];
  return next !== undefined && next.start <= firstSyntaxError;
}

function breaksStructure(problem: YamlProblem): boolean {
  return problem.code === 'yaml-syntax';
}

function isWithin(problem: YamlProblem, node: YamlNode): boolean {
  return problem.start >= node.start && problem.start < node.end;
}

function reportYaml(context: FileContext, problem: YamlProblem, path: string): void {
  context.report(problem.code, problem, path, problem.message, problem.suggestion);
}
