/**
 * Rule text → rules and everything that is wrong with the file. A broken rule is left out and never stops the
 * others; nothing here throws, whatever the text.
 */
import { didYouMean } from './closest-name.ts';
import { FileContext, firstLineSpan } from './file-context.ts';
import { LineIndex } from './line-index.ts';
import type { RuleProblem, YamlProblem } from './problem.ts';
import { type IncompatibleRule, readRule } from './read-rule.ts';
import { readYaml } from './read-yaml.ts';
import type { Rule } from './rule.ts';
import { SEMGREP_VERSION } from './version-range.ts';
import { describeNode, findEntry, type YamlMap, type YamlNode, type YamlSeq } from './yaml-tree.ts';

export interface LoadOptions {
  /** Rules whose `min-version` and `max-version` exclude this version are set aside; 1.182.0 if not given. */
  semgrepVersion?: string;
}

export interface LoadResult {
  /** In written order. */
  rules: Rule[];
  /** In the order of their places in the file. */
  problems: RuleProblem[];
  incompatible: IncompatibleRule[];
}

/**
 * Loads the rules of one YAML or JSON text; `file` is only named in problems and locations. The result's `rules`
 * are sound: each problem of level error has cost the rule it names, or lies outside of any rule.
 */
export function loadRules(text: string, file: string, options: LoadOptions = {}): LoadResult {
  // Lines and columns stay as they are, and the fast reader need not know about Windows or byte order marks.
  const normal = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const context = new FileContext(file, new LineIndex(normal));
  const { root, problems } = readYaml(normal);
  const result: LoadResult = { rules: [], problems: context.problems, incompatible: [] };
  const list = findRules(context, root, problems);
  const firstSyntaxError = Math.min(...problems.filter(breaksStructure).map((problem) => problem.start));
  const unplaced = new Set(problems);
  for (const [index, node] of (list?.items ?? []).entries()) {
    if (!isTrustworthy(list, index, firstSyntaxError)) break;
    const own = problems.filter((problem) => isWithin(problem, node));
    loadRule(context, node, `rules.${index}`, own, options, result);
    for (const problem of own) unplaced.delete(problem);
  }
  context.ruleId = null;
  for (const problem of unplaced) reportYaml(context, problem, '');
  warnOfRepeatedIds(context, result.rules);
  return { ...result, problems: inOrder(context.problems) };
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

function loadRule(
  context: FileContext,
  node: YamlNode,
  path: string,
  yamlProblems: YamlProblem[],
  options: LoadOptions,
  result: LoadResult,
): void {
  const reading = readRule(context, node, path, options.semgrepVersion ?? SEMGREP_VERSION);
  for (const problem of yamlProblems) reportYaml(context, problem, path);
  if (reading.kind === 'incompatible') result.incompatible.push(reading.rule);
  if (reading.kind === 'rule' && yamlProblems.length === 0) result.rules.push(reading.rule);
}

/** The `rules` list, or null after reporting why there is none. */
function findRules(context: FileContext, root: YamlNode | null, problems: YamlProblem[]): YamlSeq | null {
  const hint = 'a rule file is a mapping with the key `rules`';
  if (root === null) {
    if (problems.length > 0) return null;
    context.report('empty-file', { start: 0, end: 0 }, '', 'the file is empty', hint);
    return null;
  }
  if (root.kind !== 'map') {
    const message = `expected a mapping with the key \`rules\`, found ${describeNode(root)}`;
    const suggestion = root.kind === 'seq' ? 'put `rules:` above the list' : '';
    context.report('not-a-mapping', { start: root.start, end: root.start }, '', message, suggestion);
    return null;
  }
  return findRulesIn(context, root, problems);
}

function findRulesIn(context: FileContext, root: YamlMap, problems: YamlProblem[]): YamlSeq | null {
  const entry = findEntry(root, 'rules');
  if (entry !== undefined) return context.seq(entry.value, 'rules', 'a list of rules');
  if (!problems.some(breaksStructure)) {
    const mistyped = root.entries.find((other) => didYouMean(other.key, ['rules']) !== '');
    const suggestion = mistyped === undefined ? '' : `is \`${mistyped.key}\` meant to be \`rules\`?`;
    context.report('missing-rules', firstLineSpan(root), '', 'expected the key `rules`: a list of rules', suggestion);
  }
  return null;
}

/** After a syntax error the parser guesses, so a rule counts only if it and the hyphen after it lie before the first. */
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

function warnOfRepeatedIds(context: FileContext, rules: Rule[]): void {
  const seen = new Map<string, Rule>();
  for (const rule of rules) {
    const first = seen.get(rule.id);
    if (first === undefined) seen.set(rule.id, rule);
    else reportRepeatedId(context, rule, first);
  }
}

function reportRepeatedId(context: FileContext, rule: Rule, first: Rule): void {
  const place = context.placeOf(rule);
  if (place === undefined) return;
  context.ruleId = rule.id;
  const message = `the id \`${rule.id}\` is taken by the rule on line ${first.location.line}; both run under one name`;
  context.report('duplicate-id', place.span, place.path, message, 'give each rule an id of its own');
}
