// Lockstep against the public annotated rules and the micro-cases, for Python.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeMachine, machineLine } from './lib/machine.mjs';
import { table } from './lib/markdown.mjs';
import { measure } from './lib/measure.mjs';
import { existingPath, optionalText, runScript, text } from './lib/options.mjs';
import { lockstep, readReport, semgrep } from './lib/tools.mjs';

/**
 * A rule of a corpus, as prepare.py describes it.
 *
 * @typedef {{ case: string, languages: string[], mode: string }} Case
 */
/** @typedef {import('./lib/tools.mjs').Tool} Tool */
/** @typedef {{ name: string, folder: string, cases: Case[] }} Corpus */
/** @typedef {{ rule: string, missed: string[], extra: string[] }} Failure */
/**
 * @typedef {object} Score
 * @property {string} corpus
 * @property {string} part
 * @property {number} rules
 * @property {number} passed
 * @property {number | null} goal share that should pass, in percent
 * @property {(Failure | string)[]} failures
 */

const script = {
  name: 'conformance.mjs',
  description: `Builds the corpora, scans them and scores the reports, with the project's scoring scripts (a folder with
prepare.py, score.py, cases.py and cases/; bench/README.md tells where the corpora come from). Prints a Markdown table
and the rules that fail.`,
  options: {
    scripts: { value: 'folder', required: true, help: 'the scoring scripts' },
    'semgrep-rules': { value: 'folder', required: true, help: 'checkout of semgrep/semgrep-rules' },
    'semgrep-source': { value: 'folder', required: true, help: 'checkout of semgrep/semgrep' },
    python: { value: 'program', default: 'python3', help: 'Python with PyYAML' },
    lockstep: { value: 'program', help: 'another Lockstep than the one built in this repository' },
    semgrep: { value: 'program', help: 'score against what Semgrep reports rather than against annotations (slow)' },
    work: { value: 'folder', help: 'keep corpora and reports there' },
    json: { value: 'file', help: 'write all figures there' },
  },
};

/** What score.py calls `python`, in rules. */
const PYTHON = new Set(['python', 'py', 'python2', 'python3']);

/** Topics of the micro-cases. */
const TOPICS = ['patterns', 'matching', 'formulas', 'taint'];

/**
 * What should pass, in percent: less where a corpus is made of corner cases.
 *
 * @type {Record<string, number>}
 */
const GOALS = {
  'semgrep-rules, search': 98,
  'tests/patterns, search': 97,
  'tests/rules, search': 95,
  'semgrep-rules, taint': 97,
  'tests/rules, taint': 95,
  'tests/tainting_rules, taint': 95,
  'tests/taint_maturity, taint': 95,
  'micro-cases, patterns': 97,
  'micro-cases, matching': 97,
  'micro-cases, formulas': 97,
};

/** Annotations and recorded answers are of flows within one function. */
const DEPTH = ['--depth', 'function'];

await runScript(script, async (given) => {
  const keep = optionalText(given, 'work');
  const work = keep === null ? mkdtempSync(join(tmpdir(), 'lockstep-conformance-')) : resolve(keep);
  mkdirSync(work, { recursive: true });
  const own = lockstep(optionalText(given, 'lockstep'));
  const scripts = existingPath(given, 'scripts');
  const run = (/** @type {string} */ name, /** @type {string[]} */ args) =>
    runPython(text(given, 'python'), [join(scripts, name), ...args]);
  const reference = optionalText(given, 'semgrep');
  try {
    const rules = existingPath(given, 'semgrep-rules');
    const source = existingPath(given, 'semgrep-source');
    const corpora = [
      prepare(run, work, 'semgrep-rules', 'rules', rules),
      prepare(run, work, 'tests/patterns', 'patterns', join(source, 'tests/patterns')),
      prepare(run, work, 'tests/rules', 'rules', join(source, 'tests/rules')),
      prepare(run, work, 'tests/tainting_rules', 'rules', join(source, 'tests/tainting_rules')),
      prepare(run, work, 'tests/taint_maturity', 'rules', join(source, 'tests/taint_maturity')),
    ];
    const depth = takesDepth(own) ? DEPTH : [];
    /** @type {Score[]} */
    const scores = [];
    for (const corpus of corpora) {
      await scan(own, depth, corpus);
      const oracle = reference === null ? [] : askSemgrep(run, semgrep(reference).command, corpus);
      scores.push(...scoreCorpus(run, corpus, oracle));
    }
    for (const topic of TOPICS) scores.push(scoreTopic(run, join(scripts, 'cases'), topic, withFlags(own, depth)));
    const machine = describeMachine([own]);
    process.stdout.write(`${machineLine(machine)}\n\n${resultTable(scores)}\n\n${failureList(scores)}\n`);
    const file = optionalText(given, 'json');
    if (file !== null) writeFileSync(file, `${JSON.stringify({ machine, scores }, null, 2)}\n`);
  } finally {
    if (keep === null) rmSync(work, { recursive: true });
  }
});

/**
 * Runs a script; answers with its output.
 *
 * @param {string} python
 * @param {string[]} args
 */
function runPython(python, args) {
  const { status, stdout, stderr, error } = spawnSync(python, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  // 1 is a share below the script's threshold, which is a result like any other.
  if (error !== undefined || (status !== 0 && status !== 1)) {
    throw new Error(`${args[0]} failed: ${error?.message ?? stderr.slice(-2000)}`);
  }
  return stdout;
}

/** @typedef {(script: string, args: string[]) => string} RunScript */

/**
 * Builds a corpus and leaves out what no rule for Python belongs to.
 *
 * @param {RunScript} run
 * @param {string} work
 * @param {string} name
 * @param {'rules' | 'patterns'} kind
 * @param {string} source
 * @returns {Corpus}
 */
function prepare(run, work, name, kind, source) {
  const folder = join(work, name.replace('/', '-'));
  run('prepare.py', [kind, source, folder]);
  /** @type {Case[]} */
  const all = Object.values(JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')));
  const cases = all.filter(({ languages }) => PYTHON.has(languages[0] ?? ''));
  const wanted = new Set(cases.map((each) => each.case));
  for (const each of new Set(all.map((each) => each.case))) {
    if (wanted.has(each)) continue;
    rmSync(join(folder, 'rules', `${each}.yaml`));
    rmSync(join(folder, 'targets', each), { recursive: true });
  }
  return { name, folder, cases };
}

/**
 * Builds from before taint mode have no depth, and can be measured all the same.
 *
 * @param {Tool} own
 */
function takesDepth({ command: [program = '', ...args] }) {
  return spawnSync(program, [...args, 'scan', '--help'], { encoding: 'utf8' }).stdout.includes('--depth');
}

/**
 * A command that adds flags to what it is called with, as cases.py takes a program but no flags for its `scan`.
 *
 * @param {Tool} own
 * @param {string[]} flags
 */
function withFlags({ command }, flags) {
  return [
    process.execPath,
    fileURLToPath(new URL('lib/with-flags.mjs', import.meta.url)),
    JSON.stringify({ command, flags }),
  ];
}

/**
 * @param {Tool} own
 * @param {string[]} depth
 * @param {Corpus} corpus
 */
async function scan(own, depth, { name, folder }) {
  const flags = ['--json', ...depth, '--no-git-ignore', '--max-target-bytes', '0', '--config', join(folder, 'rules')];
  const { output, errors, wall } = await measure([...own.command, 'scan', ...flags, join(folder, 'targets')]);
  const { results } = readReport(own, output, errors);
  process.stderr.write(`${name}: ${results.length} findings in ${Math.round(wall / 1000)} s\n`);
  writeFileSync(join(folder, 'results.json'), output);
}

/**
 * @param {RunScript} run
 * @param {string[]} command
 * @param {Corpus} corpus
 */
function askSemgrep(run, [program = ''], { folder }) {
  const answers = join(folder, 'semgrep.json');
  run('oracle.py', [program, folder, answers]);
  return ['--oracle', answers];
}

/**
 * A score for each mode that rules of the corpus have.
 *
 * @param {RunScript} run
 * @param {Corpus} corpus
 * @param {string[]} oracle
 * @returns {Score[]}
 */
function scoreCorpus(run, { name, folder, cases }, oracle) {
  const modes = [...new Set(cases.map(({ mode }) => mode))].sort();
  return modes.map((mode) => {
    const list = join(folder, `failures-${mode}.json`);
    const flags = ['--only', 'python', '--mode', mode, '--failures', list, ...oracle];
    const last = lastLine(run('score.py', [folder, join(folder, 'results.json'), ...flags]));
    const rules = Number(/of (\d+) rules pass/.exec(last)?.[1] ?? Number.NaN);
    /** @type {Failure[]} */
    const failures = JSON.parse(readFileSync(list, 'utf8'));
    return score(name, mode, rules, failures);
  });
}

/**
 * @param {RunScript} run
 * @param {string} cases
 * @param {string} topic
 * @param {string[]} command
 * @returns {Score}
 */
function scoreTopic(run, cases, topic, command) {
  const lines = run('cases.py', ['score', cases, '--lang', 'python', '--topic', topic, '--', ...command])
    .trimEnd()
    .split('\n');
  const rules = Number(/of (\d+) rules/.exec(lines.at(-1) ?? '')?.[1] ?? Number.NaN);
  const failures = lines.slice(0, -1);
  return score('micro-cases', topic, rules, failures);
}

/**
 * @param {string} corpus
 * @param {string} part
 * @param {number} rules
 * @param {(Failure | string)[]} failures
 * @returns {Score}
 */
function score(corpus, part, rules, failures) {
  const goal = GOALS[`${corpus}, ${part}`] ?? null;
  return { corpus, part, rules, passed: rules - failures.length, goal, failures };
}

/** @param {string} output */
function lastLine(output) {
  return output.trimEnd().split('\n').at(-1) ?? '';
}

/** @param {Score[]} scores */
function resultTable(scores) {
  const rows = scores.map(({ corpus, part, rules, passed, goal }) => [
    `${corpus}, ${part}`,
    String(rules),
    String(passed),
    `${((100 * passed) / rules).toFixed(1)} %`,
    goal === null ? '–' : `${goal} %`,
  ]);
  return table([['Python', 'rules', 'passed', 'share', 'goal'], ...rows]);
}

/** @param {Score[]} scores */
function failureList(scores) {
  return scores
    .filter(({ failures }) => failures.length > 0)
    .map(({ corpus, part, failures }) => `${corpus}, ${part}:\n\n${failures.map(failureLine).join('\n')}`)
    .join('\n\n');
}

/** @param {Failure | string} failure */
function failureLine(failure) {
  if (typeof failure === 'string') return `- ${failure}`;
  const { rule, missed, extra } = failure;
  const parts = [
    missed.length === 0 ? '' : `missed ${missed.join(', ')}`,
    extra.length === 0 ? '' : `extra ${extra.join(', ')}`,
  ];
  return `- \`${rule}\`: ${parts.filter((part) => part !== '').join('; ')}`;
}
