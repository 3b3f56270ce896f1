import { relative } from 'node:path';
import { findProject } from '../targets/project.ts';
import type { Project } from './open-project.ts';

/**
 * What a `lockstep.yaml` ignores, as `--exclude` patterns: these are anchored at the root of the repository, and its own at
 * the folder that it lies in.
 */
export function ignorePatterns({ root, config }: Project, top = findProject(root, new Map())?.root ?? root): string[] {
  const below = relative(top, root).replaceAll('\\', '/');
  const patterns = config?.ignore ?? [];
  return below === '' ? patterns : patterns.map((pattern) => movedBelow(pattern, below));
}

/** A pattern of one name floats: it is about files of that name in any folder. */
function movedBelow(pattern: string, folder: string): string {
  const [, sign = '', path = ''] = /^(!?)\/?(.*)$/s.exec(pattern) ?? [];
  const floats = !pattern.replace(/^!/, '').startsWith('/') && !path.replace(/\/$/, '').includes('/');
  return `${sign}/${escapeGlob(folder)}/${floats ? '**/' : ''}${path}`;
}

function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]!]/g, '\\$&');
}
