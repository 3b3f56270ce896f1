import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { commitFiles, guardrail, repositoryWithBranch } from './testing/ci-repository.ts';
import { type JsonReport, lockstep, lockstepJson, outline } from './testing/lockstep.ts';
import { EVAL_RULE, flowRule } from './testing/sample-rules.ts';

type CiReport = JsonReport & { code: number | null; lockstep: { notes: { code: string; items: string[] }[] } };

async function ci(cwd: string, ...args: string[]): Promise<CiReport> {
  return (await lockstepJson(['ci', '--base', 'main', ...args], { cwd })) as unknown as CiReport;
}

const CONFIG = `guardrails: [guardrails]
overrides: [{ guardrail: first, stage: block, reason: it was right }]
ignore: [generated/]
`;

function repository(config: string): string {
  return repositoryWithBranch({
    'lockstep.yaml': config,
    ...guardrail('first', { stage: 'monitor', call: 'eval' }),
    'a.py': 'x = 1\n',
  });
}

test('a change is checked by lockstep.yaml, from any folder', async () => {
  const root = repository(CONFIG);
  commitFiles(root, { 'app/b.py': 'eval(b)\n', 'generated/c.py': 'eval(c)\n' });
  const report = await ci(root);
  expect(outline(report)).toEqual(['app/b.py:1 first']);
  expect(report.code).toBe(1);
  expect(report.lockstep.notes.find(({ code }) => code === 'policy-changed')).toBeUndefined();
  expect(outline(await ci(join(root, 'app')))).toEqual(['app/b.py:1 first']);
});

test.each<[string, Record<string, string>]>([
  ['demotes', { 'lockstep.yaml': CONFIG.replace('stage: block', 'stage: monitor') }],
  ['switches off', { 'lockstep.yaml': CONFIG.replace('stage: block', 'off: true') }],
  ['ignores', { 'lockstep.yaml': CONFIG.replace('generated/', 'app/') }],
  ['skips what is large', { 'lockstep.yaml': `${CONFIG}scan: { max-target-bytes: 1 }\n` }],
  ['breaks', { 'lockstep.yaml': 'guardrails: [' }],
  ['removes', {}],
])('a change that %s is checked by what counted before it', async (_, files) => {
  const root = repository(CONFIG);
  if (Object.keys(files).length === 0) rmSync(join(root, 'lockstep.yaml'));
  commitFiles(root, { ...files, 'app/b.py': 'eval(b)\n' });
  const report = await ci(root);
  expect(outline(report)).toEqual(['app/b.py:1 first']);
  expect(report.code).toBe(1);
  expect(report.lockstep.notes.find(({ code }) => code === 'policy-changed')?.items.join()).toContain('lockstep.yaml');
});

test('limits count as they were before the change, and flags override them', async () => {
  const root = repository(`${CONFIG}scan: { max-target-bytes: 30 }\n`);
  const large = `eval(b)\n${'x = 1\n'.repeat(9)}`;
  commitFiles(root, { 'lockstep.yaml': CONFIG, 'b.py': large, 'c.py': 'eval(c)\n' });
  expect(outline(await ci(root))).toEqual(['c.py:1 first']);
  expect(outline(await ci(root, '--policy-from', 'head'))).toEqual(['b.py:1 first', 'c.py:1 first']);
  expect(outline(await ci(root, '--max-target-bytes', '1MB'))).toEqual(['b.py:1 first', 'c.py:1 first']);
});

test('the depth that lockstep.yaml asks for', async () => {
  const flow = {
    'rules.yaml': flowRule(''),
    'lib.py': 'def get():\n    return source()\n',
    'a.py': 'x = 1\n',
  };
  const change = { 'a.py': 'from lib import get\nsink(get())\n' };
  const lines: string[][] = [];
  for (const scan of ['', 'scan: { depth: project }\n']) {
    const root = repositoryWithBranch({ ...flow, 'lockstep.yaml': `rules: [rules.yaml]\n${scan}` });
    commitFiles(root, change);
    lines.push(outline(await ci(root)));
  }
  expect(lines).toEqual([[], ['a.py:2 flow']]);
});

test('with --config, only what it says of files and limits, as before the change', async () => {
  const config = 'rules: [rules.yaml]\nignore: [generated/]\nscan: { max-target-bytes: 30 }\n';
  const root = repositoryWithBranch({ 'lockstep.yaml': config, 'rules.yaml': EVAL_RULE, 'a.py': '' });
  commitFiles(root, {
    'lockstep.yaml': 'rules: [rules.yaml]\n',
    'b.py': `eval(b)\n${'x = 1\n'.repeat(9)}`,
    'c.py': 'eval(c)\n',
    'generated/d.py': 'eval(d)\n',
  });
  expect(outline(await ci(root, '--config', 'rules.yaml'))).toEqual(['c.py:1 eval']);
});

test('--policy-from head, and a run for no change, take it as it is', async () => {
  const root = repository(CONFIG);
  commitFiles(root, {
    'lockstep.yaml': CONFIG.replace('generated/', 'app/'),
    'app/b.py': 'eval(b)\n',
    'c.py': 'eval(c)\n',
  });
  expect(outline(await ci(root, '--policy-from', 'head'))).toEqual(['c.py:1 first']);
});

test('nothing is fetched because a change asks for it', async () => {
  const root = repository('guardrails: [guardrails]\n');
  const commit = '0'.repeat(40);
  commitFiles(root, {
    'lockstep.yaml': `guardrails: [guardrails, { git: "https://git.invalid/g", commit: ${commit} }, { npm: a@1.0.0 }]\n`,
    ...guardrail('second', { call: 'eval' }),
    'b.py': 'eval(b)\n',
  });
  const monitor = join(makeFolder(), 'monitor.json');
  const { stderr, code } = await lockstep(
    ['ci', '--base', 'main', '--monitor-output', monitor, '--no-suppress-errors'],
    {
      cwd: root,
      env: { LOCKSTEP_CACHE: makeFolder() },
    },
  );
  expect(code).toBe(0);
  expect(stderr).not.toContain('cannot be fetched');
  expect(stderr).not.toContain('git.invalid');
});

test('a comment that allows a finding, and where there is no reason', async () => {
  const root = repository(CONFIG);
  commitFiles(root, {
    'b.py': 'eval(b)  # lockstep: allow first -- reads our own files\n',
    'c.py': 'eval(c)  # lockstep: allow first\n',
  });
  const report = await ci(root);
  expect(outline(report)).toEqual(['c.py:1 first']);
  expect(report.lockstep.notes.find(({ code }) => code === 'suppressed')?.items).toEqual(['b.py:1 first']);
});

const FOLLOWING = flowRule('interfile: true');

/** A view that hands on data, and a function in another file that it may reach a sink in. */
const APP = {
  'rules.yaml': FOLLOWING,
  'app/__init__.py': '',
  'app/db.py': 'def run(query):\n    sink(query)\n\n\ndef safe(query):\n    return 1\n',
  'app/old.py': 'from .db import run\nrun(source())\n',
  'app/view.py': 'from . import db\nvalue = source()\ndb.safe(value)\n',
};

describe('flows that a change opens across files', () => {
  const rules = ['--config', 'rules.yaml'];
  const clean = { ...APP, 'app/old.py': '' };

  test('end in a file that it does not touch', async () => {
    const root = repositoryWithBranch(clean);
    commitFiles(root, { 'app/view.py': 'from . import db\nvalue = source()\ndb.run(value)\n' });
    const report = await ci(root, ...rules);
    expect(outline(report)).toEqual(['app/db.py:2 flow']);
    expect(report.code).toBe(1);
    expect(report.lockstep.notes.map(({ code }) => code)).not.toContain('interfile');
  });

  test('begin in one, and go through what is changed', async () => {
    const root = repositoryWithBranch({ ...clean, 'app/view.py': 'from . import db\ndb.safe(source())\n' });
    commitFiles(root, { 'app/db.py': 'def safe(query):\n    sink(query)\n' });
    expect(outline(await ci(root, ...rules))).toEqual(['app/db.py:2 flow']);
  });

  test('begin and end in others', async () => {
    const root = repositoryWithBranch({
      ...clean,
      'app/clean.py': 'def clean(x):\n    return 1\n',
      'app/view.py': 'from . import clean, db\ndb.run(clean.clean(source()))\n',
    });
    commitFiles(root, { 'app/clean.py': 'def clean(x):\n    return x\n' });
    expect(outline(await ci(root, ...rules))).toEqual(['app/db.py:2 flow']);
  });

  test('were there before: in a file that was edited, moved, or called otherwise', async () => {
    const root = repositoryWithBranch(APP);
    commitFiles(root, {
      'app/db.py': `import os\n\n${APP['app/db.py']}`,
      'app/new.py': 'from .db import run\nx = 1\nrun(source())\n',
    });
    rmSync(join(root, 'app/old.py'));
    commitFiles(root, { 'app/view.py': 'from . import db\nvalue = source()\ndb.safe(value, 1)\n' });
    expect(outline(await ci(root, ...rules))).toEqual([]);
  });

  test('are not followed with --depth file', async () => {
    const root = repositoryWithBranch(clean);
    commitFiles(root, { 'app/view.py': 'from . import db\nvalue = source()\ndb.run(value)\n' });
    expect(outline(await ci(root, ...rules, '--depth', 'file'))).toEqual([]);
  });
});
