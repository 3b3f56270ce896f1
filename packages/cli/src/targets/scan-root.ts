import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fatal, type TargetProblem } from './target-problem.ts';

/** A scan root, looked up. `path` is the spelling that reported paths start with: no `./`, `//` or final `/`. */
export type ScanRoot =
  | { kind: 'folder' | 'file'; path: string; absolutePath: string }
  | { kind: 'pipe'; path: string; absolutePath: string }
  | { kind: 'stdin'; path: string }
  /** Devices and sockets: nothing to scan, no error. */
  | { kind: 'nothing'; path: string };

export type ScanRootResult = { ok: true; root: ScanRoot } | { ok: false; problem: TargetProblem };

/**
 * Looks up one scan root as given on the command line (semantics 10 §1). A missing root and one that is itself a
 * symbolic link are refused; a root below a linked folder is fine. `absolutePath` is free of symbolic links.
 */
export function resolveScanRoot(spelled: string, cwd: string): ScanRootResult {
  if (spelled === '-') return { ok: true, root: { kind: 'stdin', path: '-' } };
  const path = normalizeSpelling(spelled);
  const absolutePath = resolve(cwd, path);
  const stats = spelled === '' ? undefined : statOf(absolutePath);
  if (stats === undefined) return invalid(spelled, `Invalid scanning root: ${spelled}`, 'Check the path.');
  if (stats.isFIFO()) return { ok: true, root: { kind: 'pipe', path, absolutePath } };
  if (lstatSync(absolutePath).isSymbolicLink()) return symbolicLink(path, absolutePath);
  if (stats.isDirectory()) {
    return { ok: true, root: { kind: 'folder', path, absolutePath: realpathSync(absolutePath) } };
  }
  if (stats.isFile()) {
    const real = join(realpathSync(dirname(absolutePath)), basename(absolutePath));
    return { ok: true, root: { kind: 'file', path, absolutePath: real } };
  }
  return { ok: true, root: { kind: 'nothing', path } };
}

/** Drops `.` names, repeated and trailing slashes; keeps `..`, which may lead through a symbolic link. */
export function normalizeSpelling(path: string): string {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return (path.startsWith('/') ? '/' : '') + names.join('/');
}

function invalid(spelled: string, message: string, remedy: string): ScanRootResult {
  return { ok: false, problem: fatal('invalid-root', spelled, message, remedy) };
}

function symbolicLink(path: string, absolutePath: string): ScanRootResult {
  const problem = fatal(
    'symlink-root',
    path,
    `Invalid scanning root: ${path} is a symbolic link.`,
    `Links are not followed, so that no file is scanned twice. Pass what it points to: ${realpathSync(absolutePath)}`,
  );
  return { ok: false, problem };
}

/** Follows symbolic links: `/dev/fd/63`, what a shell's `<(…)` passes, is a link to a pipe. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
