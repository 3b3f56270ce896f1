/** A `--config` or `--models` value, or a source of `lockstep.yaml`, that cannot be used as it is. */
export interface ConfigProblem {
  code:
    | 'config-not-found'
    | 'config-remote'
    | 'config-unreadable'
    | 'config-empty'
    | 'unknown-guardrail'
    | 'models-unreadable'
    | 'project-unreadable'
    | 'source-unusable'
    | 'lock-mismatch';
  /** Fatal ones end the run before anything is scanned (Semgrep exits with 7). */
  level: 'fatal' | 'warning';
  /** The value, or the path of the file, as spelled. */
  subject: string;
  message: string;
  /** What to do about it. */
  remedy: string;
}
