import { formatProblem } from '../../../../engine/src/rules/format-problem.ts';
import { type LoadResult, loadRules } from '../../../../engine/src/rules/load-rules.ts';
import type { RuleProblem } from '../../../../engine/src/rules/problem.ts';
import type { Rule } from '../../../../engine/src/rules/rule.ts';
import type { ScanIssue } from '../../../../engine/src/scan/report.ts';
import { findConfig, type GuardrailFile, type RuleFile } from '../../config/find-config.ts';
import { bundledGuardrails } from '../../installation.ts';
import { COMMAND_LINE_RULE } from '../../reports/scan-report.ts';
import { fromConfigProblem, fromRuleProblem, type SetupProblem } from '../../reports/setup-problem.ts';
import { compileRulePaths } from '../../targets/rule-paths.ts';
import type { RuleSource } from './settings.ts';

/** The rules of a run and everything that is wrong with them. */
export interface RuleSet {
  /** In the order of files and within them; ids are prefixed. */
  rules: Rule[];
  problems: SetupProblem[];
  /** Rules that are meant for another version. */
  issues: ScanIssue[];
  /** A problem for people to read, with the lines of the rule file where there are any. */
  explain(problem: SetupProblem): string;
  guardrails: GuardrailFile[];
}

/** Loads the rules that a scan or a check is about. Never throws; what is wrong is among the problems. */
export async function loadRuleSet(source: RuleSource, cwd: string): Promise<RuleSet> {
  const builder = new RuleSetBuilder();
  if (source.kind === 'pattern') {
    builder.addFile('command line', patternRule(source), '');
    return builder.set;
  }
  const config = await findConfig(source.values, { cwd, bundledGuardrails: bundledGuardrails() });
  builder.set.guardrails = config.guardrails;
  builder.set.problems.push(...config.problems.map(fromConfigProblem));
  for (const file of config.ruleFiles) builder.addFile(file.path, file.text, source.rewriteIds ? file.idPrefix : '');
  return builder.set;
}

/** The rules of some files with their ids as written, as tests of rules name them. */
export function loadPlainRules(files: readonly Pick<RuleFile, 'path' | 'text'>[]): RuleSet {
  const builder = new RuleSetBuilder();
  for (const { path, text } of files) builder.addFile(path, text, '');
  return builder.set;
}

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
  readonly #explanations = new Map<SetupProblem, string>();
  readonly set: RuleSet = {
    rules: [],
    problems: [],
    issues: [],
    guardrails: [],
    explain: (problem) => this.#explanations.get(problem) ?? explainPlainly(problem),
  };

  addFile(path: string, text: string, idPrefix: string): void {
    const { rules, problems, incompatible } = loadRules(text, path);
    for (const problem of problems) this.#addProblem(problem, text);
    for (const rule of rules) this.#addRule({ ...rule, id: idPrefix + rule.id });
    for (const rule of incompatible) this.set.issues.push(incompatibleIssue(rule, idPrefix));
  }

  #addProblem(problem: RuleProblem, text: string): void {
    const setup = fromRuleProblem(problem);
    this.set.problems.push(setup);
    if (problem.level === 'error') this.#explanations.set(setup, formatProblem(problem, text));
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
  return `${where}${level}: ${message}${remedy === '' ? '' : `\n  ${remedy}`}`;
}
