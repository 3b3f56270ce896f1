import { mkdirSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { ignorePatterns } from '../../config/ignore-patterns-of.ts';
import { openProject, type Project } from '../../config/open-project.ts';
import { LOCK_FILE } from '../../config/project-lock.ts';
import { PROJECT_FILES } from '../../config/rule-file-names.ts';
import type { GitProblem } from '../../git/git-problem.ts';
import type { PolicyTree } from './policy-tree.ts';

/** A `lockstep.yaml` as a commit has it, with what it names, written to a folder of its own. */
export interface ProjectOfTree {
  project: Project;
  /** Its folder in the copy. */
  cwd: string;
  /** What it names in the repository, and it itself; from the repository's root. */
  paths: string[];
  /** What it ignores. */
  exclude: string[];
}

/** The `lockstep.yaml` of a commit that counts in a folder: the nearest one upwards, from the repository's root. */
export function findProjectFile(tree: PolicyTree, cwd: string, repositoryRoot: string): string | null {
  const files = new Set(tree.entries.filter(({ kind }) => kind === 'file').map(({ path }) => path));
  for (let folder = relative(repositoryRoot, cwd); ; folder = dirname(folder)) {
    const found = PROJECT_FILES.map((name) => posix.join(folder, name)).find((path) => files.has(path));
    if (found !== undefined) return found;
    if (folder === '' || folder === '.') return null;
  }
}

/** Writes and reads it; links are never written, so that none leads anywhere. */
export async function openProjectOfTree(
  file: string,
  tree: PolicyTree,
  folder: string,
): Promise<ProjectOfTree | { problem: GitProblem }> {
  const inner = posix.dirname(file);
  const cwd = join(folder, inner);
  mkdirSync(cwd, { recursive: true, mode: 0o700 });
  const own = [file, posix.join(inner, LOCK_FILE)];
  const written = await tree.write(own, folder);
  if (written !== null) return written;
  const project = openProject(cwd);
  if (project === null) throw new Error(`${file} was not written`);
  const { guardrails = [], rules = [], models = [] } = project.config ?? {};
  const named = [
    ...guardrails.flatMap((source) => (source.kind === 'folder' ? [source.folder] : [])),
    ...[...rules, ...models].map((path) => path.relative),
  ].map((path) => posix.join(inner, path));
  const rest = await tree.write(named, folder);
  return rest ?? { project, cwd, paths: [...own, ...named], exclude: ignorePatterns(project, folder) };
}
