import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defaultIgnorePatterns } from './default-ignore-patterns.ts';
import {
  type IgnorePattern,
  type IgnoreSubject,
  matchesIgnorePattern,
  parseIgnoreFile,
  parseIgnorePattern,
} from './ignore-patterns.ts';
import type { SkipReason } from './skip-reason.ts';
import { type TargetProblem, warning } from './target-problem.ts';

export interface IgnoreFilterOptions {
  /** Absolute. Patterns of `exclude` and `include` are anchored here. */
  projectRoot: string;
  /** Names of the ignore files looked for in each folder; within a folder, later files win. */
  ignoreFileNames: readonly string[];
  exclude: readonly IgnorePattern[];
  /** Empty: everything is included. */
  include: readonly IgnorePattern[];
}

interface Folder {
  names: readonly string[];
  /** Set if the folder, or one above it, is ignored. Nothing below can be kept then. */
  ignored: SkipReason | null;
  /** The folder, or one above it, matches an include pattern. */
  included: boolean;
  /** Ignore files in force here, from the project root down. */
  levels: readonly Level[];
}

interface Level {
  /** How many names lead from the project root to the ignore file's folder. */
  depth: number;
  patterns: readonly IgnorePattern[];
}

const defaults = defaultIgnorePatterns.map((source) => {
  const pattern = parseIgnorePattern(source);
  if ('message' in pattern) throw new Error(`default ignore pattern ${source}: ${pattern.message}`);
  return pattern;
});

/**
 * Decides which paths of one project are ignored (semantics 10 §3, §4). Paths are relative to the project root,
 * separated by `/`; the root itself is the empty path.
 *
 * Precedence: ignore files from the root down to the path's folder, then the built-in defaults (unless the root has an
 * ignore file), then `--exclude`. Within files the last match counts, so that a nested `!pattern` re-includes what an
 * outer file ignores, as in git. (Semgrep 1.182 reads nested files too, but lets a `!` undo only its own file's
 * patterns; following git scans more.)
 */
export class IgnoreFilter {
  /** Ignore files that could not be read, and lines that were left out. */
  readonly problems: TargetProblem[] = [];
  readonly #options: IgnoreFilterOptions;
  readonly #folders = new Map<string, Folder>();
  readonly #defaults: readonly IgnorePattern[];

  constructor(options: IgnoreFilterOptions) {
    this.#options = options;
    const patterns = this.#readIgnoreFiles('');
    this.#defaults = patterns === null ? defaults : [];
    this.#folders.set('', {
      names: [],
      ignored: null,
      included: options.include.length === 0,
      levels: patterns?.length ? [{ depth: 0, patterns }] : [],
    });
  }

  /** null: the folder is to be entered (which says nothing about `--include`). */
  reasonToSkipFolder(path: string): SkipReason | null {
    return this.#folder(path).ignored;
  }

  /** null: the file is kept. */
  reasonToSkipFile(path: string): SkipReason | null {
    const slash = path.lastIndexOf('/');
    const folder = this.#folder(path.slice(0, Math.max(slash, 0)));
    if (folder.ignored !== null) return folder.ignored;
    const subject = { names: [...folder.names, path.slice(slash + 1)], isFolder: false };
    const ignored = this.#ownReason(subject, folder.levels);
    if (ignored !== null) return ignored;
    return folder.included || this.#isIncluded(subject) ? null : 'cli_include_flags_do_not_match';
  }

  #folder(path: string): Folder {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf('/');
    const parent = this.#folder(path.slice(0, Math.max(slash, 0)));
    const folder = this.#enter(parent, path, path.slice(slash + 1));
    this.#folders.set(path, folder);
    return folder;
  }

  #enter(parent: Folder, path: string, name: string): Folder {
    const subject = { names: [...parent.names, name], isFolder: true };
    const ignored = parent.ignored ?? this.#ownReason(subject, parent.levels);
    const folder = { ...parent, names: subject.names, ignored };
    if (ignored !== null) return folder;
    folder.included = parent.included || this.#isIncluded(subject);
    const patterns = this.#readIgnoreFiles(path);
    if (patterns?.length) folder.levels = [...parent.levels, { depth: subject.names.length, patterns }];
    return folder;
  }

  /** The reason to ignore this very path, given that its folder is kept. */
  #ownReason(subject: IgnoreSubject, levels: readonly Level[]): SkipReason | null {
    if (lastMatch(this.#options.exclude, subject)?.negated === false) return 'cli_exclude_flags_match';
    if (lastMatch(this.#defaults, subject)?.negated === false) return 'semgrepignore_patterns_match';
    for (let index = levels.length - 1; index >= 0; index--) {
      const { depth, patterns } = levels[index]!;
      const relative = depth === 0 ? subject : { ...subject, names: subject.names.slice(depth) };
      const match = lastMatch(patterns, relative);
      if (match !== undefined) return match.negated ? null : 'semgrepignore_patterns_match';
    }
    return null;
  }

  #isIncluded(subject: IgnoreSubject): boolean {
    return this.#options.include.some((pattern) => matchesIgnorePattern(pattern, subject));
  }

  /** The patterns of a folder's ignore files; null if it has none. */
  #readIgnoreFiles(folder: string): IgnorePattern[] | null {
    let patterns: IgnorePattern[] | null = null;
    for (const name of this.#options.ignoreFileNames) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const text = this.#readText(path);
      if (text === null) continue;
      const parsed = parseIgnoreFile(text, (included) => this.#readText(join(folder, included)));
      patterns = [...(patterns ?? []), ...parsed.patterns];
      for (const { line, source, message } of parsed.problems) {
        this.problems.push(
          warning('bad-ignore-pattern', path, `${path}:${line}: ${message} in ${source}; the line has no effect`),
        );
      }
    }
    return patterns;
  }

  /** null if there is no such file. Only regular files are read: a named pipe would block the scan for good. */
  #readText(path: string): string | null {
    const absolute = join(this.#options.projectRoot, path);
    if (!isRegularFile(absolute)) return null;
    try {
      return readFileSync(absolute, 'utf8');
    } catch (error) {
      this.problems.push(warning('unreadable-file', path, `${path} cannot be read: ${(error as Error).message}`));
      return null;
    }
  }
}

/** In a folder that may not be entered there is none; whoever lists that folder reports it. */
function isRegularFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

function lastMatch(patterns: readonly IgnorePattern[], subject: IgnoreSubject): IgnorePattern | undefined {
  return patterns.findLast((pattern) => matchesIgnorePattern(pattern, subject));
}
