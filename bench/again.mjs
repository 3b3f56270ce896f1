// What earlier runs have found out: how much time it saves, and whether the same is found with it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeMachine, machineLine } from './lib/machine.mjs';
import { megabytes, seconds, table } from './lib/markdown.mjs';
import { measure } from './lib/measure.mjs';
import { existingPath, optionalText, runScript, wholeNumber } from './lib/options.mjs';
import { cloneTo, spreadFiles } from './lib/repository.mjs';
import { lockstep, readReport } from './lib/tools.mjs';

/** @typedef {import('./lib/measure.mjs').Run & { reported: string[], findings: number }} ScanRun */

const script = {
  name: 'again.mjs',
  description: `Scans a clone of a repository, once more, and again after edits of one file and of several, each with what the run
before has found out and without. The two must report the same; the repository itself is left alone.
Flags after -- go to every scan.
  node bench/again.mjs --rules guardrails --repository checkout/`,
  options: {
    rules: { value: 'path', required: true, help: 'rule file or folder' },
    repository: { value: 'path', required: true, help: 'git repository' },
    files: { value: 'number', default: '20', help: 'files of the larger edit' },
    lockstep: { value: 'program', help: 'another Lockstep than the one built in this repository' },
    jobs: { value: 'number', default: '2', help: 'jobs of each scan' },
    json: { value: 'file', help: 'write all figures there' },
  },
};

/** Everything behind it in the file moves. */
const ADDITION = '# Added by the benchmark.\n';

await runScript(script, async (given) => {
  const own = lockstep(optionalText(given, 'lockstep'));
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-again-'));
  try {
    const cwd = join(folder, 'clone');
    cloneTo(existingPath(given, 'repository'), cwd);
    const rules = existingPath(given, 'rules');
    const args = ['scan', '--json', '--config', rules, '--jobs', String(wholeNumber(given, 'jobs', 1))];
    const env = { ...process.env, LOCKSTEP_CACHE: join(folder, 'cache') };
    const scan = (/** @type {string[]} */ ...more) =>
      scanOnce(own, [...own.command, ...args, ...given.extra, ...more, '.'], { cwd, env });
    const first = await scan();
    const again = await scan();
    const rows = [
      ['first', first, first],
      ['again', again, first],
    ];
    for (const count of [1, wholeNumber(given, 'files', 1)]) {
      for (const path of spreadFiles(cwd, count)) edit(join(cwd, path));
      const known = await scan();
      rows.push([`${count} edited`, known, await scan('--no-cache')]);
    }
    const machine = describeMachine([own]);
    process.stdout.write(`${machineLine(machine)}\n\n${resultTable(/** @type {Row[]} */ (rows))}\n`);
    const file = optionalText(given, 'json');
    if (file !== null) writeFileSync(file, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** @param {string} path */
function edit(path) {
  writeFileSync(path, ADDITION + readFileSync(path, 'utf8'));
}

/**
 * @param {import('./lib/tools.mjs').Tool} own
 * @param {string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} where
 * @returns {Promise<ScanRun>}
 */
async function scanOnce(own, command, where) {
  const run = await measure(command, where);
  const { results, errors } = readReport(own, run.output, run.errors);
  return {
    ...run,
    reported: [...results, ...errors].map((one) => JSON.stringify(one)).sort(),
    findings: results.length,
  };
}

/** @typedef {[what: string, known: ScanRun, unknown: ScanRun]} Row */

/** @param {Row[]} rows */
function resultTable(rows) {
  const lines = rows.map(([what, known, unknown]) => [
    what,
    seconds(known.wall),
    known.cpu === null ? '–' : seconds(known.cpu),
    megabytes(known.largest),
    known === unknown ? '' : seconds(unknown.wall),
    `${known.findings}`,
    known.reported.join() === unknown.reported.join() ? 'the same' : 'DIFFERENT',
  ]);
  return table([['', 'wall time', 'CPU time', 'largest process', 'nothing known', 'findings', 'reports'], ...lines]);
}
