import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What no run has added to in so long is thrown away (milliseconds): 30 days. */
const MAX_AGE = 30 * 24 * 60 * 60 * 1000;

/** So many files at most; each is of one project, and of one set of rules. */
const MAX_FILES = 40;

/** JSON files in a folder of the user's, which are read by nobody else: they quote code. */
export class JsonStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** null where there is none, or what is there cannot be read. */
  read(name: string): unknown {
    try {
      return JSON.parse(this.readText(name) ?? '');
    } catch {
      return null;
    }
  }

  /** As it stands there. */
  readText(name: string): string | null {
    try {
      return readFileSync(join(this.#folder, name), 'utf8');
    } catch {
      return null;
    }
  }

  write(name: string, value: unknown): void {
    this.writeText(name, JSON.stringify(value));
  }

  /** Whole or not at all. That it cannot be written is no harm: the next run finds out again. */
  writeText(name: string, text: string): void {
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

  #cleanUp(): void {
    const files = readdirSync(this.#folder).map((name) => ({ name, age: this.#age(name) }));
    files.sort((a, b) => a.age - b.age);
    for (const [index, { name, age }] of files.entries()) {
      if (index >= MAX_FILES || age > MAX_AGE) rmSync(join(this.#folder, name), { force: true });
    }
  }

  #age(name: string): number {
    return Date.now() - statSync(join(this.#folder, name)).mtimeMs;
  }
}
