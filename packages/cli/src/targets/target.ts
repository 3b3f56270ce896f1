import type { SkippedPath } from './skip-reason.ts';
import type { TargetProblem } from './target-problem.ts';

export interface Target {
  /** As reported: relative to the spelled scan root's own spelling. */
  path: string;
  /** For reading; free of symbolic links. */
  absolutePath: string;
  /** Relative to the project root. */
  projectRelativePath: string;
  /** What rule `paths` are matched against: the project path, or for an explicit file the path as typed (01 §1.8). */
  rulePath: string;
  /** Named on the command line itself. */
  explicit: boolean;
  /** To be scanned with every rule if no language claims the file's name. */
  anyLanguage: boolean;
  /** Has an executable bit, so that a `#!` line counts. */
  executable: boolean;
  sizeBytes: number;
}

export interface TargetReport {
  /** Sorted by path; each path once. */
  targets: Target[];
  /** Sorted by path. Files that git ignores are not listed. */
  skipped: SkippedPath[];
  /** If one is fatal, there are no targets. */
  problems: TargetProblem[];
  /** Holds what was read from standard input and pipes; the caller removes it after the scan. */
  temporaryFolder: string | null;
}

export interface TargetOptions {
  /** Absolute; scan roots are relative to it. Default: the process's. */
  cwd: string;
  include: readonly string[];
  exclude: readonly string[];
  /** 0 or less: no limit. Explicit files have none. */
  maxTargetBytes: number;
  excludeMinifiedFiles: boolean;
  /**
   * Costs opening each file that no language claims; a run without `regex` and `generic` rules may pass false, as such
   * files are irrelevant to it.
   */
  excludeBinaryFiles: boolean;
  /** false: walk git projects instead of asking git. Ignore files of ours stay in force. */
  useGitIgnore: boolean;
  /** Overrides the project root of every scan root, and the use of git. */
  projectRoot: string | null;
  /** Take no notice of version control: each scan root is its own project. */
  noVersionControl: boolean;
  /** Scan explicit files that no language claims with every rule. */
  scanUnknownExtensions: boolean;
  /** Let ignore files and `exclude` apply to explicit files as well. */
  forceExclude: boolean;
  /** Looked for in every folder; in one folder, later files win. */
  ignoreFileNames: readonly string[];
  readStandardInput: () => Promise<Uint8Array>;
}
