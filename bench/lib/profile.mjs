import { seconds, table } from './markdown.mjs';

/** @typedef {import('./tools.mjs').TimeReport} TimeReport */

/** Rules and files to name. */
const SHOWN = 10;

/**
 * Where a scan spent its time, as Markdown: phases of the whole run, and the slowest rules and files. Times of rules
 * and files are sums over all threads, those of the phases wall-clock time.
 *
 * @param {TimeReport} time
 */
export function profileTables(time) {
  return [phaseTable(time), ruleTable(time), fileTable(time)].join('\n\n');
}

/** @param {TimeReport} time */
function phaseTable({ profiling_times: phases, targets }) {
  const { config_time: load = 0, ignores_time: find = 0, core_time: scan = 0, total_time: total = 0 } = phases;
  const parse = sum(targets.flatMap(({ parse_times }) => parse_times));
  const run = sum(targets.map(({ run_time }) => run_time));
  return table([
    ['phase', 'time'],
    ['total', spell(total)],
    ['load rules', spell(load)],
    ['find files', spell(find)],
    ['scan', spell(scan)],
    ['… parsing, over all threads', spell(parse)],
    ['… matching, over all threads', spell(run - parse)],
  ]);
}

/** @param {TimeReport} time */
function ruleTable({ rules, targets }) {
  const totals = rules.map((rule, at) => ({
    name: typeof rule === 'string' ? rule : rule.id,
    time: sum(targets.map(({ match_times }) => match_times[at] ?? 0)),
  }));
  return slowest('rule', totals);
}

/** @param {TimeReport} time */
function fileTable({ targets }) {
  return slowest(
    'file',
    targets.map(({ path, run_time }) => ({ name: path, time: run_time })),
  );
}

/**
 * @param {string} what
 * @param {{ name: string, time: number }[]} times
 */
function slowest(what, times) {
  const first = times.toSorted((a, b) => b.time - a.time).slice(0, SHOWN);
  return table([[`slowest ${what}s`, 'time'], ...first.map(({ name, time }) => [`\`${name}\``, spell(time)])]);
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** @param {number} time in seconds */
function spell(time) {
  return seconds(1000 * time);
}
