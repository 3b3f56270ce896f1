import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openProject, type Project } from '../../config/open-project.ts';
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
import { withStage } from './stages.ts';

type ConfigSource = Extract<RuleSource, { kind: 'config' }>;

/** What a change is judged by. */
export interface Policy {
  ruleSet: RuleSet;
  /** Ignore files as they count; null: as they are in what is scanned. */
  ignoreFiles: readonly TreeEntry[] | null;
  /** The `lockstep.yaml` that counts; null where there is none. */
  project: Project | null;
  notes: ReportNote[];
}

export interface PolicyOptions {
  source: ConfigSource;
  /** Nothing may be fetched. */
  offline: boolean;
  /** Absolute, free of symbolic links. */
  cwd: string;
  change: Change;
  /** `base`: as it was before the change, so that no change lowers its own bar. */
  from: 'base' | 'head';
  ignoreFileNames: readonly string[];
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
  if (change.base === null || options.from === 'head') {
    const project = openProject(cwd);
    const usual = join(change.repositoryRoot, USUAL_FOLDER);
    const own = existsSync(usual) ? [new Places(cwd, change.repositoryRoot).relative(usual)] : [];
    const ruleSet = await loadRuleSet(projectSource(options, project) ?? withDefault(source, own), cwd);
    return { ok: true, policy: { ruleSet, ignoreFiles: null, project, notes: [] } };
  }
  const before = await PolicyTree.of(change.base.commit, change.repositoryRoot);
  if ('problem' in before) return { ok: false, ...before };
  return new PolicyOfBase(options, change.base, before).load();
}

/** Who names no rules has those of `lockstep.yaml`; null where there is none, or somebody names others. */
function projectSource(
  { source, offline }: Pick<PolicyOptions, 'source' | 'offline'>,
  project: Project | null,
): Extract<RuleSource, { kind: 'project' }> | null {
  if (!source.isDefault || project === null) return null;
  return { kind: 'project', project, rewriteIds: source.rewriteIds, models: source.models, offline };
}

/** Who names no rules has the guardrails of the repository, or else those that come with Lockstep. */
function withDefault(source: ConfigSource, own: readonly string[]): ConfigSource {
  return source.isDefault && own.length > 0 ? { ...source, values: own } : source;
}

class PolicyOfBase {
  readonly #options: PolicyOptions;
  readonly #base: NonNullable<Change['base']>;
  readonly #before: PolicyTree;
  readonly #places: Places;
  readonly #notes: ReportNote[] = [];

  constructor(options: PolicyOptions, base: NonNullable<Change['base']>, before: PolicyTree) {
    this.#options = options;
    this.#base = base;
    this.#before = before;
    this.#places = new Places(options.cwd, options.change.repositoryRoot);
  }

  async load(): Promise<PolicyResult> {
    const { source, ignoreFileNames, workspace } = this.#options;
    const usual = this.#places.relative(join(this.#options.change.repositoryRoot, USUAL_FOLDER));
    const reading = await this.#before.openProject({ places: this.#places, folder: join(workspace, 'before') });
    if ('problem' in reading) return { ok: false, ...reading };
    const { project } = reading;
    const { values } = withDefault(source, this.#before.holds(USUAL_FOLDER) ? [usual] : []);
    const named = source.isDefault ? [...new Set([...values, usual])] : values;
    const paths = [...[...named, ...source.models].map((value) => this.#inRepository(value)), ...reading.paths];
    const touched = changedPolicyFiles(this.#base.entries, { folders: paths, ignoreFileNames });
    this.#noteSubmodules(paths);
    const after = await this.#treeAfter(touched);
    if ('problem' in after) return { ok: false, ...after };
    const ofProject = projectSource(this.#options, project);
    const old = ofProject === null ? await this.#oldRules(values, after) : await this.#projectRules(ofProject, after);
    if ('problem' in old) return { ok: false, ...old };
    const ignoreFiles = this.#before.entries.filter(
      ({ path, kind }) => kind === 'file' && ignoreFileNames.includes(basename(path)),
    );
    const ruleSet = touched.length === 0 ? old : await this.#withAddedRules(old, named, after);
    if ('problem' in ruleSet) return { ok: false, ...ruleSet };
    return { ok: true, policy: { ruleSet, ignoreFiles, project, notes: this.#notes } };
  }

  /** By `lockstep.yaml`, its overrides and its lock, as they were. */
  async #projectRules(
    source: Extract<RuleSource, { kind: 'project' }>,
    after: PolicyTree,
  ): Promise<RuleSet | { problem: GitProblem }> {
    const folder = join(this.#options.workspace, 'before');
    const isKnown = (path: string | null) => after.holds(path);
    const models = await this.#before.models(source.models, { places: this.#places, folder, isKnown });
    if ('problem' in models) return models;
    return loadRuleSet({ ...source, models }, join(folder, this.#places.cwdInRepository));
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
    const { source, workspace } = this.#options;
    const folder = join(workspace, 'after');
    const options = { places: this.#places, folder, isKnown: (path: string | null) => this.#before.holds(path) };
    const reading = await after.openProject(options);
    if ('problem' in reading) return reading;
    const ofProject = projectSource(this.#options, reading.project);
    const values = named.filter((value) => after.holds(this.#inRepository(value)));
    if (ofProject === null && values.length === 0) return old;
    const fresh =
      ofProject === null
        ? await after.load({ ...source, values }, options)
        : await loadRuleSet({ ...ofProject, models: [] }, join(folder, this.#places.cwdInRepository));
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
}
