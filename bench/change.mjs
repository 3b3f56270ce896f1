// A change of some files in a large repository: `lockstep ci` and `semgrep scan --baseline-commit`, in alternating pairs.
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allFigures, distinct, inTurns, medians, ratio } from './lib/comparison.mjs';
import { describeMachine, machineLine } from './lib/machine.mjs';
import { megabytes, seconds, table } from './lib/markdown.mjs';
import { measure } from './lib/measure.mjs';
import { existingPath, optionalText, runScript, wholeNumber } from './lib/options.mjs';
import { cloneTo, git, spreadFiles, trackedFiles } from './lib/repository.mjs';
import { lockstep, readReport, scanCommand, semgrep } from './lib/tools.mjs';

/** @typedef {import('./lib/tools.mjs').Tool} Tool */
/** @typedef {import('./lib/measure.mjs').Run & { findings: string[] }} ChangeRun */

const script = {
  name: 'change.mjs',
  description: `Clones a repository, changes some of its Python files in one commit, and lets both tools say what is new,
in turns. The repository itself is left alone.
  node bench/change.mjs --semgrep semgrep --rules rules/ --repository checkout/`,
  options: {
    rules: { value: 'path', required: true, help: 'rule file or folder' },
    repository: { value: 'path', required: true, help: 'git repository' },
    files: { value: 'number', default: '20', help: 'files to change' },
    semgrep: { value: 'program', help: 'Semgrep; without it, only Lockstep is measured' },
    lockstep: { value: 'program', help: 'another Lockstep than the one built in this repository' },
    runs: { value: 'number', default: '3', help: 'pairs of runs' },
    jobs: { value: 'number', default: '2', help: 'jobs of each tool' },
    json: { value: 'file', help: 'write all figures there' },
  },
};

/** What each file gets: three findings of the public rules, in code that was not there before. */
const ADDITION = `

import subprocess


def added_by_the_benchmark(line):
    subprocess.run(line, shell=True)
    return eval(line)
`;

await runScript(script, async (given) => {
  const rules = existingPath(given, 'rules');
  const jobs = wholeNumber(given, 'jobs', 1);
  const reference = optionalText(given, 'semgrep');
  const own = lockstep(optionalText(given, 'lockstep'));
  const tools = reference === null ? [own] : [semgrep(reference), own];
  const machine = describeMachine(tools);
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-change-'));
  try {
    const change = makeChange(existingPath(given, 'repository'), folder, wholeNumber(given, 'files', 1));
    const runs = await inTurns(tools, wholeNumber(given, 'runs', 1), (tool) =>
      changeRun(tool, tool === own, { rules, jobs, cwd: change.folder }),
    );
    const { changed, bytes, tracked } = change;
    const what = `${changed} of ${tracked} files changed, ${Math.round(bytes / 1000)} KB`;
    process.stdout.write(`${machineLine(machine)}; ${jobs} jobs each; ${what}\n\n${resultTable(runs)}\n`);
    const file = optionalText(given, 'json');
    if (file !== null) writeFileSync(file, `${JSON.stringify({ machine, what, ...allFigures(runs) }, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/**
 * @param {string} repository
 * @param {string} folder
 * @param {number} count
 */
function makeChange(repository, folder, count) {
  const clone = join(folder, 'clone');
  cloneTo(repository, clone);
  const chosen = spreadFiles(clone, count);
  for (const path of chosen) appendFileSync(join(clone, path), ADDITION);
  git(clone, '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '-a', '-m', 'change');
  const bytes = chosen.reduce((sum, path) => sum + statSync(join(clone, path)).size, 0);
  return { folder: clone, changed: chosen.length, tracked: trackedFiles(clone).length, bytes };
}

/**
 * @param {Tool} tool
 * @param {boolean} isOwn
 * @param {{ rules: string, jobs: number, cwd: string }} scan
 * @returns {Promise<ChangeRun>}
 */
async function changeRun(tool, isOwn, { rules, jobs, cwd }) {
  const common = ['--json', '--no-rewrite-rule-ids', '--config', rules, '--jobs', String(jobs)];
  const command = isOwn
    ? [...tool.command, 'ci', '--no-cache', '--base', 'HEAD~1', ...common]
    : scanCommand(tool, { rules, targets: ['.'], jobs, flags: ['--baseline-commit', 'HEAD~1'] });
  const run = await measure(command, { cwd });
  const { results } = readReport(tool, run.output, run.errors);
  return { ...run, findings: results.map(({ check_id, path, start }) => `${path}:${start.line} ${check_id}`).sort() };
}

/** @param {Map<Tool, ChangeRun[]>} runs */
function resultTable(runs) {
  const measured = [...runs].map(([tool, list]) => ({ tool, list, ...medians(list) }));
  const rows = measured.map(({ tool, list, wall, cpu, largest }) => [
    tool.name,
    seconds(wall),
    list.map((run) => seconds(run.wall)).join(', '),
    cpu === null ? '–' : seconds(cpu),
    megabytes(largest),
    distinct(list.map(({ findings }) => findings.length)),
  ]);
  const [reference, own] = measured;
  if (reference !== undefined && own !== undefined) {
    const other = reference.list[0]?.findings ?? [];
    const same = own.list[0]?.findings.filter((finding) => other.includes(finding)).length ?? 0;
    rows.push(['ratio', ratio(reference.wall, own.wall), '', ratio(reference.cpu, own.cpu), '', `${same} the same`]);
  }
  return table([['', 'wall time, median', 'each run', 'CPU time', 'largest process', 'findings'], ...rows]);
}
