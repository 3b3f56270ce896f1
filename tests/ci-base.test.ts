import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { git, makeFolder, makeRepository } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { commitFiles } from './testing/ci-repository.ts';
import { lockstep, outline, type RunResult } from './testing/lockstep.ts';
import { EVAL_RULE } from './testing/sample-rules.ts';

interface Origin {
  root: string;
  /** Where the change left `main`. */
  fork: string;
  /** The end of `main`. */
  main: string;
  /** The end of `feature`. */
  head: string;
  /** A merge of the two, as services make it, on the branch `merged`. */
  merge: string;
}

/** A remote repository in which `feature` left `main` some commits ago. */
function makeOrigin(commits = 3): Origin {
  const root = makeRepository({ 'rules.yaml': EVAL_RULE, 'old.py': 'eval(old)\n' });
  git(root, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const fork = git(root, 'rev-parse', 'HEAD');
  git(root, 'checkout', '--quiet', '-b', 'feature');
  commitFiles(root, { 'new.py': 'eval(new)\n' });
  for (let count = 1; count < commits; count++) git(root, 'commit', '--quiet', '--allow-empty', '-m', `${count}`);
  const head = git(root, 'rev-parse', 'HEAD');
  git(root, 'checkout', '--quiet', 'main');
  commitFiles(root, { 'theirs.py': 'eval(theirs)\n' });
  const main = git(root, 'rev-parse', 'HEAD');
  git(root, 'checkout', '--quiet', '-b', 'merged');
  git(root, 'merge', '--quiet', '--no-ff', '-m', 'merge', 'feature');
  const merge = git(root, 'rev-parse', 'HEAD');
  git(root, 'checkout', '--quiet', 'main');
  return { root, fork, main, head, merge };
}

/** A clone as a build has it: one commit deep or more, of one branch, detached. */
function checkOut({ root }: Origin, branch: string, ...flags: string[]): string {
  const clone = join(makeFolder(), 'clone');
  git(root, 'clone', '--quiet', ...flags, '--branch', branch, `file://${root}`, clone);
  git(clone, 'checkout', '--quiet', '--detach');
  return clone;
}

/** Nobody may ask the network for anything. */
function goOffline(clone: string): string {
  git(clone, 'remote', 'set-url', 'origin', 'file:///nowhere/at/all');
  return clone;
}

async function ci(cwd: string, env: Record<string, string>, ...args: string[]): Promise<RunResult> {
  return lockstep(['ci', '--config', 'rules.yaml', '--json', '--no-suppress-errors', ...args], { cwd, env });
}

async function found(cwd: string, env: Record<string, string>, ...args: string[]): Promise<string[]> {
  const { stdout, stderr } = await ci(cwd, env, ...args);
  if (stdout === '') throw new Error(stderr);
  return outline(JSON.parse(stdout));
}

function github(event: object): Record<string, string> {
  const path = join(makeFolder(), 'event.json');
  writeFileSync(path, JSON.stringify(event));
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: path,
    GITHUB_BASE_REF: 'main',
  };
}

function pullRequest({ main, head }: Origin, remote?: string): Record<string, string> {
  const repo = remote === undefined ? {} : { repo: { clone_url: remote } };
  return github({ pull_request: { base: { sha: main, ref: 'main', ...repo }, head: { sha: head } } });
}

const NEW = ['new.py:1 eval'];

test('GitHub: the merge of a pull request, of which a checkout has one commit', async () => {
  const origin = makeOrigin();
  const clone = checkOut(origin, 'merged', '--depth=1');
  expect(await found(clone, pullRequest(origin))).toEqual(NEW);
  // Nothing but the other parent was fetched.
  expect(() => git(clone, 'cat-file', '-e', origin.fork)).toThrow();
});

test('GitHub: the whole history is there, and the network is not asked', async () => {
  const origin = makeOrigin();
  expect(await found(goOffline(checkOut(origin, 'merged')), pullRequest(origin))).toEqual(NEW);
  expect(await found(goOffline(checkOut(origin, 'feature')), pullRequest(origin))).toEqual(NEW);
});

test('GitHub: the head of a pull request, checked out by itself', async () => {
  const origin = makeOrigin(30);
  expect(await found(checkOut(origin, 'feature', '--depth=1'), pullRequest(origin))).toEqual(NEW);
});

test('GitHub: pull_request_target has the target checked out; the change is looked at all the same', async () => {
  const origin = makeOrigin();
  expect(await found(checkOut(origin, 'main', '--depth=1'), pullRequest(origin))).toEqual(NEW);
  const { code, stderr } = await ci(goOffline(checkOut(origin, 'main', '--depth=1')), pullRequest(origin));
  expect(code).toBe(2);
  expect(stderr).toContain('What is checked out is the target of the change');
});

test('GitHub: a fork whose own main is another', async () => {
  const origin = makeOrigin();
  const fork = makeFolder();
  git(
    fork,
    'clone',
    '--quiet',
    '--bare',
    '--single-branch',
    '--branch',
    'feature',
    `file://${origin.root}`,
    'fork.git',
  );
  const clone = join(fork, 'clone');
  git(fork, 'clone', '--quiet', join(fork, 'fork.git'), clone);
  const { code, stderr } = await ci(clone, pullRequest(origin));
  expect([code, stderr]).toEqual([2, expect.stringContaining('neither here nor at the remote')]);
  expect(stderr).toContain('fetch-depth: 0');
  // The event names the repository that has it; here it stands behind a name that only git understands.
  const env = {
    ...pullRequest(origin, 'https://github.example/acme/shop.git'),
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${origin.root}.insteadOf`,
    GIT_CONFIG_VALUE_0: 'https://github.example/acme/shop.git',
  };
  expect(await found(clone, env)).toEqual(NEW);
});

test('GitHub: merge queue', async () => {
  const origin = makeOrigin();
  const env = github({ merge_group: { base_sha: origin.main, base_ref: 'refs/heads/main', head_sha: origin.merge } });
  expect(await found(checkOut(origin, 'merged', '--depth=1'), { ...env, GITHUB_BASE_REF: '' })).toEqual(NEW);
});

const services: Record<string, (origin: Origin) => Record<string, string>> = {
  GitLab: ({ fork }) => ({ GITLAB_CI: 'true', CI_MERGE_REQUEST_IID: '1', CI_MERGE_REQUEST_DIFF_BASE_SHA: fork }),
  Bitbucket: () => ({ BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_PR_ID: '1', BITBUCKET_PR_DESTINATION_BRANCH: 'main' }),
  Azure: ({ head }) => ({
    TF_BUILD: 'True',
    SYSTEM_PULLREQUEST_PULLREQUESTID: '1',
    SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
    SYSTEM_PULLREQUEST_SOURCECOMMITID: head,
  }),
  CircleCI: () => ({ CIRCLECI: 'true', CIRCLE_PULL_REQUEST: 'https://github.example/acme/shop/pull/1' }),
  Buildkite: () => ({ BUILDKITE: 'true', BUILDKITE_PULL_REQUEST: '1', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' }),
  Travis: ({ head }) => ({
    TRAVIS: 'true',
    TRAVIS_PULL_REQUEST: '1',
    TRAVIS_BRANCH: 'main',
    TRAVIS_PULL_REQUEST_SHA: head,
  }),
  Jenkins: () => ({ JENKINS_URL: 'https://jenkins.example', CHANGE_ID: '1', CHANGE_TARGET: 'main' }),
  'origin/HEAD, where no service is known': () => ({}),
};

test.each(Object.entries(services))('%s', async (name, envOf) => {
  const origin = makeOrigin();
  const env = envOf(origin);
  expect(await found(goOffline(checkOut(origin, 'feature')), env)).toEqual(NEW);
  // Nothing says that there is a remote branch to look for in a clone of one branch without origin/HEAD.
  if (name.startsWith('origin')) return;
  expect(await found(checkOut(origin, 'feature', '--depth=1'), env)).toEqual(NEW);
});

test.each(['GitLab', 'Azure', 'Travis'])('%s, on a merge of change and target', async (name) => {
  const origin = makeOrigin();
  const env = services[name]?.(origin) ?? {};
  const merged = name === 'GitLab' ? mergedResults(origin) : env;
  expect(await found(checkOut(origin, 'merged', '--depth=1'), merged)).toEqual(NEW);
});

function mergedResults({ main, head }: Origin): Record<string, string> {
  return {
    GITLAB_CI: 'true',
    CI_MERGE_REQUEST_IID: '1',
    CI_MERGE_REQUEST_TARGET_BRANCH_SHA: main,
    CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: head,
  };
}

test('a shallow clone is deepened step by step, as far as needed', async () => {
  const origin = makeOrigin(60);
  const clone = checkOut(origin, 'feature', '--depth=1');
  expect(await found(clone, {}, '--base', 'main')).toEqual(NEW);
  expect(git(clone, 'rev-parse', origin.fork)).toBe(origin.fork);
});

test('a shallow clone that cannot be deepened says what to do', async () => {
  const origin = makeOrigin();
  const clone = checkOut(origin, 'feature', '--depth=1', '--no-single-branch');
  const { code, stderr } = await ci(goOffline(clone), {}, '--base', 'origin/main');
  expect(code).toBe(2);
  expect(stderr).toContain(
    'This clone is too shallow: it does not hold the commit at which the change left origin/main',
  );
  expect(stderr).toContain('fetch-depth: 0');
});

test('histories that have nothing in common', async () => {
  const { root } = makeOrigin();
  git(root, 'checkout', '--quiet', '--orphan', 'stranger');
  commitFiles(root, { 'x.py': '' });
  const { code, stderr } = await ci(root, {}, '--base', 'main');
  expect([code, stderr]).toEqual([2, expect.stringContaining('the change and main have no common ancestor')]);
});

test('an author who merges the target does not hide what else the branch holds', async () => {
  const origin = makeOrigin();
  const clone = checkOut(origin, 'feature');
  git(clone, 'merge', '--quiet', '-m', 'catch up', 'origin/main');
  const head = git(clone, 'rev-parse', 'HEAD');
  expect(await found(clone, pullRequest({ ...origin, head }))).toEqual(NEW);
});

test('what a service says is no option and no program to git', async () => {
  const origin = makeOrigin();
  const clone = checkOut(origin, 'feature', '--depth=1');
  const marker = join(clone, 'ran');
  execFileSync('git', ['config', 'core.hooksPath', 'hooks'], { cwd: clone });
  commitFiles(clone, { 'hooks/post-checkout': `#!/bin/sh\ntouch ${marker}\n` });
  const env = { BUILDKITE: 'true', BUILDKITE_PULL_REQUEST: '1' };
  for (const branch of [`--upload-pack=touch ${marker}`, `ext::touch ${marker}`]) {
    await ci(clone, { ...env, BUILDKITE_PULL_REQUEST_BASE_BRANCH: branch });
    await ci(clone, {}, '--base', branch);
  }
  expect(git(clone, 'status', '--porcelain')).toBe('');
});
