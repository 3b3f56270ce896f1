import { basename, dirname } from 'node:path';
import {
  formatProblem,
  type LoadResult,
  loadRules,
  type Rule,
  type RuleProblem,
  type ScanIssue,
} from '@lockstep/engine';
import { readGuardrail } from '@lockstep/guardrails';
import { findConfig, type RuleFile } from '../../config/find-config.ts';
import { bundledGuardrails } from '../../installation.ts';
import { neutralize } from '../../reports/neutralize.ts';
import { COMMAND_LINE_RULE } from '../../reports/scan-report.ts';
import { fromConfigProblem, fromRuleProblem, type SetupProblem } from '../../reports/setup-problem.ts';
import { compileRulePaths } from '../../targets/rule-paths.ts';
import { loadModelSet, type ModelSet } from './load-model-set.ts';
import type { RuleSource } from './settings.ts';

/** The rules of a run and everything that is wrong with them. */
export interface RuleSet {
  /** In the order of files and within them; ids are prefixed. */
  rules: Rule[];
  problems: SetupProblem[];
  /** Rules that are meant for another version. */
  issues: ScanIssue[];
  /** What is wrong with guardrails apart from their rules, which run all the same. */
  guardrailProblems: SetupProblem[];
  /** A problem for people to read, with the lines of the file where there are any. */
  explain(problem: SetupProblem): string;
}

/** What the file of the rule that `-e` makes is called. */
export const COMMAND_LINE_FILE = 'command line';

/** Loads the rules that a scan or a check is about. Never throws; what is wrong is among the problems. */
export async function loadRuleSet(source: RuleSource, cwd: string): Promise<RuleSet> {
  const builder = new RuleSetBuilder();
  if (source.kind === 'pattern') {
    builder.addFile(COMMAND_LINE_FILE, patternRule(source), '');
    return builder.set;
  }
  const config = await findConfig(source.values, { cwd, bundledGuardrails: bundledGuardrails() });
  // Reading the models that come with Lockstep takes 100 ms: too long for rules that name none.
  const withBundled = config.ruleFiles.some(({ text }) => /\bmodels\b/.test(text));
  builder.useModels(await loadModelSet(source.models, { cwd, withBundled }));
  builder.set.problems.push(...config.problems.map(fromConfigProblem));
  for (const file of config.ruleFiles) builder.addFile(file.path, file.text, source.rewriteIds ? file.idPrefix : '');
  for (const file of config.guardrails) builder.addGuardrail(file);
  return builder.set;
}

/** The rules of some files with their ids as written, as tests of rules name them; and their guardrail, if any. */
export function loadPlainRules(files: readonly TextFile[], guardrail: GuardrailText | null, models: ModelSet): RuleSet {
  const builder = new RuleSetBuilder();
  builder.useModels(models);
  for (const { path, text } of files) builder.addFile(path, text, '');
  if (guardrail !== null) builder.addGuardrail(guardrail);
  return builder.set;
}

type TextFile = Pick<RuleFile, 'path' | 'text'>;

/** A `guardrail.yaml`; the last name of `absolutePath`'s folder is the guardrail's. */
type GuardrailText = TextFile & { absolutePath: string };

/** The text of a rule file that holds the pattern of `-e`; JSON is YAML. */
function patternRule(source: Extract<RuleSource, { kind: 'pattern' }>): string {
  const { pattern, language, replacement } = source;
  const rule = {
    id: COMMAND_LINE_RULE,
    languages: [language],
    severity: 'ERROR',
    message: pattern,
    [language === 'regex' ? 'pattern-regex' : 'pattern']: pattern,
    ...(replacement === null ? {} : { fix: replacement }),
  };
  return JSON.stringify({ rules: [rule] }, null, 2);
}

class RuleSetBuilder {
  /** Made when asked for: a large rule pack has hundreds of warnings that nobody wants to see. */
  readonly #explanations = new Map<SetupProblem, () => string>();
  #models: ModelSet['models'] = [];
  readonly set: RuleSet = {
    rules: [],
    problems: [],
    issues: [],
    guardrailProblems: [],
    explain: (problem) => this.#explanations.get(problem)?.() ?? explainPlainly(problem),
  };

  /** For the rules that are added from now on. */
  useModels({ models, problems }: ModelSet): void {
    this.#models = models;
    for (const { problem, explanation } of problems) {
      this.set.problems.push(problem);
      if (explanation !== null) this.#explanations.set(problem, () => explanation);
    }
  }

  addFile(path: string, text: string, idPrefix: string): void {
    const { rules, problems, incompatible } = loadRules(text, path, { models: this.#models });
    this.set.problems.push(...problems.map((problem) => this.#setupProblem(problem, text)));
    for (const rule of rules) this.#addRule({ ...rule, id: idPrefix + rule.id });
    for (const rule of incompatible) this.set.issues.push(incompatibleIssue(rule, idPrefix));
  }

  addGuardrail({ path, text, absolutePath }: GuardrailText): void {
    const { problems } = readGuardrail(text, path, basename(dirname(absolutePath)));
    this.set.guardrailProblems.push(...problems.map((problem) => this.#setupProblem(problem, text)));
  }

  #setupProblem(problem: RuleProblem, text: string): SetupProblem {
    const setup = fromRuleProblem(problem);
    this.#explanations.set(setup, () => formatProblem(problem, text));
    return setup;
  }

  /** A glob that cannot be understood costs its rule: without it, the rule would run where it must not. */
  #addRule(rule: Rule): void {
    const paths = compileRulePaths(rule.paths);
    if (paths.ok) {
      this.set.rules.push(rule);
      return;
    }
    const { file, line, column } = rule.location;
    this.set.problems.push({
      stage: 'rule',
      code: 'bad-glob',
      level: 'error',
      message: `\`${paths.glob}\` under \`paths.${paths.list}\` is not a glob: ${paths.message}`,
      remedy: '',
      subject: file,
      place: { line, column, endLine: line, endColumn: column },
      ruleId: rule.id,
    });
  }
}

function incompatibleIssue(rule: LoadResult['incompatible'][number], idPrefix: string): ScanIssue {
  const range = [
    rule.minVersion === null ? '' : `from ${rule.minVersion} on`,
    rule.maxVersion === null ? '' : `up to ${rule.maxVersion}`,
  ].filter((part) => part !== '');
  return {
    code: 'incompatible-rule',
    level: 'info',
    message: `the rule is for Semgrep ${range.join(' ')} and was left out`,
    remedy: '',
    path: null,
    ruleId: idPrefix + rule.ruleId,
    spans: [],
  };
}

function explainPlainly({ subject, place, level, message, remedy }: SetupProblem): string {
  const where = subject === null || place === null ? '' : `${subject}:${place.line}:${place.column}: `;
  return neutralize(`${where}${level}: ${message}${remedy === '' ? '' : `\n  ${remedy}`}`);
}
