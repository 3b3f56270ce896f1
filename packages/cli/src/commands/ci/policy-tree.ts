import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isGuardrailManifest, isRuleFileName } from '../../config/rule-file-names.ts';
import type { GitProblem } from '../../git/git-problem.ts';
import { listTree, type TreeEntry, writeFiles } from '../../git/tree-files.ts';
import { loadRuleSet, type RuleSet } from '../scan/load-rule-set.ts';
import type { RuleSource } from '../scan/settings.ts';
import type { Places } from './places.ts';

type ConfigSource = Extract<RuleSource, { kind: 'config' }>;

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
   * that rules have the ids that they have in the working tree. `isKnown` tells of models that another commit has.
   */
  async load(
    source: ConfigSource,
    { places, folder, isKnown }: { places: Places; folder: string; isKnown: (path: string | null) => boolean },
  ): Promise<RuleSet | { problem: GitProblem }> {
    const wanted = [...source.values, ...source.models].map((value) => places.inRepository(value));
    const files = this.#below(wanted).filter(({ path, kind }) => kind === 'file' && mayHoldRules(path, wanted));
    const cwd = join(folder, places.cwdInRepository);
    mkdirSync(cwd, { recursive: true, mode: 0o700 });
    const written = await writeFiles(files, folder, { cwd: this.#repositoryRoot });
    if (!written.ok) return { problem: written.problem };
    const models = source.models.flatMap((model) => {
      const path = places.inRepository(model);
      if (path !== null && this.holds(path)) return [join(folder, path)];
      return isKnown(path) ? [] : [places.absolute(model)];
    });
    const values = source.values.map((value) => places.relative(value));
    return loadRuleSet({ ...source, values, models }, cwd);
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
