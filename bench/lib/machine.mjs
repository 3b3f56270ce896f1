import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';

/**
 * What the figures were measured on, for the head of a table: no names of machines or people.
 *
 * @param {readonly import('./tools.mjs').Tool[]} tools
 */
export function describeMachine(tools) {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    versions: Object.fromEntries(tools.map(({ name, command }) => [name, versionOf(command)])),
  };
}

/** @param {ReturnType<typeof describeMachine>} machine */
export function machineLine({ date, cores, memoryGiB, node, versions }) {
  const tools = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${date}, ${cores} cores, ${memoryGiB} GiB, Node ${node.slice(1)}, ${tools.join(', ')}`;
}

/** @param {readonly string[]} command */
function versionOf([program = '', ...args]) {
  const output = execFileSync(program, [...args, '--version'], {
    encoding: 'utf8',
    env: { ...process.env, SEMGREP_ENABLE_VERSION_CHECK: '0' },
  });
  return output.trim().split('\n').at(-1) ?? '';
}
