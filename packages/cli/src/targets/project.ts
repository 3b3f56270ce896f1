import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What ignore patterns are anchored at (semantics 10 §1). */
export interface Project {
  /** Absolute, free of symbolic links. */
  root: string;
  /** `git`: git itself says which files there are. `other`: the folder is walked. */
  kind: 'git' | 'other';
}

const versionControlFolders = ['.git', '.hg', '.svn', '_darcs'];

/** Finds the nearest folder, from the given one upwards, that is under version control; null if there is none. */
export function findProject(folder: string, known: Map<string, Project | null>): Project | null {
  const cached = known.get(folder);
  if (cached !== undefined) return cached;
  const marker = versionControlFolders.find((name) => existsSync(join(folder, name)));
  let project: Project | null = null;
  if (marker !== undefined) project = { root: folder, kind: marker === '.git' ? 'git' : 'other' };
  else if (dirname(folder) !== folder) project = findProject(dirname(folder), known);
  known.set(folder, project);
  return project;
}
