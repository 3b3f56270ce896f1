import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program as `npx lockstep` starts it. */
const LAUNCHER = fileURLToPath(new URL('../../packages/cli/bin/lockstep.js', import.meta.url));

export interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
  /** Written to standard input. */
  input?: string;
  /** Another copy of the program. */
  launcher?: string;
}

export interface RunResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the real program, without the settings of whoever runs the tests. */
export function lockstep(args: readonly string[], options: RunOptions): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [options.launcher ?? LAUNCHER, ...args], {
      cwd: options.cwd,
      env: {
        PATH: process.env['PATH'],
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        // No folder: nothing that a test finds out is there for another.
        LOCKSTEP_CACHE: '/dev/null',
        ...options.env,
      },
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        output[name] += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: output.stdout, stderr: steady(output.stderr) }));
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}

/** How long something took is different each time. */
function steady(text: string): string {
  return text.replace(/ in \d+\.\d s$/gm, ' in N s').replace(/^( +)\d+ ms/gm, '$1N ms');
}

/** What a JSON report says, without the times. */
export interface JsonReport {
  results: {
    check_id: string;
    path: string;
    start: { line: number; col: number; offset: number };
    extra: Record<string, unknown>;
  }[];
  errors: { type: unknown; level: string; code: number; message: string; path?: string; rule_id?: string }[];
  paths: { scanned: string[]; skipped?: { path: string; reason: string }[] };
  lockstep: { completeness: { complete: boolean } };
}

export async function lockstepJson(
  args: readonly string[],
  options: RunOptions,
): Promise<JsonReport & { code: number | null }> {
  const { code, stdout, stderr } = await lockstep([...args, '--json'], options);
  if (stdout === '') throw new Error(`no report: ${stderr}`);
  const { time: _time, ...report } = JSON.parse(stdout);
  return { ...report, code };
}

/** Findings as `path:line rule`, one a line. */
export function outline({ results }: JsonReport): string[] {
  return results.map(({ path, start, check_id: rule }) => `${path}:${start.line} ${rule}`);
}
