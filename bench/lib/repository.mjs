import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './options.mjs';

/**
 * Clones a repository to a folder, which leaves the repository itself alone.
 *
 * @param {string} repository
 * @param {string} folder
 */
export function cloneTo(repository, folder) {
  git('.', 'clone', '--quiet', '--shared', repository, folder);
}

/**
 * Python files of ordinary size that are no tests, evenly spread over a repository: the same ones each time.
 *
 * @param {string} repository
 * @param {number} count
 */
export function spreadFiles(repository, count) {
  const tracked = trackedFiles(repository);
  const sizeOf = (/** @type {string} */ path) => statSync(join(repository, path)).size;
  const candidates = tracked
    .filter((path) => path.endsWith('.py') && !/(?:^|\/)tests?\//.test(path))
    .filter((path) => sizeOf(path) > 3000 && sizeOf(path) < 100_000);
  if (candidates.length < count) {
    throw new UsageError(`${repository} has ${candidates.length} Python files of 3 to 100 KB, and ${count} are wanted`);
  }
  return Array.from({ length: count }, (_, at) => candidates[Math.floor((at * candidates.length) / count)] ?? '');
}

/** @param {string} repository */
export function trackedFiles(repository) {
  return git(repository, 'ls-files', '-z').split('\0').slice(0, -1);
}

/**
 * @param {string} cwd
 * @param {...string} args
 */
export function git(cwd, ...args) {
  return execFileSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 1e8 });
}
