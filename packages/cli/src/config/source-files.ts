import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareTexts } from '@lockstep/engine';

/** The files of a source by their paths in it, `/` between names. */
export type SourceFiles = ReadonlyMap<string, Uint8Array>;

/** What keeps a source from being used; for people to read. */
export class SourceFault extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** A library of guardrails has some hundred files of some kB; whoever points at a whole product wants a `folder`. */
const MAX_FILES = 10_000;
const MAX_BYTES = 50_000_000;

/** Collects the files of a source that somebody else wrote: bounded, and nothing that leads elsewhere. */
export class SourceFileCollector {
  readonly #files = new Map<string, Uint8Array>();
  #bytes = 0;

  /** Before reading it: whether there is room for a file of this size. */
  reserve(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > MAX_BYTES || this.#files.size >= MAX_FILES) {
      throw new SourceFault(
        `it holds more than ${MAX_FILES} files or ${MAX_BYTES / 1_000_000} MB`,
        'Name the folder that the guardrails are in with `folder:`.',
      );
    }
  }

  /** Reserve its room first. */
  add(path: string, content: Uint8Array): void {
    if (!isPlainPath(path)) {
      throw new SourceFault(
        `it holds a file of the name ${JSON.stringify(path)}`,
        'Ask its owners to rename the file.',
      );
    }
    this.#files.set(path, content);
  }

  files(): SourceFiles {
    return new Map([...this.#files].sort(([a], [b]) => compareTexts(a, b)));
  }
}

/** Reads a folder that we wrote ourselves. A link, or whatever else is no file, was put there by somebody else. */
export function readSourceFolder(folder: string): SourceFiles {
  const collector = new SourceFileCollector();
  const visit = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) addFrom(collector, folder, path);
      else throw new SourceFault(`${path} in ${folder} is no file`, 'Remove it.');
    }
  };
  visit('');
  return collector.files();
}

function addFrom(collector: SourceFileCollector, folder: string, path: string): void {
  const absolute = join(folder, path);
  collector.reserve(lstatSync(absolute).size);
  collector.add(path, readFileSync(absolute));
}

/**
 * What stands for the files of a source: the SHA-256 of a list with one line for each, its own SHA-256 and its path, as
 * `sha256sum` prints them.
 */
export function hashSource(files: SourceFiles): string {
  const lines = [...files].map(([path, content]) => `${sha256(content)}  ${path}\n`);
  return sha256(lines.sort((a, b) => compareTexts(a.slice(66), b.slice(66))).join(''));
}

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Names that mean the same on every system, and on a terminal. */
function isPlainPath(path: string): boolean {
  return path.split('/').every((name) => name !== '.' && name !== '..' && /^[^\\:\p{Cc}\p{Cf}]+$/u.test(name));
}
