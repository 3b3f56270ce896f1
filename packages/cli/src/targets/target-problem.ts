/** Something that kept files from being found. Fatal ones leave the report without targets (Semgrep exits with 2). */
export interface TargetProblem {
  code:
    | 'invalid-root'
    | 'symlink-root'
    | 'outside-project-root'
    | 'bad-pattern'
    | 'bad-ignore-pattern'
    | 'git-listing-failed'
    | 'unreadable-folder'
    | 'unreadable-file'
    | 'undecodable-name';
  level: 'fatal' | 'warning';
  /** What it is about: a scan root, a pattern or a path, as spelled. */
  subject: string;
  message: string;
  /** What to do about it; empty where there is nothing to say. */
  remedy: string;
}

export function fatal(code: TargetProblem['code'], subject: string, message: string, remedy = ''): TargetProblem {
  return { code, level: 'fatal', subject, message, remedy };
}

export function warning(code: TargetProblem['code'], subject: string, message: string, remedy = ''): TargetProblem {
  return { code, level: 'warning', subject, message, remedy };
}
