import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * One run of a command. Memory and processor time are null where the system has no /proc.
 *
 * @typedef {object} Run
 * @property {number} wall milliseconds from spawning to the end
 * @property {number | null} largest peak of resident memory of the process that took most, in bytes
 * @property {number | null} sum peak of resident memory of all its processes together, in bytes
 * @property {number | null} cpu milliseconds of processor time of all its processes
 * @property {number} exitCode
 * @property {string} output
 * @property {string} errors
 */

/**
 * Between two looks at the processes: 100 ms misses little of a scan that takes seconds, and costs about 1 % of a core.
 * The peak of each process comes from the kernel, so that only the sum depends on when we look.
 */
const SAMPLE_MS = 100;

/** Kernel ticks of processor time; 100 a second on every Linux that Node runs on. */
const TICK_MS = 10;

/**
 * Runs a command to its end. Its output goes through files, so that this process is no bottleneck.
 *
 * @param {readonly string[]} command
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Run>}
 */
export async function measure(command, { cwd = process.cwd(), env = process.env } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const files = [join(folder, 'stdout'), join(folder, 'stderr')];
  const descriptors = files.map((file) => openSync(file, 'w'));
  try {
    const [program = '', ...args] = command;
    const start = performance.now();
    // Detached: the process leads a session of its own, by which its helpers are found wherever they hang.
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', ...descriptors] });
    const letGo = endWithUs(child.pid);
    const watch = watchSession(child.pid ?? -1);
    const exitCode = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code) => resolve(code ?? -1));
    }).finally(letGo);
    const wall = performance.now() - start;
    const [output = '', errors = ''] = files.map((file) => readFileSync(file, 'utf8'));
    return { wall, ...watch.end(), exitCode, output, errors };
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
    rmSync(folder, { recursive: true });
  }
}

/**
 * A session of its own does not hear Ctrl-C: it is passed on. Answers with how to stop doing so.
 *
 * @param {number | undefined} session
 */
function endWithUs(session) {
  const pass = () => {
    if (session !== undefined) process.kill(-session, 'SIGTERM');
    process.exit(130);
  };
  process.once('SIGINT', pass);
  process.once('SIGTERM', pass);
  return () => {
    process.off('SIGINT', pass);
    process.off('SIGTERM', pass);
  };
}

/**
 * Milliseconds from spawning a command to its first output, and to its end.
 *
 * @param {readonly string[]} command
 * @returns {Promise<{ firstOutput: number, end: number }>}
 */
export async function measureStart([program = '', ...args]) {
  const start = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let firstOutput = Number.NaN;
  child.stdout.on('data', () => {
    if (Number.isNaN(firstOutput)) firstOutput = performance.now() - start;
  });
  await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const end = performance.now() - start;
  return { firstOutput: Number.isNaN(firstOutput) ? end : firstOutput, end };
}

/**
 * Follows the processes of a session until `end` is called.
 *
 * @param {number} session
 */
function watchSession(session) {
  const isKnown = listProcesses().length > 0;
  /** @type {Map<number, { peak: number, cpu: number }>} */
  const seen = new Map();
  let sum = 0;
  const look = () => {
    let now = 0;
    for (const pid of listProcesses()) {
      const usage = readUsage(pid, session);
      if (usage === null) continue;
      now += usage.resident;
      // A process at its end has no memory any more.
      const peak = Math.max(usage.resident, usage.peak, seen.get(pid)?.peak ?? 0);
      seen.set(pid, { peak, cpu: usage.cpu });
    }
    sum = Math.max(sum, now);
  };
  const timer = setInterval(look, SAMPLE_MS);
  return {
    end() {
      clearInterval(timer);
      if (!isKnown) return { largest: null, sum: null, cpu: null };
      const usages = [...seen.values()];
      const largest = Math.max(0, ...usages.map(({ peak }) => peak));
      return { largest, sum: Math.max(sum, largest), cpu: usages.reduce((total, { cpu }) => total + cpu, 0) };
    },
  };
}

function listProcesses() {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/**
 * Memory in bytes and processor time in milliseconds of a process of the session; null for any other process, and for
 * one that has just ended.
 *
 * @param {number} pid
 * @param {number} session
 */
function readUsage(pid, session) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(fields[3]) !== session) return null;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return {
      resident: kilobytes(status, 'VmRSS'),
      peak: kilobytes(status, 'VmHWM'),
      cpu: TICK_MS * (Number(fields[11]) + Number(fields[12])),
    };
  } catch {
    return null;
  }
}

/**
 * @param {string} status
 * @param {string} field
 */
function kilobytes(status, field) {
  return 1024 * Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
}
