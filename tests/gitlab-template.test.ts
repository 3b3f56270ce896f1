import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { git, makeFolder } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { VERSION } from '../packages/cli/src/version.ts';
import { commitFiles, guardrail, repositoryWithBranch } from './testing/ci-repository.ts';

const CLI = fileURLToPath(new URL('../packages/cli', import.meta.url));
const text = readFileSync(fileURLToPath(new URL('../templates/lockstep.yml', import.meta.url)), 'utf8');
const header = text.slice(0, text.indexOf('\n---\n'));
const { inputs } = parse(header).spec as { inputs: Record<string, { default: string }> };

interface Job {
  stage: string;
  variables: Record<string, string>;
  rules: { if: string }[];
  script: string[];
  artifacts: { when: string; reports: Record<string, string> };
}

/** The job that GitLab makes of the template: inputs are put into the values of what YAML makes of it, not into its text. */
function interpolated(given: Record<string, string>): Job {
  const values: Record<string, string> = {
    ...Object.fromEntries(Object.entries(inputs).map(([name, each]) => [name, each.default])),
    ...given,
  };
  const fill = (_: string, name: string) => {
    if (values[name] === undefined) throw new Error(`no input ${name}`);
    return values[name];
  };
  return parse(text.slice(header.length + 5), (_, value: unknown) =>
    typeof value === 'string' ? value.replace(/\$\[\[ inputs\.(\w+) \]\]/g, fill) : value,
  ).lockstep;
}

test('a header and a job; every input has a default and is used', () => {
  expect(parseAllDocuments(text)).toHaveLength(2);
  for (const [name, input] of Object.entries(inputs)) {
    expect(input.default, name).toBeTypeOf('string');
    expect(text).toContain(`$[[ inputs.${name} ]]`);
  }
  expect(inputs['package']?.default).toBe(`lockstep@${VERSION}`);
  const job = interpolated({});
  expect(job.stage).toBe('test');
  expect(job.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]);
  expect(job.artifacts.when).toBe('always');
});

const packed = mkdtempSync(join(tmpdir(), 'lockstep-gitlab-'));
let archive = '';

beforeAll(() => {
  const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', packed], { cwd: CLI, encoding: 'utf8' });
  archive = join(packed, name.trim());
}, 60_000);

afterAll(() => rmSync(packed, { recursive: true, force: true }));

/** Runs the script as GitLab's runner does, in a merge request. */
function run(change: Record<string, string>, given: Record<string, string> = {}) {
  const temporary = makeFolder();
  const job = interpolated({ package: archive, ...given });
  const cwd = repositoryWithBranch({ ...guardrail('blocks'), ...guardrail('comments', { stage: 'comment' }) });
  commitFiles(cwd, change);
  const { status, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', job.script.join('\n')], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: temporary,
      npm_config_cache: join(temporary, 'cache'),
      CI: 'true',
      GITLAB_CI: 'true',
      CI_PROJECT_PATH: 'acme/shop',
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_IID: '7',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: git(cwd, 'rev-parse', 'main'),
      ...job.variables,
    },
  });
  const report = (name: string) => JSON.parse(readFileSync(join(cwd, job.artifacts.reports[name] ?? ''), 'utf8'));
  return { status, stderr, cwd, codequality: report('codequality'), sast: report('sast') };
}

test('both reports are written, and what blocks fails the job', () => {
  const { status, codequality, sast } = run({ 'a.py': 'blocks()\ncomments()\n' });
  expect(status).toBe(1);
  const places = codequality.map((each: { location: { path: string; lines: { begin: number } } }) => each.location);
  expect(places).toEqual([
    { path: 'a.py', lines: { begin: 1, end: 1 } },
    { path: 'a.py', lines: { begin: 2, end: 2 } },
  ]);
  expect(sast.vulnerabilities).toHaveLength(2);
});

test('rules, a base and flags; what inputs hold does not act', () => {
  const rule = 'rules: [{ id: one, languages: [python], severity: ERROR, message: m, pattern: one() }]\n';
  const given = { config: 'rules/one.yaml', base: 'main', args: '--policy-from head' };
  const { status, sast } = run({ 'rules/one.yaml': rule, 'a.py': 'one()\nblocks()\n' }, given);
  expect({ status, found: sast.vulnerabilities.length }).toEqual({ status: 1, found: 1 });
  const hostile = run({ 'a.py': 'x = 1\n' }, { base: '"$(touch owned)"' });
  expect(existsSync(join(hostile.cwd, 'owned'))).toBe(false);
});
