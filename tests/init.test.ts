import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { git, makeFolder, makeRepository } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { VERSION } from '../packages/cli/src/version.ts';
import { loadGithubParsers } from './testing/github-parsers.ts';
import { lockstep, lockstepJson, outline } from './testing/lockstep.ts';

const APP = {
  'requirements.txt': 'Flask==3.0\n',
  'app/views.py': 'import subprocess, yaml\n\ndef run(x):\n    subprocess.run(x, shell=True)\n',
  'tests/test_views.py': 'import paramiko\n',
};

const WORKFLOW = '.github/workflows/lockstep.yml';

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** The names of the bundled guardrails that a lockstep.yaml asks for. */
function proposed(cwd: string): string[] {
  return parse(read(cwd, 'lockstep.yaml')).guardrails.flatMap((each: { lockstep?: string[] }) => each.lockstep ?? []);
}

test('what it writes is what a scan takes', async () => {
  const cwd = makeRepository(APP);
  git(cwd, 'remote', 'add', 'origin', 'git@github.com:acme/shop.git');
  const { code, stdout, stderr } = await lockstep(['init', '--yes'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Languages: python (1 file)');
  expect(stdout).toContain('Libraries: flask, pyyaml');
  const names = proposed(cwd);
  for (const name of ['flask-debug', 'yaml-safe-load', 'shell-command']) expect(names).toContain(name);
  // What only tests use, what nobody uses, and what is about the example's own code.
  for (const name of ['ssh-host-key', 'django-settings', 'charge-once']) expect(names).not.toContain(name);
  expect(outline(await lockstepJson(['scan'], { cwd }))).toEqual(['app/views.py:4 shell-command']);

  const workflow = parse(read(cwd, WORKFLOW));
  expect(workflow.on).toEqual(['pull_request']);
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(workflow.jobs.lockstep.steps.at(-1).run).toBe(`npx --yes lockstep@${VERSION} ci --github`);

  const { faultsOfWorkflow } = await loadGithubParsers();
  expect(faultsOfWorkflow(read(cwd, WORKFLOW))).toEqual([]);

  const again = await lockstep(['init', '--yes'], { cwd });
  expect(again.stdout).toContain('Everything is in place.');
});

test('a dry run shows all and writes nothing', async () => {
  const cwd = makeRepository({ ...APP, '.github/CODEOWNERS': '' });
  const { code, stdout } = await lockstep(['init', '--dry-run'], { cwd: join(cwd, 'app') });
  expect(code).toBe(0);
  for (const text of ['lockstep.yaml, new:', 'lockstep.lock, new:', `${WORKFLOW}, new:`, 'Nothing was written.']) {
    expect(stdout).toContain(text);
  }
  expect(git(cwd, 'status', '--porcelain')).toBe('');
});

test('files that are there stay as they are, and what to add is shown', async () => {
  const own = {
    'lockstep.yaml': 'guardrails: [{ lockstep: shell-command }]\n',
    '.gitlab-ci.yml': 'test:\n  script: [make]\n',
    '.pre-commit-config.yaml': 'repos:\n- repo: https://example.com/x\n  rev: v1\n  hooks: [{ id: x }]\n',
  };
  const cwd = makeRepository({ ...APP, ...own });
  const { stdout } = await lockstep(['init', '--yes'], { cwd });
  for (const [path, text] of Object.entries(own)) {
    expect(read(cwd, path)).toBe(text);
    expect(stdout).toContain(`${path} is there already and stays as it is.`);
  }
  expect(stdout).toContain(
    `    +    - npx --yes lockstep@${VERSION} ci --gitlab-codequality-output=gl-code-quality.json --gitlab-sast-output=gl-sast-report.json`,
  );
  expect(stdout).toContain('    +- repo: local\n    +  hooks:\n');
  // The lock is that of the file that counts.
  expect(read(cwd, 'lockstep.lock').match(/source: .*/g)).toEqual(['source: "lockstep:shell-command"']);
  const added = /^ {4}[+ ](.*)$/gm;
  const preCommit = stdout.slice(stdout.indexOf('.pre-commit-config.yaml is'));
  const lines = [...preCommit.matchAll(added)].map(([, line]) => line).join('\n');
  const [hook] = parse(`repos:\n${lines.slice(lines.indexOf('- repo: local'))}`).repos[0].hooks;
  expect(hook).toEqual({
    id: 'lockstep-ci',
    name: 'lockstep ci',
    entry: 'lockstep ci --staged --quiet',
    language: 'node',
    additional_dependencies: [`lockstep@${VERSION}`],
    pass_filenames: false,
  });
});

test.each([
  ['.gitlab-ci.yml', 'include:\n  - component: $CI_SERVER_FQDN/security/lockstep/lockstep@1.0.0\n'],
  ['.gitlab-ci.yml', 'include:\n  - project: security/lockstep\n    file: templates/lockstep.yml\n'],
  ['.pre-commit-config.yaml', 'repos:\n- repo: https://example.com/l\n  rev: v1\n  hooks: [{ id: lockstep-ci }]\n'],
])('%s that runs it already is complete', async (path, text) => {
  const { stdout } = await lockstep(['init', '--dry-run'], { cwd: makeRepository({ ...APP, [path]: text }) });
  expect(stdout).toContain(`${path} is there already\n`);
});

test('GitLab by its remote; guardrails and rules of its own', async () => {
  const cwd = makeRepository({
    '.semgrep/x.yaml':
      'rules: [{ id: no-exec, languages: [python], severity: ERROR, message: x, pattern: exec(...) }]\n',
    'guardrails/no-eval/guardrail.yaml':
      'id: no-eval\npromise: p\nweakness: CWE-95\nowners: { security: a, engineering: b }\nstage: monitor\n' +
      'languages: [python]\nforbid: [{ use: eval }]\n',
    'a.py': 'eval(x)\nexec(x)\n',
  });
  git(cwd, 'remote', 'add', 'origin', 'https://gitlab.example/acme/shop.git');
  await lockstep(['init', '--yes'], { cwd });
  const { guardrails, rules } = parse(read(cwd, 'lockstep.yaml'));
  expect(guardrails[0]).toBe('guardrails');
  expect(rules).toEqual(['.semgrep']);
  expect(parse(read(cwd, '.gitlab-ci.yml')).lockstep.script).toHaveLength(1);
  expect(outline(await lockstepJson(['scan'], { cwd }))).toEqual(
    expect.arrayContaining(['a.py:1 no-eval', 'a.py:2 semgrep.no-exec']),
  );
});

test('without a terminal it does not ask', async () => {
  const cwd = makeRepository(APP);
  const { code, stderr } = await lockstep(['init'], { cwd });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'error: there is no terminal to ask on: pass --yes to write, or --dry-run to look\n',
  });
});

test('where there is nothing to check', async () => {
  const { code, stderr } = await lockstep(['init', '--yes'], { cwd: makeFolder({ 'a.txt': '' }) });
  expect(code).toBe(2);
  expect(stderr).toContain('there is nothing to check here yet');
  const missing = await lockstep(['init', '--yes', 'nowhere'], { cwd: makeFolder() });
  expect(missing.stderr).toBe('error: nowhere is no folder\n');
});

test('a hostile repository: links out of it are not written through, and names do not act', async () => {
  const outside = makeFolder();
  const cwd = makeRepository(APP);
  symlinkSync(outside, join(cwd, '.github'));
  const linked = await lockstep(['init', '--yes'], { cwd });
  expect(linked.code).toBe(2);
  expect(linked.stderr).toContain('.github/workflows/lockstep.yml cannot be written: its folder leads out');
  expect(existsSync(join(outside, 'workflows'))).toBe(false);

  const other = makeRepository(APP);
  symlinkSync(join(outside, 'new.yaml'), join(other, 'lockstep.yaml'));
  expect((await lockstep(['init', '--yes'], { cwd: other })).code).toBe(2);
  expect(existsSync(join(outside, 'new.yaml'))).toBe(false);

  const named = makeRepository({
    ...APP,
    '.semgrep.yml': 'x',
    '.pre-commit-config.yaml': 'repos: []\n# \u001b[31m\u202e\n',
  });
  const { stdout } = await lockstep(['init', '--dry-run'], { cwd: named });
  expect(stdout).toContain('.pre-commit-config.yaml is there already');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be shown.
  expect(stdout).not.toMatch(/[\u001b\u202e]/);
});
