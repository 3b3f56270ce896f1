import { existsSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UsageError } from '../commands/usage-error.ts';
import { isWithin } from './is-within.ts';
import type { Project } from './open-project.ts';

/** The baseline that a `lockstep.yaml` names, relative to the current folder; null if it names none. */
export function projectBaseline({ root, file, config }: Project, cwd: string): string | null {
  const named = config?.baseline ?? null;
  if (named === null) return null;
  const path = join(root, named.relative);
  if (existsSync(path) && !isWithin(root, realpathSync(path))) {
    throw new UsageError(`${file}:${named.place.line}: ${named.relative} is a link that leads out of the repository`);
  }
  return relative(realpathSync(cwd), path);
}
