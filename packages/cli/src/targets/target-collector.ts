import { lstatSync, mkdtempSync, type Stats, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { compareTexts, languagesOfFile } from '@lockstep/engine';
import { binarySampleBytes, isBinaryFormat, isMinified, minifiedSampleBytes, readHead } from './file-content-checks.ts';
import { IgnoreFilter } from './ignore-filter.ts';
import type { IgnorePattern } from './ignore-patterns.ts';
import { listGitFiles } from './list-git-files.ts';
import { findProject, type Project } from './project.ts';
import type { ScanRoot } from './scan-root.ts';
import type { SkipReason } from './skip-reason.ts';
import type { Target, TargetOptions, TargetReport } from './target.ts';
import { type TargetProblem, warning } from './target-problem.ts';
import { walkFolder } from './walk-folder.ts';

export interface CollectorOptions extends Omit<TargetOptions, 'include' | 'exclude'> {
  include: readonly IgnorePattern[];
  exclude: readonly IgnorePattern[];
  /** Absolute, free of symbolic links. */
  projectRoot: string | null;
}

type FolderRoot = Extract<ScanRoot, { kind: 'folder' | 'file' }>;

/** A file that an enumeration came upon, under its three names. */
interface Candidate {
  path: string;
  absolutePath: string;
  projectRelativePath: string;
}

/** Gathers the targets of all scan roots of one run. */
export class TargetCollector {
  readonly #options: CollectorOptions;
  readonly #targets = new Map<string, Target>();
  readonly #skipped = new Map<string, SkipReason>();
  readonly #problems: TargetProblem[] = [];
  readonly #projects = new Map<string, Project | null>();
  readonly #filters = new Map<string, IgnoreFilter>();
  #temporaryFolder: string | null = null;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  async collect(root: ScanRoot): Promise<void> {
    if (root.kind === 'folder') await this.#collectFolder(root);
    else if (root.kind === 'file') this.#collectExplicitFile(root);
    else if (root.kind === 'pipe') this.#collectContent(root.path, await readFile(root.absolutePath));
    else if (root.kind === 'stdin') this.#collectContent(root.path, await this.#options.readStandardInput());
  }

  report(): TargetReport {
    const skipped = [...this.#skipped].filter(([path]) => !this.#targets.has(path));
    const problems = [...this.#problems];
    for (const filter of this.#filters.values()) problems.push(...filter.problems);
    return {
      targets: [...this.#targets.values()].sort((a, b) => compareTexts(a.path, b.path)),
      skipped: skipped.sort(([a], [b]) => compareTexts(a, b)).map(([path, reason]) => ({ path, reason })),
      problems,
      temporaryFolder: this.#temporaryFolder,
    };
  }

  async #collectFolder(root: FolderRoot): Promise<void> {
    const project = this.#projectOf(root.absolutePath);
    const filter = this.#filterOf(project);
    const inProject = relative(project.root, root.absolutePath);
    const candidate = (path: string): Candidate => ({
      path: joinPath(root.path, path),
      absolutePath: joinPath(root.absolutePath, path),
      projectRelativePath: joinPath(inProject, path),
    });
    if (project.kind === 'git' && this.#options.useGitIgnore) {
      const listing = await listGitFiles(root.absolutePath);
      if (listing.ok) {
        for (const path of listing.paths) {
          // A repository inside this one, which git lists as a folder.
          if (!path.endsWith('/')) this.#considerFound(candidate(path), filter);
        }
        return;
      }
      this.#problems.push(gitFailed(root.path || '.', listing.message));
    }
    this.#walk(root, candidate, filter);
  }

  #walk(root: FolderRoot, candidate: (path: string) => Candidate, filter: IgnoreFilter): void {
    walkFolder(root.absolutePath, {
      enterFolder: (path, name) => {
        // Never, not even where an ignore file at the project root has switched the defaults off.
        if (name === '.git') return false;
        const { path: spelled, projectRelativePath } = candidate(path);
        const reason = filter.reasonToSkipFolder(projectRelativePath);
        if (reason !== null) this.#skip(spelled, reason);
        return reason === null;
      },
      visitFile: (path) => this.#considerFound(candidate(path), filter),
      onUnreadable: (path, error) => {
        const { path: spelled } = candidate(path);
        this.#skip(spelled, 'insufficient_permissions');
        const message = `${spelled || '.'} cannot be listed: ${error.message}`;
        this.#problems.push(warning('unreadable-folder', spelled || '.', message));
      },
    });
  }

  /** A file that git listed or a walk came upon. */
  #considerFound(candidate: Candidate, filter: IgnoreFilter): void {
    const ignored = filter.reasonToSkipFile(candidate.projectRelativePath);
    if (ignored !== null) return this.#skip(candidate.path, ignored);
    const stats = this.#statFile(candidate);
    if (stats === null) return;
    const reason = this.#reasonInFile(candidate, stats);
    if (reason !== null) return this.#skip(candidate.path, reason);
    if (this.#targets.has(candidate.path)) return;
    this.#targets.set(candidate.path, {
      path: candidate.path,
      absolutePath: candidate.absolutePath,
      projectRelativePath: candidate.projectRelativePath,
      rulePath: candidate.projectRelativePath,
      explicit: false,
      anyLanguage: false,
      executable: isExecutable(stats),
      sizeBytes: stats.size,
    });
  }

  /** The stat of a regular file; null for anything else, such as a link, a submodule or a file deleted meanwhile. */
  #statFile({ path, absolutePath }: Candidate): Stats | null {
    const stats = tryLstat(absolutePath);
    if (stats === 'denied') this.#skip(path, 'insufficient_permissions');
    else if (stats?.isFile()) return stats;
    else if (stats === undefined && path.includes('\uFFFD')) {
      this.#skip(path, 'Nonexistent_file');
      const message = `${path} was not scanned: its name is not valid UTF-8`;
      this.#problems.push(warning('undecodable-name', path, message, 'Rename the file.'));
    }
    return null;
  }

  #reasonInFile({ absolutePath }: Candidate, stats: Stats): SkipReason | null {
    const { maxTargetBytes, excludeMinifiedFiles, excludeBinaryFiles } = this.#options;
    if (maxTargetBytes > 0 && stats.size > maxTargetBytes) return 'exceeded_size_limit';
    if (!isReadable(absolutePath, stats)) return 'insufficient_permissions';
    if (excludeMinifiedFiles && stats.size > 0) {
      const sample = readHead(absolutePath, minifiedSampleBytes);
      if (sample !== null && isMinified(sample)) return 'minified';
    }
    // A file that a language claims is scanned whatever it holds: nobody hides code behind a picture's first bytes.
    if (excludeBinaryFiles && stats.size > 0 && languagesOfFile(basename(absolutePath)).length === 0) {
      const head = readHead(absolutePath, binarySampleBytes);
      if (head !== null && isBinaryFormat(head)) return 'binary';
    }
    return null;
  }

  /** No filter but `forceExclude`, no size limit (semantics 10 §2). */
  #collectExplicitFile(root: FolderRoot): void {
    const { path, absolutePath } = root;
    const project = this.#projectOf(dirname(absolutePath));
    const projectRelativePath = relative(project.root, absolutePath);
    if (this.#options.forceExclude) {
      const reason = this.#filterOf(project).reasonToSkipFile(projectRelativePath);
      if (reason !== null && reason !== 'cli_include_flags_do_not_match') return this.#skip(path, reason);
    }
    const stats = this.#statFile({ path, absolutePath, projectRelativePath });
    if (stats === null) return;
    if (!isReadable(absolutePath, stats)) return this.#skip(path, 'insufficient_permissions');
    this.#targets.set(path, {
      path,
      absolutePath,
      projectRelativePath,
      rulePath: path.replace(/^(\.\.\/)+|^\//, ''),
      explicit: true,
      anyLanguage: this.#options.scanUnknownExtensions,
      executable: isExecutable(stats),
      sizeBytes: stats.size,
    });
  }

  /** What came from a pipe or standard input can be read only once, so it goes to a file of its own. */
  #collectContent(path: string, content: Uint8Array): void {
    if (this.#targets.has(path)) return;
    this.#temporaryFolder ??= mkdtempSync(join(tmpdir(), 'lockstep-'));
    const absolutePath = join(
      this.#temporaryFolder,
      `${this.#targets.size}-${path === '-' ? 'stdin' : basename(path)}`,
    );
    writeFileSync(absolutePath, content, { mode: 0o600 });
    const projectRelativePath = path.replace(/^\//, '');
    this.#targets.set(path, {
      path,
      absolutePath,
      projectRelativePath,
      rulePath: projectRelativePath,
      explicit: true,
      anyLanguage: true,
      executable: false,
      sizeBytes: content.length,
    });
  }

  #projectOf(folder: string): Project {
    const { projectRoot, noVersionControl } = this.#options;
    if (projectRoot !== null) return { root: projectRoot, kind: 'other' };
    const project = noVersionControl ? null : findProject(folder, this.#projects);
    return project ?? { root: folder, kind: 'other' };
  }

  #filterOf({ root }: Project): IgnoreFilter {
    let filter = this.#filters.get(root);
    if (filter === undefined) {
      const { include, exclude, ignoreFileNames } = this.#options;
      filter = new IgnoreFilter({ projectRoot: root, include, exclude, ignoreFileNames });
      this.#filters.set(root, filter);
    }
    return filter;
  }

  #skip(path: string, reason: SkipReason): void {
    this.#skipped.set(path, reason);
  }
}

function gitFailed(root: string, gitMessage: string): TargetProblem {
  return warning(
    'git-listing-failed',
    root,
    `git could not list the files of ${root} (${gitMessage}); the folder was walked instead, including what .gitignore names`,
    'Make git work here (safe.directory, installation), or pass --no-git-ignore if this is what you want.',
  );
}

function tryLstat(path: string): Stats | undefined | 'denied' {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'denied' : undefined;
  }
}

/** Tries only where the mode does not settle it: nearly all files are readable by everyone. */
function isReadable(path: string, stats: Stats): boolean {
  return (stats.mode & 0o444) === 0o444 || readHead(path, 1) !== null;
}

function isExecutable(stats: Stats): boolean {
  return (stats.mode & 0o111) !== 0;
}

function joinPath(folder: string, path: string): string {
  if (folder === '' || folder === '/') return folder + path;
  return path === '' ? folder : `${folder}/${path}`;
}
