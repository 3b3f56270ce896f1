import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addFiles, makeFolder } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { commitFiles, repositoryWithBranch } from './testing/ci-repository.ts';
import { type JsonReport, lockstep, lockstepJson, outline } from './testing/lockstep.ts';
import { flowRule, pythonRule, ruleFile } from './testing/sample-rules.ts';

/**
 * Less than this is scanned without asking what is known. On one line: for each comment behind a block, the grammar looks
 * at all that follow.
 */
const PADDING = `# ${'padding that nobody looks at '.repeat(1500)}\n`;

const PROJECT = {
  'rules.yaml': ruleFile(pythonRule('eval', 'eval($X)'), pythonRule('faulty', 'f(')),
  'flow.yaml': flowRule('interfile: true'),
  'web.py': `from db import run\nrun(source())\n${PADDING}`,
  'db.py': `def run(q):\n    sink(q)\n${PADDING}`,
  'broken.py': `sink(1)\nx = (\n${PADDING}`,
  'calls.py': `eval(1)  # nosemgrep: eval, other\neval(2)\n${PADDING}`,
  'other.py': `sink(2)\n${PADDING}`,
};

type Report = JsonReport & { code: number | null };

async function scan(cwd: string, cache: string, ...args: string[]): Promise<Report> {
  const given = ['scan', '-j', '1', '--config', 'rules.yaml', '--config', 'flow.yaml', ...args, '.'];
  return (await lockstepJson(given, { cwd, env: { LOCKSTEP_CACHE: cache } })) as Report;
}

function withoutTimes({ ...report }: Report): object {
  return { ...report, time: null };
}

/** Changes everything that a file of the cache says about files, so that a run which believes it finds nothing. */
function emptyCache(cache: string): string[] {
  const folder = join(cache, 'files');
  const names = readdirSync(folder);
  for (const name of names) {
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(
      join(folder, name),
      text.replaceAll(/"findings":\[.*?\],"issues"/g, '"findings":[],"issues"').replaceAll('true', 'false'),
    );
  }
  return names;
}

test('a second run says what the first one said, and looks only at what has changed', { timeout: 60_000 }, async () => {
  const cwd = makeFolder(PROJECT);
  const cache = makeFolder();
  const first = await scan(cwd, cache);
  expect(outline(first)).toEqual(['calls.py:2 eval', 'db.py:2 flow']);
  expect(withoutTimes(await scan(cwd, cache))).toEqual(withoutTimes(first));

  expect(emptyCache(cache)).toHaveLength(3);
  expect(outline(await scan(cwd, cache))).toEqual([]);
  addFiles(cwd, { 'calls.py': `eval(2)\n${PADDING}`, 'db.py': `\ndef run(q):\n    sink(q)\n${PADDING}` });
  expect(outline(await scan(cwd, cache))).toEqual(['calls.py:1 eval']);
  addFiles(cwd, { 'web.py': `from db import run\n\nrun(source())\n${PADDING}` });
  expect(outline(await scan(cwd, cache))).toEqual(['calls.py:1 eval', 'db.py:3 flow']);
  expect(outline(await scan(cwd, cache, '--no-cache'))).toEqual(['calls.py:1 eval', 'db.py:3 flow']);
});

test('other rules, other limits and damaged files make no use of what is known', { timeout: 60_000 }, async () => {
  const cwd = makeFolder(PROJECT);
  const cache = makeFolder();
  await scan(cwd, cache);
  emptyCache(cache);
  expect(outline(await scan(cwd, cache, '--disable-nosem'))).toContain('calls.py:1 eval');
  expect(outline(await scan(cwd, cache, '--time'))).toContain('calls.py:2 eval');
  addFiles(cwd, { 'rules.yaml': PROJECT['rules.yaml'].replace('do not eval', 'never eval') });
  expect(outline(await scan(cwd, cache))).toContain('calls.py:2 eval');
  addFiles(cwd, { 'rules.yaml': PROJECT['rules.yaml'] });
  for (const damaged of ['{"files":', '{}']) {
    for (const name of readdirSync(join(cache, 'files'))) writeFileSync(join(cache, 'files', name), damaged);
    expect(outline(await scan(cwd, cache))).toEqual(['calls.py:2 eval', 'db.py:2 flow']);
  }
});

test('nobody else can read what is kept; nothing is kept where that is not wanted or cannot be', async () => {
  const cwd = makeFolder(PROJECT);
  const cache = makeFolder({ 'a-file': '' });
  expect(outline(await scan(cwd, cache, '--no-cache'))).toHaveLength(2);
  expect(readdirSync(cache)).toEqual(['a-file']);
  expect(outline(await scan(cwd, join(cache, 'a-file')))).toHaveLength(2);
  await scan(cwd, cache);
  const modes = readdirSync(join(cache, 'files')).map((name) => statSync(join(cache, 'files', name)).mode & 0o777);
  expect(modes).toEqual([0o600, 0o600, 0o600]);
  expect(statSync(join(cache, 'files')).mode & 0o777).toBe(0o700);
});

test('what is wrong with rules is told again, though no file is scanned', { timeout: 60_000 }, async () => {
  const cwd = makeFolder(PROJECT);
  const cache = makeFolder();
  const run = () => lockstep(['scan', '--config', 'rules.yaml', '.'], { cwd, env: { LOCKSTEP_CACHE: cache } });
  const first = await run();
  expect(first.stderr).toContain('faulty');
  expect(await run()).toEqual(first);
});

test('of a change, a second run says the same', { timeout: 60_000 }, async () => {
  const { 'web.py': web, ...before } = PROJECT;
  const root = repositoryWithBranch({ ...before, 'web.py': PADDING });
  commitFiles(root, { 'web.py': web });
  const cache = makeFolder();
  const run = async () =>
    (await lockstepJson(['ci', '--base', 'main', '--config', 'flow.yaml'], {
      cwd: root,
      env: { LOCKSTEP_CACHE: cache },
    })) as Report;
  const first = await run();
  expect(outline(first)).toEqual(['db.py:2 flow']);
  expect(withoutTimes(await run())).toEqual(withoutTimes(first));
  expect(readdirSync(join(cache, 'files')).map((name) => name.replace(/-.*/, ''))).toEqual(['ends', 'summaries']);
});
