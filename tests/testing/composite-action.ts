import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { parse } from 'yaml';

interface Step {
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
}

interface Action {
  inputs: Record<string, { default: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: Step[] };
}

export interface ActionRun {
  /** Whether every step that ran succeeded. */
  ok: boolean;
  stdout: string;
  stderr: string;
  outputs: Record<string, string>;
  /** Other actions that it uses, with what it gives them. */
  uses: { action: string; with: Record<string, string> }[];
  summary: string;
  /** What steps with an id are given, by that id. */
  environments: Record<string, Record<string, string>>;
}

interface ActionOptions {
  /** Folder that holds `action.yml`. */
  action: string;
  cwd: string;
  /** A folder for what the runner keeps. */
  temporary: string;
  inputs?: Record<string, string>;
  env?: Record<string, string>;
}

/**
 * Does with a composite action what GitHub's runner does: evaluates expressions with GitHub's own library, and runs scripts
 * with bash as documented (`bash --noprofile --norc -eo pipefail`). Other actions are noted and not run.
 */
export function runCompositeAction({ action: path, cwd, temporary, inputs = {}, env = {} }: ActionOptions): ActionRun {
  const action = parse(readFileSync(join(path, 'action.yml'), 'utf8')) as Action;
  const defaults = Object.fromEntries(Object.entries(action.inputs).map(([name, each]) => [name, each.default]));
  const folder = mkdtempSync(join(temporary, 'runner-'));
  const summary = join(folder, 'summary.md');
  writeFileSync(summary, '');
  const run: ActionRun = { ok: true, stdout: '', stderr: '', outputs: {}, uses: [], summary: '', environments: {} };
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  const context = () => ({ inputs: { ...defaults, ...inputs }, steps, github: { token: 'a-token' } });
  for (const [at, step] of action.runs.steps.entries()) {
    const condition = step.if ?? 'success()';
    const isGuarded = /\b(?:always|failure|success|cancelled)\(/.test(condition);
    if (!evaluate(isGuarded ? condition : `success() && (${condition})`, context(), run.ok).coerceBoolean()) continue;
    if (step.uses !== undefined) {
      run.uses.push({ action: step.uses, with: expandAll(step.with ?? {}, context(), run.ok) });
      continue;
    }
    const script = join(folder, `step-${at}.sh`);
    const output = join(folder, `output-${at}`);
    writeFileSync(script, expand(step.run ?? '', context(), run.ok));
    writeFileSync(output, '');
    const given = expandAll(step.env ?? {}, context(), run.ok);
    if (step.id !== undefined) run.environments[step.id] = given;
    const result = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: path,
        GITHUB_WORKSPACE: cwd,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        RUNNER_TEMP: folder,
        ...env,
        ...given,
      },
    });
    run.ok &&= result.status === 0;
    run.stdout += result.stdout;
    run.stderr += result.stderr;
    if (step.id !== undefined) steps[step.id] = { outputs: readOutputs(readFileSync(output, 'utf8')) };
  }
  run.outputs = expandAll(
    Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, value])),
    context(),
    run.ok,
  );
  return { ...run, summary: readFileSync(summary, 'utf8') };
}

function readOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

function expandAll(values: Record<string, string>, context: object, ok: boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, expand(String(value), context, ok)]));
}

function expand(text: string, context: object, ok: boolean): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) =>
    evaluate(expression.trim(), context, ok).coerceString(),
  );
}

function evaluate(
  expression: string,
  context: object,
  ok: boolean,
): { coerceString(): string; coerceBoolean(): boolean } {
  const status = (name: string, value: boolean) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  });
  const functions = [status('success', ok), status('always', true), status('failure', !ok)];
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(context), functions).parse();
  const known = new Map(functions.map((each) => [each.name, each]));
  const result = new Evaluator(parsed, asData(context) as data.Dictionary, known).evaluate();
  return { coerceString: () => result.coerceString(), coerceBoolean: () => result.coerceString() === 'true' };
}

function asData(value: unknown): data.ExpressionData {
  if (typeof value === 'string') return new data.StringData(value);
  const pairs = Object.entries(value as object).map(([key, each]) => ({ key, value: asData(each) }));
  return new data.Dictionary(...pairs);
}

/** The file in which GitHub describes a pull request from one commit to another. */
export function pullRequestEvent(cwd: string, temporary: string): Record<string, string> {
  const hash = (name: string) => execFileSync('git', ['rev-parse', name], { cwd, encoding: 'utf8' }).trim();
  const path = join(temporary, 'event.json');
  const request = { base: { sha: hash('main'), ref: 'main' }, head: { sha: hash('HEAD') } };
  writeFileSync(path, JSON.stringify({ pull_request: request }));
  return { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: path, GITHUB_BASE_REF: 'main' };
}
