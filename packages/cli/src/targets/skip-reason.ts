/**
 * Why a file or folder is not a target (semantics 10 §6, Semgrep's spelling). Reports leave `binary` out of
 * `paths.skipped`, as Semgrep does; it is here so that nothing is dropped without a trace.
 */
export type SkipReason =
  | 'semgrepignore_patterns_match'
  | 'cli_exclude_flags_match'
  | 'cli_include_flags_do_not_match'
  | 'exceeded_size_limit'
  | 'minified'
  | 'binary'
  | 'insufficient_permissions'
  | 'Nonexistent_file';

export interface SkippedPath {
  /** Spelled like a target's path. A skipped folder stands for everything below it. */
  path: string;
  reason: SkipReason;
}
