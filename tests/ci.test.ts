import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitAll, git, makeFolder, makeRepository } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { commitFiles, guardrail, repositoryWithBranch } from './testing/ci-repository.ts';
import { type JsonReport, lockstep, lockstepJson, outline } from './testing/lockstep.ts';
import { CHECKS } from './testing/report-schemas.ts';
import { EVAL_RULE, flowRule, pythonRule, ruleFile } from './testing/sample-rules.ts';

interface Note {
  code: string;
  title: string;
  items: string[];
}

type CiReport = JsonReport & { code: number | null; lockstep: { notes: Note[] } };

async function ci(cwd: string, ...args: string[]): Promise<CiReport> {
  return (await lockstepJson(['ci', '--base', 'main', ...args], { cwd })) as unknown as CiReport;
}

function note({ lockstep }: CiReport, code: string): Note | undefined {
  return lockstep.notes.find((each) => each.code === code);
}

const padding = 'x = 1\n'.repeat(20);

test('only what the change introduces is reported, whatever it moves, renames, deletes or lays out anew', async () => {
  const root = repositoryWithBranch({
    'rules.yaml': EVAL_RULE,
    'same.py': 'eval(same)\n',
    'edited.py': 'eval(old)\n',
    'renamed.py': `eval(moved)\n${padding}`,
    'deleted.py': 'eval(gone)\n',
    'source.py': `def helper():\n    eval(taken_along)\n${padding}`,
    'layout.py': 'result = f(eval(code), 1)\n',
  });
  renameSync(join(root, 'renamed.py'), join(root, 'new_name.py'));
  rmSync(join(root, 'deleted.py'));
  commitFiles(root, {
    'edited.py': 'x = 1\n\neval(old)\neval(new)\n',
    'added.py': 'eval(added)\n',
    'source.py': padding,
    'target.py': 'def helper():\n    eval(taken_along)\n',
    'layout.py': 'result = f(\n    eval(\n        code\n    ),\n    1,\n)\n',
  });
  const report = await ci(root, '--config', 'rules.yaml');
  expect(outline(report)).toEqual(['added.py:1 eval', 'edited.py:4 eval']);
  expect(report.code).toBe(1);
  expect(report.paths.scanned).toEqual(['added.py', 'edited.py', 'layout.py', 'source.py', 'target.py']);
});

test('what has a body is not new because its body was edited', async () => {
  const root = repositoryWithBranch({
    'rules.yaml': ruleFile(pythonRule('untimed', '"with connect(...): ..."')),
    'a.py': 'def f():\n    with connect(1):\n        old()\n',
  });
  commitFiles(root, {
    'a.py': 'def f():\n    with connect(1):\n        new()\n        more()\n    with connect(2):\n        old()\n',
  });
  expect(outline(await ci(root, '--config', 'rules.yaml'))).toEqual(['a.py:5 untimed']);
});

test('what was committed is scanned; the working tree is neither read nor touched', async () => {
  const root = repositoryWithBranch({ 'rules.yaml': EVAL_RULE, 'a.py': 'x = 1\n' });
  commitFiles(root, { 'a.py': 'eval(committed)\n' });
  writeFileSync(join(root, 'a.py'), 'x = 2\n');
  writeFileSync(join(root, 'untracked.py'), 'eval(untracked)\n');
  const before = git(root, 'status', '--porcelain');
  const { code, stdout } = await lockstep(['ci', '--base', 'main', '--config', 'rules.yaml'], { cwd: root });
  expect(code).toBe(1);
  expect(stdout).toContain('a.py:1:1');
  expect(stdout).toContain('eval(committed)');
  expect(stdout).not.toContain('untracked');
  expect(git(root, 'status', '--porcelain')).toBe(before);
  expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(1);
});

test('from a folder below the root, with rules by relative path', async () => {
  const root = repositoryWithBranch({ 'rules/eval.yaml': EVAL_RULE, 'app/a.py': 'x = 1\n', 'lib/b.py': 'x = 1\n' });
  commitFiles(root, { 'app/a.py': 'eval(a)\n', 'lib/b.py': 'eval(b)\n' });
  const cwd = join(root, 'app');
  expect(outline(await ci(cwd, '--config', '../rules'))).toEqual(['app/a.py:1 rules.eval', 'lib/b.py:1 rules.eval']);
  expect(outline(await ci(cwd, '--config', '../rules', '--subdir', '.'))).toEqual(['app/a.py:1 rules.eval']);
  expect((await lockstep(['ci', '--base', 'main', '--config', '../rules', '--subdir', '../..'], { cwd })).code).toBe(2);
});

test('stages: what blocks fails the build, what comments is shown, what monitors is for security alone', async () => {
  const root = repositoryWithBranch({
    ...guardrail('blocks'),
    ...guardrail('comments', { stage: 'comment' }),
    ...guardrail('monitors', { stage: 'monitor' }),
    'a.py': 'x = 1\n',
  });
  commitFiles(root, { 'a.py': 'comments(1)\nmonitors(1)\n' });
  const output = join(makeFolder(), 'deep/monitor.json');
  const args = [
    'ci',
    '--base',
    'main',
    '--monitor-output',
    output,
    '--sarif-output=out.sarif',
    '--html-output=out.html',
  ];
  const { code, stdout, stderr } = await lockstep(args, { cwd: root });
  expect(code).toBe(0);
  expect(stdout).toContain('guardrails.comments.comments');
  expect(stderr).toContain('Nothing blocks this change');
  const author =
    stdout + stderr + readFileSync(join(root, 'out.sarif'), 'utf8') + readFileSync(join(root, 'out.html'), 'utf8');
  // The code itself is in front of its author anyway.
  expect(author).not.toContain('guardrails.monitors');
  expect(author).not.toContain('Nobody calls monitors');
  const monitor = JSON.parse(readFileSync(output, 'utf8')) as JsonReport;
  expect(outline(monitor)).toEqual(['a.py:2 guardrails.monitors.monitors']);
  commitFiles(root, { 'a.py': 'blocks(1)\n' });
  const failed = await lockstep(['ci', '--base', 'main'], { cwd: root });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('1 finding blocks this change\n  a.py:1 guardrails.blocks.blocks');
  expect(failed.stderr).toContain('1 rule at stage monitor not run: nobody would get the findings');
  expect((await lockstep(['ci', '--base', 'main', '--dry-run'], { cwd: root })).code).toBe(0);
});

test('rules without a guardrail block unless `dev.semgrep.actions` says otherwise', async () => {
  const root = repositoryWithBranch({
    'rules.yaml': ruleFile(
      pythonRule('told', 'told(...)', ['metadata: { dev.semgrep.actions: [comment] }']),
      pythonRule('stopped', 'stopped(...)', ['metadata: { dev.semgrep.actions: [block] }']),
    ),
    'a.py': '',
  });
  commitFiles(root, { 'a.py': 'told(1)\n' });
  const told = await ci(root, '--config', 'rules.yaml');
  expect([told.code, outline(told)]).toEqual([0, ['a.py:1 told']]);
  commitFiles(root, { 'a.py': 'stopped(1)\n' });
  expect((await ci(root, '--config', 'rules.yaml')).code).toBe(1);
});

test('a change cannot lower its own bar', async () => {
  const root = repositoryWithBranch({
    ...guardrail('demoted'),
    ...guardrail('excepted'),
    ...guardrail('gutted'),
    ...guardrail('deleted'),
    ...guardrail('linked'),
    'plain.yaml': EVAL_RULE,
    'a.py': '',
  });
  rmSync(join(root, 'guardrails/deleted'), { recursive: true });
  rmSync(join(root, 'guardrails/linked'), { recursive: true });
  symlinkSync('/dev/null', join(root, 'guardrails/linked'));
  rmSync(join(root, 'plain.yaml'));
  commitFiles(root, {
    ...guardrail('demoted', { stage: 'monitor' }),
    ...guardrail('excepted', { exceptions: 'exceptions: [{ path: "**", reason: because }]' }),
    ...guardrail('gutted', { call: 'nothing' }),
    ...guardrail('added', { stage: 'block' }),
    '.semgrepignore': 'a.py\n',
    '.lockstepignore': 'a.py\n',
    'lockstep.yaml': 'version: 1\n',
    'a.py': 'demoted(1)\nexcepted(1)\ngutted(1)\ndeleted(1)\nlinked(1)\neval(1)\nadded(1)\n',
  });
  const output = join(makeFolder(), 'monitor.json');
  const report = await ci(root, '--config', 'guardrails', '--config', 'plain.yaml', '--monitor-output', output);
  expect(report.code).toBe(1);
  expect(outline(report)).toEqual([
    'a.py:1 guardrails.demoted.demoted',
    'a.py:2 guardrails.excepted.excepted',
    'a.py:3 guardrails.gutted.gutted',
    'a.py:4 guardrails.deleted.deleted',
    'a.py:5 guardrails.linked.linked',
    'a.py:6 eval',
  ]);
  expect(note(report, 'policy-changed')?.items).toEqual([
    '.lockstepignore (added)',
    '.semgrepignore (added)',
    'guardrails/added/guardrail.yaml (added)',
    'guardrails/added/rules.yaml (added)',
    'guardrails/deleted/guardrail.yaml (deleted)',
    'guardrails/deleted/rules.yaml (deleted)',
    'guardrails/demoted/guardrail.yaml (changed)',
    'guardrails/excepted/guardrail.yaml (changed)',
    'guardrails/gutted/guardrail.yaml (changed)',
    'guardrails/gutted/rules.yaml (changed)',
    'guardrails/linked (added)',
    'guardrails/linked/guardrail.yaml (deleted)',
    'guardrails/linked/rules.yaml (deleted)',
    'lockstep.yaml (added)',
    'plain.yaml (deleted)',
  ]);
  // What the change adds is watched until it is merged.
  expect(outline(JSON.parse(readFileSync(output, 'utf8')) as JsonReport)).toEqual(['a.py:7 guardrails.added.added']);
  const trusting = await ci(root, '--config', 'guardrails', '--policy-from', 'head');
  expect(trusting.paths.scanned).not.toContain('a.py');
});

test('a first guardrail runs as monitor in the change that adds it', async () => {
  const root = repositoryWithBranch({ 'a.py': '' });
  commitFiles(root, { ...guardrail('first'), 'a.py': 'first(1)\n' });
  const output = join(makeFolder(), 'monitor.json');
  const { code, results } = await ci(root, '--config', 'guardrails', '--monitor-output', output);
  expect([code, results]).toEqual([0, []]);
  expect(outline(JSON.parse(readFileSync(output, 'utf8')) as JsonReport)).toEqual(['a.py:1 guardrails.first.first']);
});

test('a guardrail that the change breaks still counts, and the change says that it is broken', async () => {
  const root = repositoryWithBranch({ ...guardrail('kept'), 'a.py': '' });
  commitFiles(root, { 'guardrails/kept/rules.yaml': 'rules: [', 'a.py': 'kept(1)\n' });
  const report = await ci(root);
  expect(outline(report)).toEqual(['a.py:1 guardrails.kept.kept']);
  expect(note(report, 'policy-broken')?.items[0]).toContain('guardrails/kept/rules.yaml:');
});

test('an exception from before the change holds; a comment that suppresses is told of', async () => {
  const root = repositoryWithBranch({
    ...guardrail('call', { exceptions: 'exceptions: [{ symbol: allowed, reason: because }]' }),
    'a.py': 'call(0)  # nosem\n',
  });
  commitFiles(root, { 'a.py': 'call(0)  # nosem\ndef allowed():\n    call(1)\n\ncall(2)  # nosem\n' });
  const report = await ci(root);
  expect([report.code, report.results]).toEqual([0, []]);
  expect(note(report, 'suppressed')?.items).toEqual(['a.py:5 guardrails.call.call']);
});

test('names and messages of a change do nothing to the terminal, nor to the build service', async () => {
  const root = repositoryWithBranch({ 'rules.yaml': EVAL_RULE });
  commitFiles(root, {
    'a\u001b[2J\n::error::x.py': 'eval(1)\n',
    'guardrail.yaml/\u001b[31m##vso[task.complete]/guardrail.yaml': 'x',
  });
  const args = ['ci', '--base', 'main', '--config', 'rules.yaml'];
  for (const format of ['--text', '--github']) {
    const summary = join(makeFolder(), 'summary.md');
    const { code, stdout, stderr } = await lockstep([...args, format], {
      cwd: root,
      env: { GITHUB_STEP_SUMMARY: summary },
    });
    expect(code).toBe(1);
    const all = stdout + stderr + (format === '--github' ? readFileSync(summary, 'utf8') : '');
    expect(all).not.toContain('\u001b');
    expect(all).not.toMatch(/^(?!::(?:error|notice|warning) [\w=])\s*::/m);
    if (format === '--text') expect(all).not.toContain('##vso[');
    expect(all).toContain('what it is checked by');
  }
});

test('without a change everything is scanned', async () => {
  const root = makeRepository({ 'rules.yaml': EVAL_RULE, 'a.py': 'eval(1)\n' });
  const push = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push' };
  for (const env of [push, {}]) {
    const { code, stdout, stderr } = await lockstep(['ci', '--config', 'rules.yaml'], { cwd: root, env });
    expect(code).toBe(1);
    expect(stdout).toContain('a.py:1:1');
    expect(stderr).toContain('All of ');
  }
  git(root, 'checkout', '--quiet', '--detach');
  commitFiles(root, { 'b.py': 'eval(2)\n' });
  expect(outline(await ci(root, '--config', 'rules.yaml'))).toEqual(['b.py:1 eval']);
});

test('what goes wrong is told, and does not fail the build unless asked to', async () => {
  const root = repositoryWithBranch({ 'rules.yaml': EVAL_RULE });
  const run = (...args: string[]) => lockstep(['ci', ...args], { cwd: root });
  const missing = await run('--base', 'nowhere', '--config', 'rules.yaml');
  expect(missing.code).toBe(0);
  expect(missing.stderr).toContain('Nothing was scanned.');
  expect(missing.stderr).toContain('The build is not failed over this (exit code 2)');
  expect((await run('--base', 'nowhere', '--config', 'rules.yaml', '--no-suppress-errors')).code).toBe(2);
  expect((await run('--base', 'main', '--config', 'absent.yaml', '--no-suppress-errors')).code).toBe(7);
  expect((await run('--base', 'main', '--config', 'rules.yaml', '--autofix')).code).toBe(2);
  expect((await run('--base', 'main', '--config', 'rules.yaml', '--webhook-format', 'smoke')).code).toBe(2);
  const outside = await lockstep(['ci', '--no-suppress-errors'], { cwd: makeFolder() });
  expect([outside.code, outside.stderr]).toEqual([2, expect.stringContaining('lockstep ci needs a git repository')]);
  const empty = makeFolder();
  git(empty, 'init', '--quiet');
  expect((await lockstep(['ci'], { cwd: empty })).stderr).toContain('This repository has no commit yet');
});

test('data is followed through unchanged files where asked to', async () => {
  const texts = {
    'lib.py': 'def get():\n    return source()\n',
    'a.py': 'from lib import get\n',
    'old.py': 'from lib import get\nsink(get())\n',
  };
  const changed = {
    'a.py': 'from lib import get\nsink(get())\n',
    'old.py': 'from lib import get\nx = 1\nsink(get())\n',
  };
  const found: string[][] = [];
  for (const [options, depth] of [
    ['interfile: true', []],
    ['', ['--depth', 'project']],
    ['interfile: true', ['--depth', 'file']],
  ] as const) {
    const root = repositoryWithBranch({ 'rules.yaml': flowRule(options), ...texts });
    commitFiles(root, changed);
    found.push(outline(await ci(root, '--config', 'rules.yaml', ...depth)));
  }
  expect(found).toEqual([['a.py:2 flow'], ['a.py:2 flow'], []]);
});

test('where another commit than that of the change is checked out, data is followed within files', async () => {
  const root = repositoryWithBranch({
    'rules.yaml': flowRule('interfile: true'),
    'lib.py': 'def get():\n    return source()\n',
    'a.py': 'from lib import get\n',
  });
  commitFiles(root, { 'a.py': 'from lib import get\nsink(get())\nsink(source())\n' });
  const head = git(root, 'rev-parse', 'HEAD').trim();
  git(root, 'checkout', '--quiet', 'main');
  const env = { TF_BUILD: 'True', SYSTEM_PULLREQUEST_PULLREQUESTID: '1', SYSTEM_PULLREQUEST_SOURCECOMMITID: head };
  const args = ['ci', '--base', 'main', '--config', 'rules.yaml'];
  const report = (await lockstepJson(args, { cwd: root, env })) as unknown as CiReport;
  expect(outline(report)).toEqual(['a.py:3 flow']);
  expect(note(report, 'interfile')?.title).toContain('1 rule that follows data across files');
});

test('a change cannot make data safe by a model of its own', async () => {
  const models = (call: string) =>
    `models:\n  - { name: shop, description: d, languages: [python], sanitizers: [${call}(...)] }\n`;
  const rule = flowRule('models: [shop]');
  const outside = makeFolder({ 'rules.yaml': rule });
  const root = repositoryWithBranch({ 'models/shop.yaml': models('clean'), 'rules/r.yaml': rule, 'a.py': '' });
  commitFiles(root, {
    'models/shop.yaml': models('identity'),
    'a.py': 'sink(identity(source()))\nsink(clean(source()))\n',
  });
  for (const config of ['rules', join(outside, 'rules.yaml')]) {
    const report = await ci(root, '--config', config, '--models', 'models', '--no-rewrite-rule-ids');
    expect(outline(report)).toEqual(['a.py:1 flow']);
    expect(note(report, 'policy-changed')?.items).toEqual(['models/shop.yaml (changed)']);
  }
});

test('a file that is too large is not read, and not passed over in silence', async () => {
  const root = repositoryWithBranch({ 'rules.yaml': EVAL_RULE });
  commitFiles(root, { 'large.py': `eval(1)\n${'x = 1\n'.repeat(1000)}`, 'small.py': 'eval(2)\n' });
  const report = await ci(root, '--config', 'rules.yaml', '--max-target-bytes', '1000', '--verbose');
  expect(outline(report)).toEqual(['small.py:1 eval']);
  expect(report.paths.skipped).toContainEqual({ path: 'large.py', reason: 'exceeded_size_limit' });
  expect(report.lockstep.completeness.complete).toBe(false);
});

test('rules in a submodule are read from where they are, and a change that moves it says so', async () => {
  const rules = makeRepository({ 'eval.yaml': EVAL_RULE });
  const root = makeRepository({ 'a.py': '' });
  git(root, 'submodule', '--quiet', 'add', rules, 'guardrails');
  commitAll(root, 'submodule');
  git(root, 'checkout', '--quiet', '-b', 'feature');
  commitFiles(root, { 'a.py': 'eval(1)\n' });
  const report = await ci(root, '--config', 'guardrails');
  expect([outline(report), note(report, 'policy-submodule')]).toEqual([['a.py:1 guardrails.eval'], undefined]);
  commitFiles(join(root, 'guardrails'), { 'eval.yaml': ruleFile(pythonRule('nothing', 'nothing()')) });
  commitAll(root, 'move');
  expect(note(await ci(root, '--config', 'guardrails'), 'policy-submodule')?.items).toEqual(['guardrails']);
});

test('a change of many files, which threads scan', async () => {
  const names = Array.from({ length: 14 }, (_, at) => `f${String(at).padStart(2, '0')}.py`);
  const body = 'value = {"key": [1, 2, 3], "other": (4, 5, 6)}\n'.repeat(300);
  const other = pythonRule('exec', 'exec($X)');
  const root = repositoryWithBranch({
    'rules.yaml': EVAL_RULE + other,
    ...Object.fromEntries(names.map((name) => [name, `eval(old)\nexec(old)\n${body}`])),
  });
  commitFiles(root, Object.fromEntries(names.map((name) => [name, `eval(old)\nexec(old)\n${body}eval(new)\n`])));
  const report = await ci(root, '--config', 'rules.yaml');
  expect(outline(report)).toEqual(names.map((name) => `${name}:303 eval`));
  expect(report.lockstep.completeness.complete).toBe(true);
});

test('lockstep.yaml counts as it was before the change, with its overrides and what it ignores', async () => {
  const project = (overrides: string, ignore: string) =>
    [
      'guardrails: [checks]',
      'rules: [rules]',
      `overrides: [{ guardrail: told, stage: comment, reason: r, by: x }${overrides}]`,
      `ignore: [${ignore}]`,
      '',
    ].join('\n');
  const under = (folder: string, files: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path.replace(/^guardrails/, folder), text]),
    ) as Record<string, string>;
  const root = repositoryWithBranch({
    'lockstep.yaml': project('', 'generated/'),
    ...under('checks', { ...guardrail('stops'), ...guardrail('told') }),
    'rules/eval.yaml': EVAL_RULE,
    'app/a.py': '',
    'generated/b.py': '',
  });
  commitFiles(root, { 'app/a.py': 'told(1)\n', 'generated/b.py': 'stops(1)\n' });
  const quiet = await ci(root);
  expect([quiet.code, outline(quiet), quiet.paths.scanned]).toEqual([0, ['app/a.py:1 told'], ['app/a.py']]);
  const off =
    ', { guardrail: stops, off: true, reason: r, by: x }, { rule: rules.eval, stage: monitor, reason: r, by: x }';
  commitFiles(root, {
    'lockstep.yaml': project(off, '"**"'),
    ...under('checks', guardrail('added')),
    'app/a.py': 'told(1)\nstops(1)\neval(1)\nadded(1)\n',
  });
  const output = join(makeFolder(), 'monitor.json');
  for (const cwd of [root, join(root, 'app')]) {
    const report = await ci(cwd, '--monitor-output', output);
    expect(report.code).toBe(1);
    expect(outline(report)).toEqual(['app/a.py:1 told', 'app/a.py:2 stops', 'app/a.py:3 rules.eval']);
    expect(note(report, 'policy-changed')?.items).toEqual([
      'checks/added/guardrail.yaml (added)',
      'checks/added/rules.yaml (added)',
      'lockstep.yaml (changed)',
    ]);
    expect(outline(JSON.parse(readFileSync(output, 'utf8')) as JsonReport)).toEqual(['app/a.py:4 added']);
  }
  expect((await ci(root, '--policy-from', 'head')).paths.scanned).toEqual([]);
});

test('links, submodules and files that became links are left out', async () => {
  const root = repositoryWithBranch({ 'rules.yaml': EVAL_RULE, 'a.py': 'x = 1\n' });
  rmSync(join(root, 'a.py'));
  symlinkSync('/etc/passwd', join(root, 'a.py'));
  commitAll(root, 'link');
  expect((await ci(root, '--config', 'rules.yaml')).paths.scanned).toEqual([]);
});

test('SARIF and HTML tell of the change too, and are as their schemas ask', async () => {
  const root = repositoryWithBranch({ ...guardrail('blocks'), 'a.py': 'x = 1\n' });
  commitFiles(root, { ...guardrail('blocks', { stage: 'monitor' }), 'a.py': 'blocks(1)\n' });
  const outputs = ['--sarif-output=out.sarif', '--html-output=out.html'];
  expect((await lockstep(['ci', '--base', 'main', ...outputs], { cwd: root })).code).toBe(1);
  for (const [format, file] of [
    ['sarif', 'out.sarif'],
    ['html', 'out.html'],
  ] as const) {
    const text = readFileSync(join(root, file), 'utf8');
    expect(text).toContain('1 finding blocks this change');
    expect(text).toContain('guardrails/blocks/guardrail.yaml');
    expect(CHECKS[format](text)).toEqual([]);
  }
});
