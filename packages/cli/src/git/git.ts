import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface GitOptions {
  /** Absolute folder git runs in. */
  cwd: string;
  /** Milliseconds; default `gitTimeout(process.env)`. */
  timeoutMs?: number;
  /** Written to git's standard input. */
  input?: string;
  /**
   * `inherited` (default) respects GIT_DIR, GIT_INDEX_FILE and their like, which git sets for hooks; `discovered` drops
   * them, so that the repository is the one `cwd` lies in.
   */
  repository?: 'inherited' | 'discovered';
}

export type GitResult =
  | { ok: true; stdout: Buffer }
  | { ok: false; code: 'git-missing' | 'git-timeout' | 'git-failed'; message: string };

/**
 * Runs one git command, without a shell and without prompting. Settings of the repository that name programs
 * (`core.fsmonitor`) are switched off: a scan never runs what it scans. Failure is a value; `message` is the first line
 * git wrote to standard error.
 */
export function runGit(args: readonly string[], options: GitOptions): Promise<GitResult> {
  const timeoutMs = options.timeoutMs ?? gitTimeout(process.env);
  return new Promise((settle) => {
    const child = spawn('git', ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', ...args], {
      cwd: options.cwd,
      env: gitEnvironment(process.env, options.repository ?? 'inherited'),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    // Settles at once: a process that git started may keep the pipes open long after git itself is gone.
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      for (const stream of child.stdio) stream?.destroy();
      settle({ ok: false, code: 'git-timeout', message: `git ${args[0]} took more than ${timeoutMs / 1000} s` });
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // git may end before it has read its input; its exit code tells the story then.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const code = error.code === 'ENOENT' ? 'git-missing' : 'git-failed';
      settle({ ok: false, code, message: code === 'git-missing' ? 'git was not found' : error.message });
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      if (exitCode === 0) {
        settle({ ok: true, stdout: Buffer.concat(stdout) });
      } else {
        settle({ ok: false, code: 'git-failed', message: firstLine(Buffer.concat(stderr).toString(), args[0]) });
      }
    });
  });
}

const defaultTimeoutSeconds = 300;

/** The time limit for one git command in milliseconds: `LOCKSTEP_` or `SEMGREP_GIT_COMMAND_TIMEOUT`, in seconds. */
export function gitTimeout(env: NodeJS.ProcessEnv): number {
  const seconds = Number(env['LOCKSTEP_GIT_COMMAND_TIMEOUT'] ?? env['SEMGREP_GIT_COMMAND_TIMEOUT']);
  // A timer longer than that would fire at once.
  return Math.min((seconds > 0 ? seconds : defaultTimeoutSeconds) * 1000, 2 ** 31 - 1);
}

/** Splits the output of a git command run with `-z`. */
export function splitNul(output: Buffer): string[] {
  const fields = output.toString('utf8').split('\0');
  fields.pop();
  return fields;
}

/** Variables that tie git to one repository, as `git rev-parse --local-env-vars` lists them. */
const repositoryVariables = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
];

function gitEnvironment(env: NodeJS.ProcessEnv, repository: 'inherited' | 'discovered'): NodeJS.ProcessEnv {
  // Messages in English, no password prompts, no lock taken for a mere look.
  const result: NodeJS.ProcessEnv = { ...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
  if (repository === 'discovered') {
    for (const name of repositoryVariables) delete result[name];
  } else {
    // A commit hook gets `.git/index`, which only works from the folder the hook was started in.
    for (const name of ['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE']) {
      if (result[name]) result[name] = resolve(result[name]);
    }
  }
  return result;
}

function firstLine(stderr: string, command: string | undefined): string {
  return stderr.trim().split('\n')[0] || `git ${command} failed`;
}
