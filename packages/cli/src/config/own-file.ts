import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isWithin } from './is-within.ts';

/**
 * Files that a repository keeps for Lockstep may be links that a stranger has made: to what nobody is to read or to
 * overwrite, or to a device that never ends. `root` is absolute and free of links.
 */

/** A record of 100,000 findings has 15 MB. */
const USUAL_LIMIT = 50_000_000;

/** What keeps a file that is there from being read; null: nothing. */
export function readFault(path: string, root: string, maxBytes = USUAL_LIMIT): string | null {
  if (!isWithin(root, realpathSync(path))) return LEADS_OUT;
  const stats = statSync(path);
  if (!stats.isFile()) return 'it is no regular file';
  return stats.size > maxBytes ? `it is larger than ${maxBytes / 1_000_000} MB` : null;
}

/** What keeps a file from being written, whether it is there or not; null: nothing. */
export function writeFault(path: string, root: string): string | null {
  // A link to nowhere would make a file wherever it points to.
  if (isLink(path)) return existsSync(path) ? readFault(path, root) : LEADS_OUT;
  let folder = dirname(path);
  while (!existsSync(folder)) {
    if (isLink(folder)) return FOLDER_LEADS_OUT;
    folder = dirname(folder);
  }
  return isWithin(root, realpathSync(folder)) ? null : FOLDER_LEADS_OUT;
}

const LEADS_OUT = 'it is a link that leads out of the repository';
const FOLDER_LEADS_OUT = 'its folder leads out of the repository';

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
