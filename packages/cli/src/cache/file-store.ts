import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What no run has added to in so long is thrown away (milliseconds): 30 days. */
const MAX_AGE = 30 * 24 * 60 * 60 * 1000;

/** So many files at most; each is of one project, and of one set of rules. */
const MAX_FILES = 40;

/** All files together; most take one megabyte, summaries for all public rules on a large repository thirty. */
const MAX_BYTES = 500_000_000;

/** Texts in a folder of the user's, which are read by nobody else: they quote code. */
export class FileStore {
  readonly #folder: string;
  readonly #maxBytes: number;

  constructor(folder: string, maxBytes = MAX_BYTES) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  /** null where there is none, or what is there cannot be read. */
  read(name: string): string | null {
    try {
      return readFileSync(join(this.#folder, name), 'utf8');
    } catch {
      return null;
    }
  }

  /** Whole or not at all. That it cannot be written is no harm: the next run finds out again. */
  write(name: string, text: string): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      // One that is left behind by a run that was killed goes with the oldest files.
      const scratch = join(this.#folder, `${name}.${process.pid}.new`);
      writeFileSync(scratch, text, { mode: 0o600 });
      renameSync(scratch, join(this.#folder, name));
      this.#cleanUp();
    } catch {
      return;
    }
  }

  /** The oldest go first. */
  #cleanUp(): void {
    const files = readdirSync(this.#folder).map((name) => ({ name, ...this.#ageAndSize(name) }));
    files.sort((a, b) => a.age - b.age);
    let bytes = 0;
    for (const [index, { name, age, size }] of files.entries()) {
      bytes += size;
      const isTooMuch = index >= MAX_FILES || age > MAX_AGE || bytes > this.#maxBytes;
      if (isTooMuch) rmSync(join(this.#folder, name), { force: true });
    }
  }

  #ageAndSize(name: string): { age: number; size: number } {
    const { mtimeMs, size } = statSync(join(this.#folder, name));
    return { age: Date.now() - mtimeMs, size };
  }
}
