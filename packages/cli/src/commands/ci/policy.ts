import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ScanDefaults } from '@lockstep/guardrails';
import { ignorePatterns } from '../../config/ignore-patterns-of.ts';
import { openProject } from '../../config/open-project.ts';
import type { GitProblem } from '../../git/git-problem.ts';
import type { TreeEntry } from '../../git/tree-files.ts';
import type { ReportNote } from '../../reports/scan-report.ts';
import { loadRuleSet, type RuleSet } from '../scan/load-rule-set.ts';
import type { RuleSource } from '../scan/settings.ts';
import type { Change } from './find-change.ts';
import { mergeRuleSets } from './merge-rule-sets.ts';
import { Places } from './places.ts';
import { changedPolicyFiles } from './policy-files.ts';
import { PolicyTree } from './policy-tree.ts';
import { findProjectFile, openProjectOfTree, type ProjectOfTree } from './project-of-tree.ts';
import { withStage } from './stages.ts';

type ConfigSource = Extract<RuleSource, { kind: 'config' }>;
type ProjectSource = Extract<RuleSource, { kind: 'project' }>;

/** What a change is judged by. */
export interface Policy {
  ruleSet: RuleSet;
  /** Ignore files as they count; null: as they are in what is scanned. */
  ignoreFiles: readonly TreeEntry[] | null;
  /** Patterns that `lockstep.yaml` ignores. */
  exclude: readonly string[];
  /** Depth and limits that `lockstep.yaml` sets; null where there is none. */
  scan: ScanDefaults | null;
  notes: ReportNote[];
}

export interface PolicyOptions {
  source: ConfigSource | ProjectSource;
  /** Absolute, free of symbolic links. */
  cwd: string;
  change: Change;
  /** `base`: as it was before the change, so that no change lowers its own bar. */
  from: 'base' | 'head';
  ignoreFileNames: readonly string[];
  /** Nothing may be fetched. */
  offline: boolean;
  /** A folder that nobody else can write to. */
  workspace: string;
}

export type PolicyResult = { ok: true; policy: Policy } | { ok: false; problem: GitProblem };

/** Where a repository keeps its guardrails, for those who name none. */
const USUAL_FOLDER = 'guardrails';

/**
 * Loads rules, guardrails and models. Those that are kept in the repository come from the commit before the change; what
 * the change adds runs beside them at stage `monitor`. What git does not keep, such as installed packages, is read from
 * where it is.
 */
export async function loadPolicy(options: PolicyOptions): Promise<PolicyResult> {
  const { change, cwd, source } = options;
  if (change.base === null || options.from === 'head') return { ok: true, policy: await policyAsItIs(options) };
  const before = await PolicyTree.of(change.base.commit, change.repositoryRoot);
  if ('problem' in before) return { ok: false, ...before };
  // A change that takes `lockstep.yaml` away is judged by it all the same.
  const file = findProjectFile(before, cwd, change.repositoryRoot);
  const takesRules = source.kind === 'project' || source.isDefault;
  const asConfig = source.kind === 'project' ? defaultSource(source) : source;
  return new PolicyOfBase({ ...options, source: asConfig, file, takesRules }, change.base, before).load();
}

/** From the working tree. */
async function policyAsItIs({ change, cwd, source }: PolicyOptions): Promise<Policy> {
  const { repositoryRoot } = change;
  const project = source.kind === 'project' ? source.project : openProject(cwd);
  const own = existsSync(join(repositoryRoot, USUAL_FOLDER)) ? [join(repositoryRoot, USUAL_FOLDER)] : [];
  const places = new Places(cwd, repositoryRoot);
  const relative = own.map((value) => places.relative(value));
  return {
    ruleSet: await loadRuleSet(source.kind === 'project' ? source : withDefault(source, relative), cwd),
    ignoreFiles: null,
    exclude: project === null ? [] : ignorePatterns(project, repositoryRoot),
    scan: project?.config?.scan ?? null,
    notes: [],
  };
}

/** What counts where there is no `lockstep.yaml` yet. */
function defaultSource({ rewriteIds, models }: ProjectSource): ConfigSource {
  return { kind: 'config', values: ['lockstep:default'], isDefault: true, rewriteIds, models };
}

/** Who names no rules has the guardrails of the repository, or else those that come with Lockstep. */
function withDefault(source: ConfigSource, own: readonly string[]): ConfigSource {
  return source.isDefault && own.length > 0 ? { ...source, values: own } : source;
}

interface BaseOptions extends Omit<PolicyOptions, 'source'> {
  source: ConfigSource;
  /** The `lockstep.yaml` that counts, from the repository's root; null: none. */
  file: string | null;
  /** It says which rules count; else only which files and limits. */
  takesRules: boolean;
}

class PolicyOfBase {
  readonly #options: BaseOptions;
  readonly #base: NonNullable<Change['base']>;
  readonly #before: PolicyTree;
  readonly #places: Places;
  readonly #notes: ReportNote[] = [];

  constructor(options: BaseOptions, base: NonNullable<Change['base']>, before: PolicyTree) {
    this.#options = options;
    this.#base = base;
    this.#before = before;
    this.#places = new Places(options.cwd, options.change.repositoryRoot);
  }

  async load(): Promise<PolicyResult> {
    const { source, ignoreFileNames, file, takesRules } = this.#options;
    const found = file === null ? null : await this.#openProject(file, this.#before, 'before');
    if (found !== null && 'problem' in found) return { ok: false, ...found };
    const project = takesRules ? found : null;
    const usual = this.#places.relative(join(this.#options.change.repositoryRoot, USUAL_FOLDER));
    const { values } = withDefault(source, this.#before.holds(USUAL_FOLDER) ? [usual] : []);
    const named = source.isDefault ? [...new Set([...values, usual])] : values;
    const models = source.models.map((value) => this.#inRepository(value));
    const rules = project === null ? named.map((value) => this.#inRepository(value)) : project.paths;
    const folders = [...rules, ...models];
    const touched = changedPolicyFiles(this.#base.entries, { folders, ignoreFileNames });
    this.#noteSubmodules(folders);
    const after = await this.#treeAfter(touched);
    if ('problem' in after) return { ok: false, ...after };
    const old =
      project === null
        ? await this.#oldRules(values, after)
        : await this.#projectRules(project, { after, localOnly: false });
    if ('problem' in old) return { ok: false, ...old };
    const ignoreFiles = this.#before.entries.filter(
      ({ path, kind }) => kind === 'file' && ignoreFileNames.includes(basename(path)),
    );
    const ruleSet = touched.length === 0 ? old : await this.#withAddedRules(old, named, after);
    if ('problem' in ruleSet) return { ok: false, ...ruleSet };
    const exclude = found === null ? [] : found.exclude;
    const scan = found?.project.config?.scan ?? null;
    return { ok: true, policy: { ruleSet, ignoreFiles, exclude, scan, notes: this.#notes } };
  }

  #inRepository(value: string): string | null {
    return this.#places.inRepository(value);
  }

  /** Where no policy file has changed, both sides are the same, and one look will do. */
  async #treeAfter(touched: string[]): Promise<PolicyTree | { problem: GitProblem }> {
    const { head, repositoryRoot } = this.#options.change;
    if (touched.length === 0) return this.#before;
    this.#notes.push({
      code: 'policy-changed',
      level: 'notice',
      title: `This change touches what it is checked by; what counts is how that was before (${this.#base.commit.slice(0, 12)})`,
      items: touched,
    });
    return PolicyTree.of(head, repositoryRoot);
  }

  /** What a submodule held before is not in this repository: it counts as it is checked out, and that must be known. */
  #noteSubmodules(paths: readonly (string | null)[]): void {
    const items = this.#before
      .submodulesOf(paths)
      .filter((path) => this.#base.entries.some((each) => each.path === path));
    if (items.length === 0) return;
    const title = 'This change moves submodules that it is checked by; they count as the change leaves them';
    this.#notes.push({ code: 'policy-submodule', level: 'notice', title, items });
  }

  async #oldRules(values: readonly string[], after: PolicyTree): Promise<RuleSet | { problem: GitProblem }> {
    const { source, cwd, workspace } = this.#options;
    const paths = values.map((value) => this.#inRepository(value));
    const kept = values.filter((_, at) => this.#before.holds(paths[at] ?? null));
    const elsewhere = values.filter(
      (_, at) => !this.#before.holds(paths[at] ?? null) && !after.holds(paths[at] ?? null),
    );
    const links = this.#before.linksBelow(paths);
    if (links.length > 0) {
      this.#notes.push({
        code: 'policy-links',
        level: 'notice',
        title: 'Links among the rules are not followed: name what they point to with --config',
        items: links,
      });
    }
    const folder = join(workspace, 'before');
    const options = { places: this.#places, folder, isKnown: (path: string | null) => after.holds(path) };
    const sets: RuleSet[] = [];
    if (elsewhere.length > 0) {
      const models = await this.#before.models(source.models, options);
      if ('problem' in models) return models;
      sets.push(await loadRuleSet({ ...source, values: elsewhere, models }, cwd));
    }
    if (kept.length > 0) {
      const set = await this.#before.load({ ...source, values: kept }, options);
      if ('problem' in set) return set;
      sets.push(set);
    }
    return mergeRuleSets(sets);
  }

  /** Rules that the change adds find for security alone until they are merged; what is wrong with them stops nobody. */
  async #withAddedRules(
    old: RuleSet,
    named: readonly string[],
    after: PolicyTree,
  ): Promise<RuleSet | { problem: GitProblem }> {
    const fresh = await this.#newRules(named, after);
    if (fresh === null) return old;
    if ('problem' in fresh) return fresh;
    const oldProblems = new Set([...old.problems, ...old.guardrailProblems].map((problem) => problem.message));
    const errors = [...fresh.problems, ...fresh.guardrailProblems].filter(
      ({ level, message }) => level === 'error' && !oldProblems.has(message),
    );
    if (errors.length > 0) {
      this.#notes.push({
        code: 'policy-broken',
        level: 'notice',
        title: 'Rules or guardrails cannot be used as this change leaves them',
        items: errors.map((problem) => fresh.explain(problem).split('\n')[0] ?? ''),
      });
    }
    const known = new Set(old.rules.map(({ id }) => id));
    const added = fresh.rules.filter(({ id }) => !known.has(id)).map((rule) => withStage(rule, 'monitor'));
    return { ...old, rules: [...old.rules, ...added], guardrails: new Map([...fresh.guardrails, ...old.guardrails]) };
  }

  /** The rules of the repository as the change leaves it; null where it has none. */
  async #newRules(named: readonly string[], after: PolicyTree): Promise<RuleSet | null | { problem: GitProblem }> {
    const { source, workspace, cwd, change } = this.#options;
    const file = source.isDefault ? findProjectFile(after, cwd, change.repositoryRoot) : null;
    if (file !== null) {
      const project = await this.#openProject(file, after, 'after');
      // Nothing is fetched because a change asks for it.
      return 'problem' in project ? project : this.#projectRules(project, { after: this.#before, localOnly: true });
    }
    const values = named.filter((value) => after.holds(this.#inRepository(value)));
    if (values.length === 0) return null;
    const folder = join(workspace, 'after');
    const isKnown = (path: string | null) => this.#before.holds(path);
    return after.load({ ...source, values }, { places: this.#places, folder, isKnown });
  }

  async #openProject(file: string, tree: PolicyTree, name: string): Promise<ProjectOfTree | { problem: GitProblem }> {
    const { workspace } = this.#options;
    return openProjectOfTree(file, tree, join(workspace, `project-${name}`));
  }

  async #projectRules(
    { project, cwd }: ProjectOfTree,
    { after, localOnly }: { after: PolicyTree; localOnly: boolean },
  ): Promise<RuleSet | { problem: GitProblem }> {
    const { source, workspace, offline } = this.#options;
    const folder = join(workspace, 'models');
    const isKnown = (path: string | null) => after.holds(path);
    const models = await this.#before.models(source.models, { places: this.#places, folder, isKnown });
    if ('problem' in models) return models;
    const { rewriteIds } = source;
    return loadRuleSet({ kind: 'project', project, rewriteIds, models, localOnly, offline }, cwd);
  }
}
