import { dirname, relative } from 'node:path';

/**
 * What Semgrep puts before the ids of a file's rules (semantics 01 §1.1): its folders relative to the current one,
 * joined by dots, with a final dot; empty for a file in the current folder. `a/b/c.yml` → `a.b.`.
 * `path` is spelled as on the command line, `cwd` is absolute.
 */
export function ruleIdPrefix(path: string, cwd: string): string {
  const folder = dirname(isBelow(path, cwd) ? relative(cwd, path) : path);
  const names = folder.split('/').filter((name) => name !== '' && name !== '.');
  const dotted = names
    .join('.')
    .replace(/^\.+/, '')
    .replace(/[^A-Za-z0-9._-]/g, '');
  return dotted === '' ? '' : `${dotted}.`;
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
