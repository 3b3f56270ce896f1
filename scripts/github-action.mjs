// What action.yml runs: `lockstep ci` with the action's inputs, and the action's outputs from what it reports.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = mkdtempSync(join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'lockstep-'));
const json = join(folder, 'report.json');
const uploads = input('UPLOAD_SARIF') === 'true';
const sarif = input('SARIF_FILE') || (uploads ? join(folder, 'report.sarif') : '');

const args = [
  'ci',
  '--github',
  `--json-output=${json}`,
  ...(sarif === '' ? [] : [`--sarif-output=${sarif}`]),
  ...lines(input('CONFIG')).map((value) => `--config=${value}`),
  ...(input('BASE') === '' ? [] : [`--base=${input('BASE')}`]),
  ...(input('COMMENT') === 'true' ? ['--comment'] : []),
  ...lines(input('ARGS')),
];
const launcher = fileURLToPath(new URL('../packages/cli/bin/lockstep.js', import.meta.url));
const { status } = spawnSync(process.execPath, [launcher, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
// Where it was stopped by a signal, there is no code.
const code = status ?? 1;
output('exit-code', String(code));
output('findings', existsSync(json) ? String(countFindings(readFileSync(json, 'utf8'))) : '');
output('sarif-file', existsSync(sarif) ? sarif : '');
process.exitCode = code;

/** @param {string} name */
function input(name) {
  return (process.env[`INPUT_${name}`] ?? '').trim();
}

/** @param {string} text */
function lines(text) {
  return text.split('\n').flatMap((line) => line.trim() || []);
}

/** @param {string} report */
function countFindings(report) {
  /** @type {{ results: { extra: { is_ignored: boolean } }[] }} */
  const { results } = JSON.parse(report);
  return results.filter(({ extra }) => !extra.is_ignored).length;
}

/**
 * A value has one line: one of more could write outputs of its own.
 *
 * @param {string} name
 * @param {string} value
 */
function output(name, value) {
  const file = process.env['GITHUB_OUTPUT'];
  if (file !== undefined) appendFileSync(file, `${name}=${value.replace(/[\r\n]/g, ' ')}\n`);
}
