import type { GitResult } from './git.ts';

/** Why git could not answer. All are fatal for a baseline scan (Semgrep exits with 2). */
export interface GitProblem {
  code:
    | 'git-missing'
    | 'git-timeout'
    | 'git-failed'
    | 'not-a-repository'
    | 'unknown-revision'
    | 'shallow-clone'
    | 'no-merge-base';
  message: string;
  remedy: string;
}

/** Words a failed git command. */
export function problemFrom(failure: Extract<GitResult, { ok: false }>): GitProblem {
  const { code, message } = failure;
  if (code === 'git-missing') return { code, message, remedy: 'Install git, or scan without a baseline.' };
  if (code === 'git-timeout') return { code, message, remedy: 'Raise LOCKSTEP_GIT_COMMAND_TIMEOUT (seconds).' };
  if (message.includes('not a git repository')) {
    return { code: 'not-a-repository', message: 'A baseline needs a git repository', remedy: 'Run inside one.' };
  }
  return { code, message, remedy: '' };
}
