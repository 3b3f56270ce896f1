// Lockstep and Semgrep on the same rules and files, in alternating pairs: wall time, processor time, memory.
import { writeFileSync } from 'node:fs';
import { allFigures, distinct, inTurns, medians, ratio } from './lib/comparison.mjs';
import { describeMachine, machineLine } from './lib/machine.mjs';
import { megabytes, seconds, table } from './lib/markdown.mjs';
import { measure } from './lib/measure.mjs';
import { existingPath, optionalText, runScript, wholeNumber } from './lib/options.mjs';
import { profileTables } from './lib/profile.mjs';
import { lockstep, readReport, scanCommand, semgrep } from './lib/tools.mjs';

/** @typedef {import('./lib/tools.mjs').Tool} Tool */
/** @typedef {import('./lib/measure.mjs').Run & { findings: number, files: number, timeouts: number }} ScanRun */

const script = {
  name: 'speed.mjs',
  description: `Scans the same files with the same rules with both tools, one after the other, in turns, and prints a
Markdown table: medians, every run, and the ratio. Flags after -- go to both tools.
  node bench/speed.mjs --semgrep semgrep --rules rules/ --target checkout/ -- --max-target-bytes 0`,
  options: {
    rules: { value: 'path', required: true, help: 'rule file or folder' },
    target: { value: 'path', required: true, help: 'folder to scan; the tools run in it' },
    semgrep: { value: 'program', help: 'Semgrep; without it, only Lockstep is measured' },
    lockstep: { value: 'program', help: 'another Lockstep than the one built in this repository' },
    depth: { value: 'depth', help: 'how far Lockstep follows taint; Semgrep does within functions' },
    runs: { value: 'number', default: '3', help: 'pairs of runs' },
    jobs: { value: 'number', default: '2', help: 'jobs of each tool' },
    profile: { help: 'one more run of Lockstep with --time: where its time goes, by phase, rule and file' },
    json: { value: 'file', help: 'write all figures there' },
  },
};

await runScript(script, async (given) => {
  const rules = existingPath(given, 'rules');
  const target = existingPath(given, 'target');
  const jobs = wholeNumber(given, 'jobs', 1);
  const reference = optionalText(given, 'semgrep');
  const own = lockstep(optionalText(given, 'lockstep'), optionalText(given, 'depth'));
  const tools = reference === null ? [own] : [semgrep(reference), own];
  const machine = describeMachine(tools);
  const commands = new Map(
    tools.map((tool) => [tool, scanCommand(tool, { rules, targets: ['.'], jobs, flags: given.extra })]),
  );

  const runs = await inTurns(tools, wholeNumber(given, 'runs', 1), (tool) =>
    scanRun(tool, commands.get(tool) ?? [], target),
  );

  process.stdout.write(`${machineLine(machine)}; ${jobs} jobs each\n\n${resultTable(runs)}\n`);
  const profile = given.values['profile'] === true ? await profileRun(own, commands.get(own) ?? [], target) : null;
  if (profile !== null) process.stdout.write(`\n${profileTables(profile)}\n`);
  const file = optionalText(given, 'json');
  if (file !== null)
    writeFileSync(file, `${JSON.stringify({ machine, jobs, ...allFigures(runs), profile }, null, 2)}\n`);
});

/**
 * @param {Tool} tool
 * @param {readonly string[]} command
 * @param {string} cwd
 * @returns {Promise<ScanRun>}
 */
async function scanRun(tool, command, cwd) {
  const run = await measure(command, { cwd });
  const { results, errors, paths } = readReport(tool, run.output, run.errors);
  const timeouts = errors.filter(({ type }) => type === 'Timeout').length;
  return { ...run, findings: results.length, files: paths.scanned.length, timeouts };
}

/**
 * @param {Tool} tool
 * @param {readonly string[]} command
 * @param {string} cwd
 */
async function profileRun(tool, command, cwd) {
  const { output, errors } = await measure([...command, '--time'], { cwd });
  const { time } = readReport(tool, output, errors);
  if (time === undefined) throw new Error(`${tool.name} reported no times`);
  return time;
}

/** @param {Map<Tool, ScanRun[]>} runs */
function resultTable(runs) {
  const measured = [...runs].map(([tool, list]) => ({
    tool,
    ...medians(list),
    walls: list.map(({ wall }) => wall),
    list,
  }));
  const rows = measured.map(({ tool, wall, cpu, largest, sum, walls, list }) => [
    tool.name,
    seconds(wall),
    walls.map(seconds).join(', '),
    cpu === null ? '–' : seconds(cpu),
    megabytes(largest),
    megabytes(sum),
    distinct(list.map(({ files }) => files)),
    distinct(list.map(({ findings }) => findings)),
    distinct(list.map(({ timeouts }) => timeouts)),
  ]);
  const [reference, own] = measured;
  if (reference !== undefined && own !== undefined) {
    rows.push(['ratio', ...ratios(reference, own), '', '', '']);
  }
  const heading = ['', 'wall time, median', 'each run', 'CPU time', 'largest process', 'all processes'];
  return table([[...heading, 'files', 'findings', 'time-outs'], ...rows]);
}

/**
 * How many times more the reference took, figure by figure.
 *
 * @param {ReturnType<typeof medians>} reference
 * @param {ReturnType<typeof medians>} own
 */
function ratios(reference, own) {
  return [
    ratio(reference.wall, own.wall),
    '',
    ratio(reference.cpu, own.cpu),
    ratio(reference.largest, own.largest),
    ratio(reference.sum, own.sum),
  ];
}
