import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isGuardrailManifest, isRuleFileName } from '../../config/rule-file-names.ts';
import type { GitProblem } from '../../git/git-problem.ts';
import { listTree, type TreeEntry, writeFiles } from '../../git/tree-files.ts';
import { loadRuleSet, type RuleSet } from '../scan/load-rule-set.ts';
import type { RuleSource } from '../scan/settings.ts';
import type { Places } from './places.ts';

type ConfigSource = Extract<RuleSource, { kind: 'config' }>;

export interface LoadOptions {
  places: Places;
  /** Where files are written to. */
  folder: string;
  /** Whether another commit has something at a path. */
  isKnown(path: string | null): boolean;
}

/** What a commit holds of rules, guardrails and models. */
export class PolicyTree {
  readonly entries: readonly TreeEntry[];
  readonly #repositoryRoot: string;

  static async of(commit: string, repositoryRoot: string): Promise<PolicyTree | { problem: GitProblem }> {
    const listing = await listTree(commit, [], { cwd: repositoryRoot });
    return listing.ok ? new PolicyTree(listing.entries, repositoryRoot) : { problem: listing.problem };
  }

  constructor(entries: readonly TreeEntry[], repositoryRoot: string) {
    this.entries = entries;
    this.#repositoryRoot = repositoryRoot;
  }

  /** Whether there is anything at a path or below it. */
  holds(path: string | null): boolean {
    return path !== null && this.entries.some((entry) => isAtOrBelow(entry.path, path));
  }

  /** Links at or below some paths: they are never followed. */
  linksBelow(paths: readonly (string | null)[]): string[] {
    return this.#below(paths)
      .filter(({ path, kind }) => kind === 'link' && mayHoldRules(path, paths))
      .map(({ path }) => path);
  }

  /**
   * Loads rules as this commit has them: what the values name is written to a folder of its own and read from there, so
   * that rules have the ids that they have in the working tree.
   */
  async load(source: ConfigSource, options: LoadOptions): Promise<RuleSet | { problem: GitProblem }> {
    const { places, folder } = options;
    const models = await this.models(source.models, options);
    if ('problem' in models) return models;
    const written = await this.write(
      source.values.map((value) => places.inRepository(value)),
      folder,
    );
    if (written !== null) return written;
    const cwd = join(folder, places.cwdInRepository);
    mkdirSync(cwd, { recursive: true, mode: 0o700 });
    return loadRuleSet({ ...source, values: source.values.map((value) => places.relative(value)), models }, cwd);
  }

  /** Folders of models as this commit has them; those that only another commit has are left out. */
  async models(
    values: readonly string[],
    { places, folder, isKnown }: LoadOptions,
  ): Promise<string[] | { problem: GitProblem }> {
    const paths = values.map((value) => places.inRepository(value));
    const written = await this.write(paths, folder);
    if (written !== null) return written;
    return values.flatMap((value, at) => {
      const path = paths[at] ?? null;
      if (path !== null && this.holds(path)) return [join(folder, path)];
      return isKnown(path) ? [] : [places.absolute(value)];
    });
  }

  /** Writes what is at or below some paths, as far as it may hold rules. */
  async write(paths: readonly (string | null)[], folder: string): Promise<{ problem: GitProblem } | null> {
    const files = this.#below(paths).filter(({ path, kind }) => kind === 'file' && mayHoldRules(path, paths));
    const written = await writeFiles(files, folder, { cwd: this.#repositoryRoot });
    return written.ok ? null : { problem: written.problem };
  }

  #below(paths: readonly (string | null)[]): TreeEntry[] {
    return this.entries.filter(({ path }) => paths.some((each) => each !== null && isAtOrBelow(path, each)));
  }
}

/** Whether a path is a folder or file itself, or lies in it; the empty path is the root. */
export function isAtOrBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Of a file that is named itself, the extension does not matter. */
function mayHoldRules(path: string, named: readonly (string | null)[]): boolean {
  const name = basename(path);
  return named.includes(path) || isRuleFileName(name) || isGuardrailManifest(name);
}
