import { formatProblem } from '@lockstep/engine';
import { UsageError } from '../commands/usage-error.ts';
import { bundledGuardrails } from '../installation.ts';
import { openProject, type Project } from './open-project.ts';
import { findProjectRules, type ProjectRules } from './project-rules.ts';
import { cacheFolder, SourceCache } from './source-cache.ts';

/** What a repository is checked with, by its `lockstep.yaml`. */
export interface ProjectSources {
  project: Project;
  found: ProjectRules;
}

/**
 * The sources of the `lockstep.yaml` that counts in a folder, held to their lock as a scan holds them; null where there is
 * none. Throws `UsageError` with everything that keeps them from being used.
 */
export async function projectSources(cwd: string, offline: boolean): Promise<ProjectSources | null> {
  const project = openProject(cwd);
  if (project === null) return null;
  const cache = new SourceCache(cacheFolder(process.env));
  const options = { localOnly: false, offline, cache, bundledGuardrails: bundledGuardrails() };
  const found = await findProjectRules(project, options);
  const faults = [
    ...found.fileProblems
      .filter(({ problem }) => problem.level === 'error')
      .map(({ problem, text }) => formatProblem(problem, text)),
    ...found.problems
      .filter(({ level }) => level === 'fatal')
      .map(({ message, remedy }) => (remedy === '' ? message : `${message}\n  ${remedy}`)),
  ];
  if (faults.length > 0) throw new UsageError(faults.join('\n\n'), BAD_CONFIG);
  return { project, found };
}

/** What a scan exits with where its configuration cannot be used. */
const BAD_CONFIG = 7;
