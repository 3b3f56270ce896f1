import { statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isWithin } from '../../config/is-within.ts';
import { projectSources } from '../../config/project-sources.ts';
import { tell } from '../../reports/print.ts';
import { projectNote } from '../../reports/project-note.ts';

/** Where tests lie, and where their rules do; null: with them. */
export interface TestPair {
  target: string;
  config: string | null;
}

/** What `lockstep.yaml` names, for tests; relative to the folder the command runs in. */
export interface ProjectTests {
  pairs: TestPair[];
  /** Folders. */
  models: string[];
}

/**
 * The tests of the rules that `lockstep.yaml` names, but for those that come with Lockstep, which are shipped without. null
 * where there is no such file.
 */
export async function projectTests(offline: boolean): Promise<ProjectTests | null> {
  const cwd = process.cwd();
  const sources = await projectSources(cwd, offline);
  if (sources === null) return null;
  const { project, found } = sources;
  tell(projectNote(project));
  const shown = (path: string) => relative(cwd, path) || '.';
  const { guardrails = [], rules = [] } = project.config ?? {};
  const own = [
    ...guardrails.flatMap((source) => (source.kind === 'folder' ? [source.folder] : [])),
    ...rules.map((path) => path.relative),
  ].map((path) => pairIn(join(project.root, path), shown));
  const fetched = found.guardrails
    .filter(({ bundled, absolutePath }) => !bundled && !isWithin(project.root, absolutePath))
    .map(({ absolutePath }): TestPair => ({ target: shown(dirname(absolutePath)), config: null }));
  return { pairs: [...own, ...fetched], models: found.models.map(shown) };
}

function pairIn(path: string, shown: (path: string) => string): TestPair {
  if (statSync(path).isDirectory()) return { target: shown(path), config: null };
  return { target: shown(dirname(path)), config: shown(path) };
}
