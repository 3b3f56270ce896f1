import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeFolder } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { commitFiles, guardrail, repositoryWithBranch } from './testing/ci-repository.ts';
import { type ActionRun, pullRequestEvent, runCompositeAction } from './testing/composite-action.ts';
import { fencedBlocks } from './testing/doc-examples.ts';
import { loadGithubParsers } from './testing/github-parsers.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
const { faultsOfAction, faultsOfWorkflow } = await loadGithubParsers();

test("it is an action, says GitHub's own parser", () => {
  expect(faultsOfAction(text)).toEqual([]);
  expect(faultsOfAction(text.replace('using: composite', 'usng: composite'))).not.toEqual([]);
});

test('nothing is put into a script: what inputs hold is never run', () => {
  const { runs } = parse(text) as { runs: { steps: { run?: string }[] } };
  const scripts = runs.steps.flatMap(({ run }) => run ?? []);
  expect(scripts).not.toEqual([]);
  for (const script of scripts) expect(script).not.toContain('${{');
});

test('workflows in the documentation are workflows, and give the action what it takes', () => {
  const { inputs } = parse(text) as { inputs: object };
  const blocks = ['ci.md', 'reports.md'].flatMap((name) =>
    fencedBlocks(readFileSync(join(ROOT, 'docs', name), 'utf8')).filter((block) => /^(?:on|name):/m.test(block.text)),
  );
  const workflows = blocks.filter(({ text }) => /^jobs:/m.test(text));
  expect(workflows).not.toEqual([]);
  for (const { text: content } of workflows) {
    expect(faultsOfWorkflow(content)).toEqual([]);
    const steps = (parse(content) as { jobs: { lockstep: { steps: { uses?: string; with?: object }[] } } }).jobs
      .lockstep.steps;
    for (const { uses = '', with: given = {} } of steps) {
      if (/lockstep@/.test(uses)) for (const name of Object.keys(given)) expect(inputs).toHaveProperty([name]);
    }
  }
});

describe('in a pull request', () => {
  const files = { ...guardrail('blocks'), ...guardrail('comments', { stage: 'comment' }), 'a.py': 'blocks(old)\n' };

  function run(change: Record<string, string>, inputs: Record<string, string> = {}): ActionRun & { cwd: string } {
    const cwd = repositoryWithBranch(files);
    commitFiles(cwd, change);
    const temporary = makeFolder();
    const env = pullRequestEvent(cwd, temporary);
    return { ...runCompositeAction({ action: ROOT, cwd, temporary, inputs, env }), cwd };
  }

  test('what blocks fails it, is an annotation, and stands in the summary', () => {
    const { ok, stdout, outputs, uses, summary } = run({
      'a.py': 'blocks(old)\nblocks(new)\n',
      'b.py': 'comments()\n',
    });
    expect(ok).toBe(false);
    expect(outputs).toEqual({ findings: '2', 'exit-code': '1', 'sarif-file': '' });
    expect(stdout.match(/^::error file=.*?,line=\d+/gm)).toEqual([
      '::error file=a.py,line=2',
      '::error file=b.py,line=1',
    ]);
    expect(summary).toContain('a.py:2');
    // The machine has a Node that will do, and nobody asked for code scanning.
    expect(uses).toEqual([]);
  });

  test('what only comments passes', () => {
    const { ok, outputs } = run({ 'b.py': 'comments()\n' });
    expect({ ok, outputs }).toEqual({ ok: true, outputs: { findings: '1', 'exit-code': '0', 'sarif-file': '' } });
  });

  test('the report for code scanning is sent, also where the build fails', () => {
    const { ok, uses, outputs } = run({ 'b.py': 'blocks()\n' }, { 'upload-sarif': 'true' });
    expect(ok).toBe(false);
    expect(uses).toEqual([
      {
        action: 'github/codeql-action/upload-sarif@v3',
        with: { sarif_file: outputs['sarif-file'], category: 'lockstep' },
      },
    ]);
    expect(JSON.parse(readFileSync(outputs['sarif-file'] ?? '', 'utf8')).runs[0].results).toHaveLength(1);
  });

  test('rules, a base, flags and a report of its own', () => {
    const rule = (id: string) =>
      `rules: [{ id: ${id}, languages: [python], severity: ERROR, message: m, pattern: ${id}() }]\n`;
    const { outputs, stdout, cwd } = run(
      { 'b.py': 'one()\ntwo()\nthree()\n', 'rules/one.yaml': rule('one'), 'rules/two.yaml': rule('two') },
      {
        config: 'rules/one.yaml\n  rules/two.yaml\n',
        base: 'main',
        args: '--policy-from\nhead\n--exclude-rule=two',
        'sarif-file': 'out/lockstep.sarif',
      },
    );
    expect(stdout.match(/^::error file=.*?,line=\d+/gm)).toEqual(['::error file=b.py,line=1']);
    expect(outputs).toEqual({ findings: '1', 'exit-code': '1', 'sarif-file': 'out/lockstep.sarif' });
    expect(existsSync(join(cwd, 'out/lockstep.sarif'))).toBe(true);
  });

  test('the token is handed on for comments only', () => {
    const token = (inputs: Record<string, string>) =>
      run({ 'b.py': 'x = 1\n' }, { args: '--help', ...inputs }).environments['lockstep']?.['GITHUB_TOKEN'];
    expect([token({}), token({ comment: 'true' })]).toEqual(['', 'a-token']);
  });

  test('hostile inputs are words for the program, and no code', () => {
    const hostile = '$(touch owned); touch owned #`touch owned`';
    const { ok, outputs, cwd } = run({ 'b.py': 'x = 1\n' }, { config: hostile, base: hostile, args: `${hostile}\n-x` });
    expect(ok).toBe(false);
    expect(outputs).toEqual({ findings: '', 'exit-code': '2', 'sarif-file': '' });
    expect(existsSync(join(cwd, 'owned'))).toBe(false);
  });
});
