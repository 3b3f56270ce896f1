import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findLanguage } from '@lockstep/engine';
import { runGit } from '../../git/git.ts';
import { findTargets } from '../../targets/find-targets.ts';
import { languagesOfTarget } from '../../targets/select-language.ts';
import type { Target } from '../../targets/target.ts';
import { importedModules, isManifest, namedDistributions } from './libraries.ts';

/** What a repository is made of, as far as it decides what to check it for. */
export interface Survey {
  /** Absolute. */
  root: string;
  /** Files by canonical language. */
  languages: ReadonlyMap<string, number>;
  /** Top-level modules that its code imports. */
  modules: ReadonlySet<string>;
  /** Distributions that it says it needs, and other words of those lists. */
  distributions: ReadonlySet<string>;
  /** Guardrails of its own. */
  hasGuardrails: boolean;
  /** Semgrep rules of its own, where Semgrep itself looks for them. */
  ruleFiles: string[];
  /** Addresses of its remotes. */
  remotes: string[];
}

/** Reading 25 MB of Python takes 0.2 s; beyond that, what is imported has been seen. */
const MAX_BYTES = 100_000_000;

/** Looks at the files that a scan would look at; nothing of them is run. */
export async function surveyRepository(root: string): Promise<Survey> {
  const { targets } = await findTargets(['.'], { cwd: root });
  const languages = new Map<string, number>();
  const modules = new Set<string>();
  const distributions = new Set<string>();
  let bytes = 0;
  for (const target of targets) {
    const found = languagesOfTarget(target).map((name) => findLanguage(name)?.name ?? name);
    for (const language of found) languages.set(language, (languages.get(language) ?? 0) + 1);
    bytes += target.sizeBytes;
    if (bytes > MAX_BYTES) continue;
    if (isManifest(basename(target.path))) addAll(distributions, namedDistributions(read(target)));
    if (found.includes('python')) addAll(modules, importedModules(read(target)));
  }
  return {
    root,
    languages,
    modules,
    distributions,
    hasGuardrails: targets.some(({ path }) => /^guardrails\/[^/]+\/guardrail\.ya?ml$/.test(path)),
    ruleFiles: ['.semgrep', '.semgrep.yml', '.semgrep.yaml'].filter((name) => existsSync(join(root, name))),
    remotes: await listRemotes(root),
  };
}

function read({ absolutePath }: Target): string {
  try {
    return readFileSync(absolutePath, 'utf8');
  } catch {
    return ''; // What cannot be read, a scan will name.
  }
}

function addAll(set: Set<string>, values: readonly string[]): void {
  for (const value of values) set.add(value);
}

async function listRemotes(cwd: string): Promise<string[]> {
  const result = await runGit(['config', '--get-regexp', '^remote\\..*\\.url$'], { cwd, repository: 'discovered' });
  if (!result.ok) return [];
  return lines(result.stdout).map((line) => line.slice(line.indexOf(' ') + 1));
}

function lines(output: Buffer): string[] {
  return output
    .toString()
    .split('\n')
    .filter((line) => line !== '');
}
