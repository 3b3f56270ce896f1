import { splitNul } from './git.ts';

/** One line of `git diff-tree --raw` or `git diff-index --raw`: what became of one file. */
export interface DiffEntry {
  /** A regular file before, and now; links are none, nor are submodules. */
  wasFile: boolean;
  isFile: boolean;
  isExecutable: boolean;
  oldBlob: string;
  newBlob: string;
  oldPath: string;
  path: string;
}

/** What makes git's answer the same whatever the repository's settings: 1000 is its own limit for inexact renames. */
export const RAW_DIFF_FLAGS = ['--raw', '-z', '--no-abbrev', '-M', '-l1000'] as const;

/** `:100644 100644 <old> <new> R086`, then the old path, then for a rename or copy the new one. */
export function parseRawDiff(output: Buffer): DiffEntry[] {
  const fields = splitNul(output);
  const entries: DiffEntry[] = [];
  for (let index = 0; index < fields.length; ) {
    const [oldMode = '', newMode = '', oldBlob = '', newBlob = '', status = ''] = fields[index++]!.slice(1).split(' ');
    const oldPath = fields[index++] ?? '';
    const path = /^[RC]/.test(status) ? (fields[index++] ?? '') : oldPath;
    entries.push({
      wasFile: isFileMode(oldMode),
      isFile: isFileMode(newMode) || status.startsWith('U'),
      isExecutable: newMode === '100755',
      oldBlob,
      newBlob,
      oldPath,
      path,
    });
  }
  return entries;
}

/** 100644 or 100755; links are 120000, submodules 160000. */
export function isFileMode(mode: string): boolean {
  return mode.startsWith('100');
}
