// What following taint across functions and files adds over following it within each function.
import { writeFileSync } from 'node:fs';
import { describeMachine, machineLine } from './lib/machine.mjs';
import { seconds, table } from './lib/markdown.mjs';
import { measure } from './lib/measure.mjs';
import { existingPath, optionalText, runScript, wholeNumber } from './lib/options.mjs';
import { sample } from './lib/sample.mjs';
import { lockstep, readReport, scanCommand } from './lib/tools.mjs';
import { traceLines } from './lib/trace.mjs';

/** @typedef {import('./lib/tools.mjs').Tool} Tool */
/** @typedef {import('./lib/tools.mjs').Result} Result */
/** @typedef {{ depth: string, wall: number, results: Map<string, Result> }} DepthScan */
/** @typedef {{ depth: string, result: Result }} Addition */
/** @typedef {{ depth: string, wall: number, total: number, added: Result[], lost: Result[] }} Step */

const script = {
  name: 'depth.mjs',
  description: `Scans a repository at each depth, and compares each depth with the one before it: what it adds and what it loses,
by rule. Prints some of the additions at random, each with its trace, to be read and judged by hand.
Flags after -- go to every scan.`,
  options: {
    rules: { value: 'path', required: true, help: 'rule file or folder' },
    target: { value: 'folder', required: true, help: 'repository to scan; Lockstep runs in it' },
    lockstep: { value: 'program', help: 'another Lockstep than the one built in this repository' },
    jobs: { value: 'number', default: '2', help: 'jobs of each scan' },
    sample: { value: 'number', default: '10', help: 'additions to print' },
    seed: { value: 'number', default: '1', help: 'chooses which; the same seed, the same ones' },
    json: { value: 'file', help: 'write all additions and losses there' },
  },
};

/** From the nearest to the farthest, as `--depth` names them. */
const DEPTHS = ['function', 'file', 'project'];

await runScript(script, async (given) => {
  const program = optionalText(given, 'lockstep');
  const cwd = existingPath(given, 'target');
  const scan = {
    rules: existingPath(given, 'rules'),
    targets: ['.'],
    jobs: wholeNumber(given, 'jobs', 1),
    flags: given.extra,
  };
  /** @type {DepthScan[]} */
  const scans = [];
  for (const depth of DEPTHS) {
    const own = lockstep(program, depth);
    scans.push({ depth, ...(await scanOnce(own, scanCommand(own, scan), cwd)) });
  }
  const steps = scans.map((each, at) => compareToNearer(each, scans[at - 1] ?? each));
  const additions = steps.flatMap(({ depth, added }) => added.map((result) => ({ depth, result })));
  const draw = { count: wholeNumber(given, 'sample', 0), seed: wholeNumber(given, 'seed', 0) };
  const chosen = sample(additions, ({ depth, result }) => `${depth} ${keyOf(result)}`, draw);
  const machine = describeMachine([lockstep(program)]);
  const parts = [machineLine(machine), totalTable(steps), ruleTable(steps), ...chosen.map(additionText)];
  process.stdout.write(`${parts.filter((part) => part !== '').join('\n\n')}\n`);
  const file = optionalText(given, 'json');
  if (file !== null) writeFileSync(file, `${JSON.stringify({ machine, steps }, null, 2)}\n`);
});

/**
 * @param {Tool} own
 * @param {string[]} command
 * @param {string} cwd
 */
async function scanOnce(own, command, cwd) {
  const { output, errors, wall } = await measure(command, { cwd });
  const { results } = readReport(own, output, errors);
  return { wall, results: new Map(results.map((result) => [keyOf(result), result])) };
}

/** @param {Result} result */
function keyOf({ path, start, check_id }) {
  return [path, start.line, start.col, check_id].join('\0');
}

/**
 * @param {DepthScan} scan
 * @param {DepthScan} nearer
 * @returns {Step}
 */
function compareToNearer({ depth, wall, results }, { results: before }) {
  return { depth, wall, total: results.size, added: without(results, before), lost: without(before, results) };
}

/**
 * @param {Map<string, Result>} these
 * @param {Map<string, Result>} those
 */
function without(these, those) {
  return [...these].filter(([key]) => !those.has(key)).map(([, result]) => result);
}

/** @param {readonly Step[]} steps */
function totalTable(steps) {
  const rows = steps.map(({ depth, wall, total, added, lost }) => [
    depth,
    ...[total, added.length, lost.length].map(String),
    seconds(wall),
  ]);
  return table([['depth', 'findings', 'added', 'lost', 'time'], ...rows]);
}

/**
 * Rules with additions or losses, those with most first.
 *
 * @param {readonly Step[]} steps
 */
function ruleTable(steps) {
  const farther = steps.slice(1);
  const rules = new Set(farther.flatMap(({ added, lost }) => [...added, ...lost].map(({ check_id }) => check_id)));
  if (rules.size === 0) return '';
  const counts = [...rules].map((rule) => ({
    rule,
    changes: farther.flatMap(({ added, lost }) => [added, lost].map((results) => countOf(rule, results))),
  }));
  const sorted = counts.sort((a, b) => sum(b.changes) - sum(a.changes));
  const heading = farther.flatMap(({ depth }) => [`${depth} adds`, `${depth} loses`]);
  return table([['rule', ...heading], ...sorted.map(({ rule, changes }) => [`\`${rule}\``, ...changes.map(String)])]);
}

/**
 * @param {string} rule
 * @param {readonly Result[]} results
 */
function countOf(rule, results) {
  return results.filter(({ check_id }) => check_id === rule).length;
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * @param {Addition} addition
 * @param {number} at
 */
function additionText({ depth, result: { check_id, path, start, extra } }, at) {
  const trace = extra.dataflow_trace;
  const lines = trace === undefined ? ['no trace'] : traceLines(trace);
  return `${at + 1}. \`${check_id}\`, ${depth}, \`${path}:${start.line}\`\n\n${lines.map((line) => `       ${line}`).join('\n')}`;
}
