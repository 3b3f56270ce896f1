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
 * `realFolders` remembers where folders really are, as commit hooks pass thousands of files one by one.
 */
export function resolveScanRoot(spelled: string, cwd: string, realFolders: Map<string, string>): ScanRootResult {
  if (spelled === '-') return { ok: true, root: { kind: 'stdin', path: '-' } };
  const path = normalizeSpelling(spelled);
  const absolutePath = resolve(cwd, path);
  const stats = spelled === '' ? undefined : lstatOf(absolutePath);
  if (stats === undefined) return invalid(spelled);
  if (stats.isSymbolicLink()) return resolveLink(spelled, path, absolutePath);
  if (stats.isFIFO()) return { ok: true, root: { kind: 'pipe', path, absolutePath } };
  if (!stats.isDirectory() && !stats.isFile()) return { ok: true, root: { kind: 'nothing', path } };
  if (stats.isDirectory()) {
    return { ok: true, root: { kind: 'folder', path, absolutePath: realFolder(absolutePath, realFolders) } };
  }
  const folder = realFolder(dirname(absolutePath), realFolders);
  return { ok: true, root: { kind: 'file', path, absolutePath: join(folder, basename(absolutePath)) } };
}

/** What a shell's `<(…)` passes, `/dev/fd/63`, is a link to a pipe; all other links are refused. */
function resolveLink(spelled: string, path: string, absolutePath: string): ScanRootResult {
  let isPipe: boolean;
  try {
    isPipe = statSync(absolutePath).isFIFO();
  } catch {
    return invalid(spelled);
  }
  if (isPipe) return { ok: true, root: { kind: 'pipe', path, absolutePath } };
  const problem = fatal(
    'symlink-root',
    path,
    `Invalid scanning root: ${path} is a symbolic link.`,
    `Links are not followed, so that no file is scanned twice. Pass what it points to: ${realpathSync(absolutePath)}`,
  );
  return { ok: false, problem };
}

/** Drops `.` names, repeated and trailing slashes; keeps `..`, which may lead through a symbolic link. */
export function normalizeSpelling(path: string): string {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return (path.startsWith('/') ? '/' : '') + names.join('/');
}

function invalid(spelled: string): ScanRootResult {
  const problem = fatal('invalid-root', spelled, `Invalid scanning root: ${spelled}`, 'Check the path.');
  return { ok: false, problem };
}

function realFolder(folder: string, known: Map<string, string>): string {
  let real = known.get(folder);
  if (real === undefined) {
    real = realpathSync(folder);
    known.set(folder, real);
  }
  return real;
}

function lstatOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
