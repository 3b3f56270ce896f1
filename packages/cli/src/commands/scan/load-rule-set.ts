import { basename, dirname, relative } from 'node:path';
import {
  formatProblem,
  type LoadResult,
  loadRules,
  type Rule,
  type RuleProblem,
  type ScanIssue,
} from '@lockstep/engine';
import {
  type CompiledRule,
  compileGuardrail,
  type Exception,
  type Guardrail,
  readGuardrail,
  withGuardrail,
} from '@lockstep/guardrails';
import { type Config, findConfig, type GuardrailFile, type RuleFile } from '../../config/find-config.ts';
import { ProjectOverrides } from '../../config/project-overrides.ts';
import type { ProjectRules } from '../../config/project-rules.ts';
import type { RuleGuardrail } from '../../guardrails/apply-exceptions.ts';
import { loadCompiledRules } from '../../guardrails/compiled-rules.ts';
import { bundledGuardrails } from '../../installation.ts';
import { neutralize } from '../../reports/neutralize.ts';
import { COMMAND_LINE_RULE } from '../../reports/scan-report.ts';
import { fromConfigProblem, fromRuleProblem, type SetupProblem } from '../../reports/setup-problem.ts';
import { compileRulePaths } from '../../targets/rule-paths.ts';
import { today } from '../guardrail/today.ts';
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
  /** By rule id: the guardrail that a rule keeps, and what is excepted from it. */
  guardrails: Map<string, RuleGuardrail>;
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
  const config = await findRules(source, cwd, builder);
  // Reading the models that come with Lockstep takes 100 ms: too long for rules that name none.
  const withBundled = [...config.ruleFiles, ...config.guardrails].some(({ text }) => /\bmodels["']?\s*:/.test(text));
  const own = config.models.map((folder) => relative(cwd, folder));
  builder.useModels(await loadModelSet([...own, ...source.models], { cwd, withBundled }));
  builder.set.problems.push(...config.problems.map(fromConfigProblem));
  const prefixOf = ({ idPrefix }: { idPrefix: string }) => (source.rewriteIds ? idPrefix : '');
  const guardrails = new Map<string, Owner>();
  for (const file of config.guardrails) {
    const owner = builder.addGuardrail(file, prefixOf(file));
    if (owner !== null) guardrails.set(file.folder, owner);
  }
  for (const file of config.ruleFiles) {
    const owner = file.guardrail === null ? undefined : guardrails.get(file.guardrail);
    builder.addFile(file.path, file.text, prefixOf(file), owner);
  }
  builder.checkOverrides();
  return builder.set;
}

/** Finds the rule files; what a `lockstep.yaml` says of their rules is from now on known to the builder. */
async function findRules(
  source: Exclude<RuleSource, { kind: 'pattern' }>,
  cwd: string,
  builder: RuleSetBuilder,
): Promise<Pick<ProjectRules, 'models'> & Config> {
  if (source.kind === 'config') {
    const found = await findConfig(source.values, { cwd, bundledGuardrails: bundledGuardrails() });
    return { ...found, models: [] };
  }
  const { project, localOnly, offline } = source;
  // Fetching and unpacking is of no use to those who have no lockstep.yaml.
  const { findProjectRules } = await import('../../config/project-rules.ts');
  const { cacheFolder, SourceCache } = await import('../../config/source-cache.ts');
  const cache = new SourceCache(cacheFolder(process.env));
  const found = await findProjectRules(project, { localOnly, offline, cache, bundledGuardrails: bundledGuardrails() });
  for (const { problem, text } of found.fileProblems) builder.addProjectProblem(problem, text);
  builder.useOverrides(new ProjectOverrides(project, today()));
  return found;
}

/** The rules of some files with their ids as written, as tests of rules name them; and their guardrail, if any. */
export function loadPlainRules(files: readonly TextFile[], guardrail: GuardrailText | null, models: ModelSet): RuleSet {
  const builder = new RuleSetBuilder();
  builder.useModels(models);
  const owner = guardrail === null ? null : builder.addGuardrail(guardrail, '');
  for (const { path, text } of files) builder.addFile(path, text, '', owner ?? undefined);
  return builder.set;
}

type TextFile = Pick<RuleFile, 'path' | 'text'>;

/** A `guardrail.yaml`; the last name of `absolutePath`'s folder is the guardrail's. */
type GuardrailText = Pick<GuardrailFile, 'path' | 'text' | 'absolutePath'>;

/** The guardrail that rules belong to. */
type Owner = Pick<RuleGuardrail, 'guardrail' | 'file'>;

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
  #overrides: ProjectOverrides | null = null;
  readonly set: RuleSet = {
    rules: [],
    problems: [],
    issues: [],
    guardrailProblems: [],
    guardrails: new Map(),
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

  /** For the rules that are added from now on. */
  useOverrides(overrides: ProjectOverrides): void {
    this.#overrides = overrides;
  }

  /** What is wrong within `lockstep.yaml` or its lock. */
  addProjectProblem(problem: RuleProblem, text: string): void {
    const setup: SetupProblem = { ...fromRuleProblem(problem), stage: 'config' };
    this.#explanations.set(setup, () => formatProblem(problem, text));
    this.set.problems.push(setup);
  }

  /** After all rules: tells of overrides that do not hold, or hold for nothing. */
  checkOverrides(): void {
    if (this.#overrides === null || this.set.problems.some(({ level }) => level === 'error')) return;
    this.set.problems.push(...this.#overrides.problems());
  }

  addFile(path: string, text: string, idPrefix: string, owner?: Owner): void {
    const { rules, problems, incompatible } = loadRules(text, path, { models: this.#models });
    this.set.problems.push(...problems.map((problem) => this.#setupProblem(problem, text)));
    for (const rule of rules) {
      const prefixed = { ...rule, id: idPrefix + rule.id };
      if (owner === undefined) this.#addOverridden(prefixed, null);
      else this.#addRuleOf(owner, null, { ...prefixed, paths: pathsWithin(owner.guardrail, rule) });
    }
    for (const rule of incompatible) this.set.issues.push(incompatibleIssue(rule, idPrefix));
  }

  /** Answers with the guardrail, or null where something is wrong with it. */
  addGuardrail({ path, text, absolutePath }: GuardrailText, idPrefix: string): Owner | null {
    const { guardrail, problems } = readGuardrail(text, path, basename(dirname(absolutePath)));
    const found = problems.map((problem) => this.#setupProblem(problem, text));
    // Without a sound description, the rules that it holds itself cannot run: that is a broken rule like any other.
    if (guardrail === null && HAS_FORMS.test(text)) {
      this.set.problems.push(...found.map((problem): SetupProblem => ({ ...problem, stage: 'rule' })));
      return null;
    }
    this.set.guardrailProblems.push(...found);
    if (guardrail === null) return null;
    const owner = { guardrail, file: path };
    this.#addForms(owner, text, idPrefix);
    return owner;
  }

  #addForms(owner: Owner, text: string, idPrefix: string): void {
    const compiled = compileGuardrail(owner.guardrail).filter(({ role }) => role !== 'inventory');
    const { rules, problems } = loadCompiledRules(compiled, owner.file, this.#models);
    this.set.problems.push(...problems.map((problem) => this.#setupProblem(problem, text)));
    const byId = new Map<string, CompiledRule>(compiled.map((each) => [each.id, each]));
    for (const rule of rules) {
      this.#addRuleOf(owner, byId.get(rule.id)?.exceptions ?? null, { ...rule, id: idPrefix + rule.id });
    }
  }

  /** Without exceptions of its own, a rule has those of the guardrail. */
  #addRuleOf(owner: Owner, exceptions: readonly Exception[] | null, rule: Rule): void {
    const { guardrail } = owner;
    this.#addOverridden({ ...rule, metadata: withGuardrail(rule.metadata, guardrail) }, guardrail.id);
    this.set.guardrails.set(rule.id, { ...owner, exceptions: exceptions ?? owner.guardrail.exceptions });
  }

  #setupProblem(problem: RuleProblem, text: string): SetupProblem {
    const setup = fromRuleProblem(problem);
    this.#explanations.set(setup, () => formatProblem(problem, text));
    return setup;
  }

  #addOverridden(rule: Rule, guardrail: string | null): void {
    const overridden = this.#overrides === null ? rule : this.#overrides.apply(rule, guardrail);
    if (overridden !== null) this.#addRule(overridden);
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

const HAS_FORMS = /^(?:require|forbid|unsafe-call):/m;

/** What the guardrail leaves out, its rules leave out as well; a rule that says itself where it runs is believed. */
function pathsWithin({ paths }: Guardrail, { paths: own }: Rule): Rule['paths'] {
  return {
    include: own.include.length > 0 ? own.include : paths.include,
    exclude: [...own.exclude, ...paths.exclude],
    narrowed: own.narrowed,
  };
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

/** A problem for people to read, without the lines of a file. */
export function explainPlainly({ subject, place, level, message, remedy }: SetupProblem): string {
  const where = subject === null || place === null ? '' : `${subject}:${place.line}:${place.column}: `;
  return neutralize(`${where}${level}: ${message}${remedy === '' ? '' : `\n  ${remedy}`}`);
}
