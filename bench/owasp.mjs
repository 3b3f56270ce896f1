// The OWASP Benchmark for Python: how often Lockstep and other tools are right, by kind of weakness.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeMachine, machineLine } from './lib/machine.mjs';
import { table } from './lib/markdown.mjs';
import { measure } from './lib/measure.mjs';
import { existingPath, optionalText, runScript, UsageError } from './lib/options.mjs';
import {
  averageRates,
  ratesOf,
  readBanditFindings,
  readExpected,
  readSemgrepFindings,
  scoreCategories,
} from './lib/owasp.mjs';
import { lockstep, readReport, scanCommand } from './lib/tools.mjs';

/** @typedef {{ name: string, scores: import('./lib/owasp.mjs').CategoryScore[] }} ToolScores */
/** @typedef {ReturnType<typeof ratesOf>} Rates */

const GUARDRAILS = fileURLToPath(new URL('../guardrails', import.meta.url));

const script = {
  name: 'owasp.mjs',
  description: `Scans the benchmark with Lockstep and scores it by the expected results, next to reports of other tools: in each
category the rate of true positives less that of false positives, and their mean over all categories. A test case
counts as reported when a finding in its file names the expected CWE.`,
  options: {
    benchmark: { value: 'folder', required: true, help: 'checkout of OWASP-Benchmark/BenchmarkPython' },
    rules: { value: 'path', default: GUARDRAILS, help: 'rules for Lockstep; the bundled guardrails unless given' },
    depth: { value: 'depth', help: 'how far Lockstep follows taint: function, file or project' },
    kinds: { help: 'let a finding count that names a kind of the expected CWE, as 338 is a kind of 330' },
    lockstep: { value: 'program', help: 'another Lockstep than the one built in this repository' },
    semgrep: { value: 'file', help: 'JSON report of Semgrep' },
    bandit: { value: 'file', help: 'JSON report of Bandit' },
    json: { value: 'file', help: 'write the cases there that each tool found, missed and was wrong about' },
  },
};

await runScript(script, async (given) => {
  const own = lockstep(optionalText(given, 'lockstep'));
  const benchmark = existingPath(given, 'benchmark');
  const cases = readExpected(readFileSync(expectedResults(benchmark), 'utf8'));
  const depth = optionalText(given, 'depth');
  const flags = depth === null ? [] : ['--depth', depth];
  const rules = existingPath(given, 'rules');
  const command = scanCommand(own, { rules, targets: ['.'], jobs: 2, flags: ['--no-git-ignore', ...flags] });
  const { output, errors } = await measure(command, { cwd: benchmark });

  const tools = [{ name: own.name, findings: readSemgrepFindings(readReport(own, output, errors)) }];
  const semgrep = optionalText(given, 'semgrep');
  if (semgrep !== null) tools.push({ name: 'Semgrep', findings: readSemgrepFindings(readJson(semgrep)) });
  const bandit = optionalText(given, 'bandit');
  if (bandit !== null) tools.push({ name: 'Bandit', findings: readBanditFindings(readJson(bandit)) });

  const kinds = given.values['kinds'] === true;
  const scored = tools.map(({ name, findings }) => ({ name, scores: scoreCategories(cases, findings, { kinds }) }));
  const machine = describeMachine([own]);
  process.stdout.write(`${machineLine(machine)}\n\n${scoreTable(scored)}\n`);
  const file = optionalText(given, 'json');
  if (file !== null) writeFileSync(file, `${JSON.stringify({ machine, tools: scored }, null, 2)}\n`);
});

/** @param {string} benchmark */
function expectedResults(benchmark) {
  const name = readdirSync(benchmark).find((each) => /^expectedresults-.*\.csv$/.test(each));
  if (name === undefined) throw new UsageError(`--benchmark: ${benchmark} has no expectedresults-*.csv`);
  return join(benchmark, name);
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(resolve(path), 'utf8'));
}

/** @param {readonly ToolScores[]} tools */
function scoreTable(tools) {
  const first = tools[0]?.scores ?? [];
  const rows = first.map(({ category, cwe, found, missed, alarmed, silent }, at) => [
    category,
    String(cwe),
    String(found.length + missed.length),
    String(alarmed.length + silent.length),
    ...tools.map(({ scores }) => rateCell(ratesOf(/** @type {typeof first[number]} */ (scores[at])))),
  ]);
  const means = tools.map(({ scores }) => rateCell(averageRates(scores)));
  const heading = [
    'category',
    'CWE',
    'real',
    'not real',
    ...tools.map(({ name }) => `${name}: score (found − false alarms)`),
  ];
  return table([heading, ...rows, [`mean of ${first.length}`, '', '', '', ...means]]);
}

/** @param {Rates} rates */
function rateCell({ score, truePositives, falsePositives }) {
  const [total, found, alarmed] = [score, truePositives, falsePositives].map((rate) => (100 * rate).toFixed(1));
  return `${total} % (${found} − ${alarmed})`;
}
