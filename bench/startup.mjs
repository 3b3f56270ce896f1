// From process start to output: one rule, one small file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeMachine, machineLine } from './lib/machine.mjs';
import { table } from './lib/markdown.mjs';
import { measure, measureStart } from './lib/measure.mjs';
import { optionalText, runScript, wholeNumber } from './lib/options.mjs';
import { median, percentile } from './lib/statistics.mjs';
import { lockstep, readReport, semgrep } from './lib/tools.mjs';

/** @typedef {{ name: string, starts: { firstOutput: number, end: number }[] }} Series */

const script = {
  name: 'startup.mjs',
  description: 'Runs one rule over one small file many times, and Node doing nothing beside it for comparison.',
  options: {
    semgrep: { value: 'program', help: 'measure Semgrep too' },
    lockstep: { value: 'program', help: 'another Lockstep than the one built in this repository' },
    runs: { value: 'number', default: '30', help: 'runs of each' },
    json: { value: 'file', help: 'write all figures there, in milliseconds' },
  },
};

const RULE = `rules:
  - id: no-eval
    languages: [python]
    severity: ERROR
    message: $CODE is run as code
    pattern: eval($CODE)
`;

const PROGRAM = `import json


def read(text, trusted=False):
    if trusted:
        return eval(text)
    return json.loads(text)


def total(orders):
    return sum(order.price * order.amount for order in orders)
`;

await runScript(script, async (given) => {
  const reference = optionalText(given, 'semgrep');
  const own = lockstep(optionalText(given, 'lockstep'));
  const tools = reference === null ? [own] : [own, semgrep(reference)];
  const runs = wholeNumber(given, 'runs', 1);
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-startup-'));
  try {
    writeFileSync(join(folder, 'rule.yaml'), RULE);
    writeFileSync(join(folder, 'small.py'), PROGRAM);
    const commands = tools.map((tool) => ({
      name: tool.name,
      tool,
      command: [...tool.command, 'scan', ...tool.scanFlags, '--json', '--config', join(folder, 'rule.yaml'), folder],
    }));
    for (const { tool, command } of commands) await checkResult(tool, command);
    const idle = { name: 'Node, doing nothing', command: [process.execPath, '-e', 'process.stdout.write(".")'] };
    const series = await measureAll([idle, ...commands], runs);
    const machine = describeMachine(tools);
    process.stdout.write(`${machineLine(machine)}; ${runs} runs each\n\n${resultTable(series)}\n`);
    const file = optionalText(given, 'json');
    if (file !== null) writeFileSync(file, `${JSON.stringify({ machine, series }, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/**
 * One run that is not measured: it warms the disk cache, and shows that the tool finds what it should.
 *
 * @param {import('./lib/tools.mjs').Tool} tool
 * @param {string[]} command
 */
async function checkResult(tool, command) {
  const { output, errors } = await measure(command);
  const { results } = readReport(tool, output, errors);
  if (results.length !== 1) throw new Error(`${tool.name} reported ${results.length} findings in place of one`);
}

/**
 * @param {{ name: string, command: string[] }[]} commands
 * @param {number} runs
 */
async function measureAll(commands, runs) {
  /** @type {Series[]} */
  const series = commands.map(({ name }) => ({ name, starts: [] }));
  for (let run = 0; run < runs; run++) {
    for (const [at, { command }] of commands.entries()) series[at]?.starts.push(await measureStart(command));
  }
  return series;
}

/** @param {Series[]} series */
function resultTable(series) {
  const rows = series.map(({ name, starts }) => {
    const outputs = starts.map(({ firstOutput }) => firstOutput);
    const ends = starts.map(({ end }) => end);
    return [name, ...[outputs, ends].flatMap((times) => [median(times), percentile(times, 0.95)]).map(milliseconds)];
  });
  const heading = ['', 'first output, median', 'first output, 95 %', 'end, median', 'end, 95 %'];
  return table([heading, ...rows]);
}

/** @param {number} time */
function milliseconds(time) {
  return `${Math.round(time)} ms`;
}
