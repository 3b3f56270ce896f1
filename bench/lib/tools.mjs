import { resolve } from 'node:path';
import { OWN_PROGRAM, UsageError } from './options.mjs';

/**
 * A scanner under measurement.
 *
 * @typedef {object} Tool
 * @property {string} name
 * @property {string[]} command the program and what always comes first
 * @property {string[]} scanFlags what its `scan` needs beyond the flags that all have
 */

/**
 * Lockstep, by default as built in this repository.
 *
 * @param {string | null} program
 * @param {string | null} [depth] how far it follows taint; null: as far as it does by itself
 * @returns {Tool}
 */
export function lockstep(program, depth = null) {
  // What an earlier run has found out is no part of what is measured.
  const scanFlags = ['--no-cache', ...(depth === null ? [] : ['--depth', depth])];
  return { name: 'Lockstep', command: commandOf(program ?? OWN_PROGRAM), scanFlags };
}

/**
 * Semgrep CE, which is kept from calling home and from asking for its newest version: both would cost it time.
 *
 * @param {string} program
 * @returns {Tool}
 */
export function semgrep(program) {
  if (program === '') throw new UsageError('--semgrep is empty');
  return { name: 'Semgrep', command: commandOf(program), scanFlags: ['--metrics=off', '--disable-version-check'] };
}

/**
 * A path that ends in `.js` or `.mjs` is run by this Node. One with a folder is made absolute, as the tools run in the
 * folder that they scan.
 *
 * @param {string} program
 */
function commandOf(program) {
  const path = program.includes('/') ? resolve(program) : program;
  return /\.m?js$/.test(path) ? [process.execPath, path] : [path];
}

/**
 * The command line of a scan with a JSON report on standard output. Rules keep their ids, so that reports can be
 * compared wherever the rules lie.
 *
 * @param {Tool} tool
 * @param {{ rules: string, targets: readonly string[], jobs: number, flags?: readonly string[] }} scan
 */
export function scanCommand(tool, { rules, targets, jobs, flags = [] }) {
  const common = ['--json', '--no-rewrite-rule-ids', '--config', rules, '--jobs', String(jobs), ...flags];
  return [...tool.command, 'scan', ...tool.scanFlags, ...common, ...targets];
}

/**
 * @typedef {object} Result
 * @property {string} check_id
 * @property {string} path
 * @property {{ line: number, col: number }} start
 * @property {{ metadata?: { cwe?: string | string[] }, dataflow_trace?: import('./trace.mjs').Trace }} extra
 */

/**
 * The parts of a JSON report that the scripts read.
 *
 * @typedef {object} Report
 * @property {Result[]} results
 * @property {{ type: string | [string, ...unknown[]], path?: string, rule_id?: string, message?: string }[]} errors
 * @property {{ scanned: string[] }} paths
 * @property {TimeReport} [time]
 */

/**
 * @typedef {object} TimeReport
 * @property {(string | { id: string })[]} rules
 * @property {Record<string, number>} profiling_times seconds
 * @property {{ path: string, num_bytes: number, match_times: number[], parse_times: number[], run_time: number }[]} targets
 */

/**
 * @param {Tool} tool
 * @param {string} output
 * @param {string} errors what was on standard error
 * @returns {Report}
 */
export function readReport(tool, output, errors) {
  try {
    return JSON.parse(output);
  } catch {
    throw new Error(`${tool.name} wrote no JSON report. Its last words:\n${errors.slice(-2000)}`);
  }
}
