// usage: node with-flags.mjs '{ "command": […], "flags": […] }' ARGS…
// Runs the command with ARGS and the flags, for scripts that take a program but no flags for it.
import { spawnSync } from 'node:child_process';

const [spec = '', ...args] = process.argv.slice(2);
const {
  command: [program, ...first],
  flags,
} = JSON.parse(spec);
const { status, error } = spawnSync(program, [...first, ...args, ...flags], { stdio: 'inherit' });
if (error !== undefined) throw error;
process.exitCode = status ?? 1;
