import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { messageOf } from '@lockstep/engine';
import { hashSource, readSourceFolder, SourceFault, type SourceFiles } from './source-files.ts';

/** Where fetched sources are kept: `LOCKSTEP_CACHE`, else below the user's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env['LOCKSTEP_CACHE']) return resolve(env['LOCKSTEP_CACHE']);
  const shared = env['XDG_CACHE_HOME'];
  // A relative one is to be ignored, says the specification; it would mean another folder in each repository.
  return join(shared && isAbsolute(shared) ? shared : join(homedir(), '.cache'), 'lockstep');
}

/**
 * Fetched sources, each in a folder named by the hash of what it holds: nothing in it is ever changed, and what was
 * changed by somebody else is not used.
 */
export class SourceCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'sources');
  }

  /** The folder of a source, absolute; null if it is not there as it was put there. */
  find(sha256: string): string | null {
    const folder = join(this.#folder, sha256);
    try {
      return hashSource(readSourceFolder(folder)) === sha256 ? folder : null;
    } catch {
      return null;
    }
  }

  /** Keeps a source; answers with its folder. Two runs that do so at once keep the same. */
  keep(files: SourceFiles): string {
    const sha256 = hashSource(files);
    const folder = join(this.#folder, sha256);
    try {
      mkdirSync(this.#folder, { recursive: true });
      const scratch = mkdtempSync(join(this.#folder, 'new-'));
      try {
        for (const [path, content] of files) {
          mkdirSync(dirname(join(scratch, path)), { recursive: true });
          writeFileSync(join(scratch, path), content);
        }
        if (this.find(sha256) !== null) return folder;
        rmSync(folder, { recursive: true, force: true });
        renameSync(scratch, folder);
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    } catch (error) {
      if (this.find(sha256) !== null) return folder;
      throw new SourceFault(
        `it cannot be kept in ${this.#folder}: ${messageOf(error)}`,
        'Name a folder that can be written to with LOCKSTEP_CACHE.',
      );
    }
    return folder;
  }
}
