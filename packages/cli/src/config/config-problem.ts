/** A `--config` or `--models` value that cannot be used as it is. */
export interface ConfigProblem {
  code:
    | 'config-not-found'
    | 'config-remote'
    | 'config-unreadable'
    | 'config-empty'
    | 'unknown-guardrail'
    | 'models-unreadable';
  /** Fatal ones end the run before anything is scanned (Semgrep exits with 7). */
  level: 'fatal' | 'warning';
  /** The value, or the path of the file, as spelled. */
  subject: string;
  message: string;
  /** What to do about it. */
  remedy: string;
}
