import { homedir } from 'node:os';
import { isAbsolute, relative, resolve } from 'node:path';

/** Says what the values of `--config` and `--models` are called within the repository. */
export class Places {
  readonly #cwd: string;
  readonly #repositoryRoot: string;

  /** Both absolute and free of symbolic links. */
  constructor(cwd: string, repositoryRoot: string) {
    this.#cwd = cwd;
    this.#repositoryRoot = repositoryRoot;
  }

  /** Where the command runs; empty for the root. */
  get cwdInRepository(): string {
    return relative(this.#repositoryRoot, this.#cwd);
  }

  /** A path from the repository's root, which is the empty path itself; null for what is elsewhere, or no path at all. */
  inRepository(value: string): string | null {
    if (value === '' || value.startsWith('lockstep:')) return null;
    const path = relative(this.#repositoryRoot, this.absolute(value));
    return path === '..' || path.startsWith('../') || isAbsolute(path) ? null : path;
  }

  absolute(value: string): string {
    return resolve(this.#cwd, value.replace(/^~(?=\/|$)/, homedir()));
  }

  /** The same place in words that mean it in a copy of the repository too. */
  relative(value: string): string {
    const isRelative = !isAbsolute(value) && !/^~(?=\/|$)/.test(value);
    return isRelative ? value : relative(this.#cwd, this.absolute(value)) || '.';
  }
}
