import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { GitSource } from '@lockstep/guardrails';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { addFiles, commitAll, git, makeFolder, makeRepository } from '../targets/testing/temporary-folder.ts';
import { fetchGit } from './fetch-git.ts';
import type { SourceFault } from './source-files.ts';

const PLACE = { line: 1, column: 1, start: 0, end: 0, path: '' };

function source(url: string, commit: string, folder: string | null = null): GitSource {
  return { kind: 'git', url, commit, folder, place: PLACE };
}

function setEnvironment(values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const before = process.env[name];
    process.env[name] = value;
    onTestFinished(() => {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
  }
}

/** What the user, and nobody else, may say: that an address stands for a folder of this machine. */
function serve(repository: string): string {
  const config = join(
    makeFolder({ gitconfig: `[url "file://${repository}"]\n\tinsteadOf = https://git.example/g\n` }),
    'gitconfig',
  );
  setEnvironment({ GIT_CONFIG_GLOBAL: config, GIT_ALLOW_PROTOCOL: 'file' });
  return 'https://git.example/g';
}

beforeEach(() => setEnvironment({ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }));

test('the files of a commit, and not those of a later one; links are left out', async () => {
  const repository = makeRepository({
    'a/guardrail.yaml': 'first',
    'a/tests/x.py': 'x',
    'né w.txt': 'n',
    '.gitattributes': '* text eol=crlf\n',
  });
  symlinkSync('/etc/passwd', join(repository, 'passwd'));
  commitAll(repository, 'link');
  const commit = git(repository, 'rev-parse', 'HEAD');
  addFiles(repository, { 'a/guardrail.yaml': 'second\n' });
  commitAll(repository, 'second');
  const url = serve(repository);
  const outline = async (folder: string | null) =>
    [...(await fetchGit(source(url, commit, folder)))].map(([path, content]) => `${path}: ${Buffer.from(content)}`);
  expect(await outline(null)).toEqual([
    '.gitattributes: * text eol=crlf\n',
    'a/guardrail.yaml: first',
    'a/tests/x.py: x',
    'né w.txt: n',
  ]);
  expect(await outline('a')).toEqual(['guardrail.yaml: first', 'tests/x.py: x']);
});

test('a server that hands out branches only', async () => {
  const repository = makeRepository({ 'a.yaml': 'first' });
  const commit = git(repository, 'rev-parse', 'HEAD');
  addFiles(repository, { 'a.yaml': 'second' });
  commitAll(repository, 'second');
  // The older protocol, without the server's leave, refuses what no reference names.
  setEnvironment({
    GIT_PROTOCOL_VERSION: '0',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'protocol.version',
    GIT_CONFIG_VALUE_0: '0',
  });
  expect([...(await fetchGit(source(serve(repository), commit))).keys()]).toEqual(['a.yaml']);
});

test('what is not there', async () => {
  const repository = makeRepository({ 'a.yaml': 'first' });
  const url = serve(repository);
  const fault = (error: SourceFault) => `${error.message}. ${error.remedy}`;
  expect(await fetchGit(source(url, '0'.repeat(40))).catch(fault)).toContain(
    `it has no commit ${'0'.repeat(40)}. Look for`,
  );
  const commit = git(repository, 'rev-parse', 'HEAD');
  expect(await fetchGit(source(url, commit, 'b')).catch(fault)).toBe('it has no folder b. Correct `folder:`.');
});

test.each([['ext::sh -c "touch MARK"'], ['file://REPOSITORY'], ['REPOSITORY'], ['--upload-pack=touch MARK']])(
  '%s neither runs nor reads anything, even if it came through',
  async (pattern) => {
    const repository = makeRepository({ 'a.yaml': 'secret' });
    const mark = join(makeFolder(), 'mark');
    const url = pattern.replace('REPOSITORY', repository).replace('MARK', mark);
    const commit = git(repository, 'rev-parse', 'HEAD');
    await expect(fetchGit(source(url, commit))).rejects.toThrow('it cannot be fetched');
    expect(existsSync(mark)).toBe(false);
  },
);

test('names that mean something else elsewhere are refused', async () => {
  const repository = makeRepository({ 'a\u001b[2J.yaml': 'x' });
  const commit = git(repository, 'rev-parse', 'HEAD');
  await expect(fetchGit(source(serve(repository), commit))).rejects.toThrow(
    'it holds a file of the name "a\\u001b[2J.yaml"',
  );
});
