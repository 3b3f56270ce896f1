import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { Finding, Rule } from '@lockstep/engine';
import { type FindingPlace, guardrailIn } from '@lockstep/guardrails';
import { findProject } from '../targets/project.ts';
import type { Target } from '../targets/target.ts';

/** Where a repository keeps what Lockstep writes down of its findings. */
export const LEDGER_FOLDER = '.lockstep';

/** The root of the repository that a folder lies in; the folder itself where there is none. */
export function repositoryRoot(cwd: string): string {
  const folder = realpathSync(cwd);
  return findProject(folder, new Map())?.root ?? folder;
}

/** Says where findings are, whatever the folder that the scan was started in. */
export interface Placer {
  root: string;
  placeOf(finding: Pick<Finding, 'ruleId' | 'path' | 'metadata' | 'anchor'>): FindingPlace;
  pathOf(reported: string): string;
  isGone(path: string): boolean;
}

export function createPlacer(targets: readonly Target[], root: string): Placer {
  const files = new Map(targets.map(({ path, absolutePath }) => [path, absolutePath]));
  const pathOf = (reported: string) => {
    const file = files.get(reported);
    return file === undefined ? reported : relativePath(root, file);
  };
  return {
    root,
    pathOf,
    placeOf: ({ ruleId, path, metadata, anchor }) => ({
      guardrail: keeperOf({ id: ruleId, metadata }),
      path: pathOf(path),
      symbol: anchor.symbol,
      finding: anchor.identity,
    }),
    isGone: (path) => !existsSync(join(root, path)),
  };
}

/** What lies outside of the repository has its whole path. */
export function relativePath(root: string, file: string): string {
  const path = relative(root, file);
  const isOutside = path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
  return (isOutside ? file : path).split(sep).join('/');
}

/** The guardrail of a rule; of a rule without one, the last part of its id. */
export function keeperOf({ id, metadata }: Pick<Rule, 'id' | 'metadata'>): string {
  return guardrailIn(metadata) ?? id.slice(id.lastIndexOf('.') + 1);
}
