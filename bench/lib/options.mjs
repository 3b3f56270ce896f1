import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** A mistake on the command line: its message is all that the user needs. */
export class UsageError extends Error {}

/**
 * One option of a bench script. With `value` it takes one (the name shown in the help), without it is a switch.
 *
 * @typedef {{ value?: string, default?: string, required?: boolean, help: string }} OptionSpec
 */

/**
 * What was given on the command line: texts, true for switches, undefined for what is absent and has no default.
 *
 * @typedef {{ values: Record<string, string | boolean | undefined>, extra: string[] }} Given
 */

/** The command line of this repository, which the scripts measure unless told otherwise. */
export const OWN_PROGRAM = fileURLToPath(new URL('../../packages/cli/bin/lockstep.js', import.meta.url));

/**
 * Runs a script: reads its options, prints help where asked for, and turns mistakes of the user into one line on
 * standard error and exit code 2. What follows `--` is handed on as `extra`.
 *
 * @param {{ name: string, description: string, options: Record<string, OptionSpec> }} script
 * @param {(given: Given) => Promise<void>} run
 */
export async function runScript(script, run) {
  try {
    const { values, positionals } = parseArgs({
      options: {
        help: { type: 'boolean', short: 'h' },
        ...Object.fromEntries(Object.entries(script.options).map(([name, spec]) => [name, parserOption(spec)])),
      },
      allowPositionals: true,
    });
    if (values['help'] === true) {
      process.stdout.write(helpText(script));
      return;
    }
    const given = { values: /** @type {Given['values']} */ (values), extra: positionals };
    for (const [name, { required }] of Object.entries(script.options)) if (required) text(given, name);
    await run(given);
  } catch (error) {
    if (!(error instanceof UsageError) && !isParseError(error)) throw error;
    process.stderr.write(`${script.name}: ${/** @type {Error} */ (error).message}\nTry --help.\n`);
    process.exitCode = 2;
  }
}

/**
 * @param {OptionSpec} spec
 * @returns {{ type: 'string', default?: string } | { type: 'boolean' }}
 */
function parserOption(spec) {
  if (spec.value === undefined) return { type: 'boolean' };
  return spec.default === undefined ? { type: 'string' } : { type: 'string', default: spec.default };
}

/** @param {unknown} error */
function isParseError(error) {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** @param {{ name: string, description: string, options: Record<string, OptionSpec> }} script */
function helpText({ name, description, options }) {
  const rows = Object.entries(options).map(([option, { value, default: standard, required, help }]) => {
    const note = required ? ' (required)' : standard === undefined ? '' : ` (default: ${standard})`;
    return { flag: value === undefined ? `--${option}` : `--${option} <${value}>`, help: help + note };
  });
  const width = Math.max(...rows.map(({ flag }) => flag.length)) + 2;
  const lines = rows.map(({ flag, help }) => `  ${flag.padEnd(width)}${help}`);
  return `Usage: node bench/${name} [options]\n\n${description}\n\nOptions:\n${lines.join('\n')}\n`;
}

/**
 * The value of an option that takes one and is required or has a default.
 *
 * @param {Given} given
 * @param {string} name
 */
export function text({ values }, name) {
  const value = values[name];
  if (typeof value !== 'string') throw new UsageError(`--${name} is missing`);
  return value;
}

/**
 * The value of an option that may be absent.
 *
 * @param {Given} given
 * @param {string} name
 * @returns {string | null}
 */
export function optionalText({ values }, name) {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}

/**
 * A whole number of at least `least`.
 *
 * @param {Given} given
 * @param {string} name
 * @param {number} least
 */
export function wholeNumber(given, name, least) {
  const value = text(given, name);
  if (!/^\d+$/.test(value) || Number(value) < least) {
    throw new UsageError(`--${name} must be a whole number of at least ${least}, not ${value}`);
  }
  return Number(value);
}

/**
 * The absolute path of something that exists.
 *
 * @param {Given} given
 * @param {string} name
 */
export function existingPath(given, name) {
  const path = resolve(text(given, name));
  if (!existsSync(path)) throw new UsageError(`--${name}: ${path} does not exist`);
  return path;
}
