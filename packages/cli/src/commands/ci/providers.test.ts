import { expect, test } from 'vitest';
import { type CiRun, detectCi, type Environment } from './providers.ts';

const BASE = 'b'.repeat(40);
const HEAD = 'c'.repeat(40);

interface Case {
  env: Environment;
  event?: unknown;
  provider: string | null;
  /** `push`, `unknown`, or for a request what it is to be merged into and its last commit. */
  trigger: string;
  repository?: string;
  url?: string;
}

function shown({ trigger }: CiRun): string {
  if (trigger.kind !== 'request') return trigger.kind;
  const { hash, branch, remote } = trigger.target;
  const into = [hash?.slice(0, 3), branch, remote].map((part) => part ?? '-').join(' ');
  return `${into} <- ${trigger.head?.slice(0, 3) ?? '-'}`;
}

const pullRequest = {
  pull_request: {
    base: { sha: BASE, ref: 'main', repo: { clone_url: 'https://github.example/acme/shop.git' } },
    head: { sha: HEAD, repo: { clone_url: 'https://github.example/guest/shop.git' } },
  },
};

const cases: Record<string, Case> = {
  'GitHub, pull request, also from a fork': {
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_BASE_REF: 'main',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_RUN_ID: '7',
    },
    event: pullRequest,
    provider: 'GitHub Actions',
    trigger: 'bbb main https://github.example/acme/shop.git <- ccc',
    repository: 'acme/shop',
    url: 'https://github.example/acme/shop/actions/runs/7',
  },
  'GitHub, pull request, without a description of the event': {
    env: { GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'release/1' },
    provider: 'GitHub Actions',
    trigger: '- release/1 - <- -',
  },
  'GitHub, merge queue': {
    env: { GITHUB_ACTIONS: 'true' },
    event: { merge_group: { base_sha: BASE, base_ref: 'refs/heads/main', head_sha: HEAD } },
    provider: 'GitHub Actions',
    trigger: 'bbb main - <- ccc',
  },
  'GitHub, push': {
    env: { GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: '' },
    event: { ref: 'refs/heads/main', before: BASE },
    provider: 'GitHub Actions',
    trigger: 'push',
  },
  'GitLab, merge request': {
    env: {
      GITLAB_CI: 'true',
      CI_MERGE_REQUEST_IID: '4',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: BASE,
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: '',
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '',
      CI_MERGE_REQUEST_PROJECT_URL: 'https://gitlab.example/acme/shop',
      CI_PROJECT_PATH: 'acme/shop',
      CI_JOB_URL: 'https://gitlab.example/acme/shop/-/jobs/1',
    },
    provider: 'GitLab CI',
    trigger: 'bbb main https://gitlab.example/acme/shop <- -',
    repository: 'acme/shop',
    url: 'https://gitlab.example/acme/shop/-/jobs/1',
  },
  'GitLab, pipeline for merged results': {
    env: {
      GITLAB_CI: 'true',
      CI_MERGE_REQUEST_IID: '4',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: 'a'.repeat(40),
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: BASE,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: HEAD,
    },
    provider: 'GitLab CI',
    trigger: 'bbb main - <- ccc',
  },
  'GitLab, push': {
    env: { GITLAB_CI: 'true', CI_COMMIT_BRANCH: 'main' },
    provider: 'GitLab CI',
    trigger: 'push',
  },
  'Bitbucket, whose hashes are short': {
    env: {
      BITBUCKET_BUILD_NUMBER: '3',
      BITBUCKET_PR_ID: '9',
      BITBUCKET_PR_DESTINATION_BRANCH: 'main',
      BITBUCKET_PR_DESTINATION_COMMIT: 'b'.repeat(12),
      BITBUCKET_REPO_FULL_NAME: 'acme/shop',
      BITBUCKET_GIT_HTTP_ORIGIN: 'https://bitbucket.example/acme/shop',
    },
    provider: 'Bitbucket Pipelines',
    trigger: '- main - <- -',
    repository: 'acme/shop',
    url: 'https://bitbucket.example/acme/shop/addon/pipelines/home#!/results/3',
  },
  'Azure, pull request': {
    env: {
      TF_BUILD: 'True',
      SYSTEM_PULLREQUEST_PULLREQUESTID: '5',
      SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
      SYSTEM_PULLREQUEST_SOURCECOMMITID: HEAD,
      SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: 'https://azure.example/acme/',
      SYSTEM_TEAMPROJECT: 'shop',
      BUILD_BUILDID: '8',
    },
    provider: 'Azure Pipelines',
    trigger: '- main - <- ccc',
    url: 'https://azure.example/acme/shop/_build/results?buildId=8',
  },
  'CircleCI, which does not name the target': {
    env: {
      CIRCLECI: 'true',
      CIRCLE_PULL_REQUEST: 'https://github.example/acme/shop/pull/1',
      CIRCLE_BUILD_URL: 'https://c',
    },
    provider: 'CircleCI',
    trigger: '- HEAD - <- -',
    url: 'https://c',
  },
  'CircleCI, push': { env: { CIRCLECI: 'true', CIRCLE_BRANCH: 'main' }, provider: 'CircleCI', trigger: 'push' },
  'Buildkite, pull request': {
    env: { BUILDKITE: 'true', BUILDKITE_PULL_REQUEST: '6', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' },
    provider: 'Buildkite',
    trigger: '- main - <- -',
  },
  'Buildkite, push': {
    env: { BUILDKITE: 'true', BUILDKITE_PULL_REQUEST: 'false', BUILDKITE_PULL_REQUEST_BASE_BRANCH: '' },
    provider: 'Buildkite',
    trigger: 'push',
  },
  'Travis, pull request': {
    env: { TRAVIS: 'true', TRAVIS_PULL_REQUEST: '2', TRAVIS_BRANCH: 'main', TRAVIS_PULL_REQUEST_SHA: HEAD },
    provider: 'Travis CI',
    trigger: '- main - <- ccc',
  },
  'Travis, push': {
    env: { TRAVIS: 'true', TRAVIS_PULL_REQUEST: 'false', TRAVIS_BRANCH: 'main' },
    provider: 'Travis CI',
    trigger: 'push',
  },
  'Jenkins, multibranch': {
    env: { JENKINS_URL: 'https://jenkins.example/', CHANGE_ID: '11', CHANGE_TARGET: 'main', JOB_NAME: 'shop/PR-11' },
    provider: 'Jenkins',
    trigger: '- main - <- -',
    repository: 'shop/PR-11',
  },
  'Jenkins, push': { env: { JENKINS_URL: 'https://jenkins.example/' }, provider: 'Jenkins', trigger: 'push' },
  'no service': { env: { CI: 'true' }, provider: null, trigger: 'unknown' },
};

test.each(Object.entries(cases))('%s', (_name, { env, event = null, provider, trigger, repository, url }) => {
  const run = detectCi(env, () => event);
  expect(run.provider).toBe(provider);
  expect(shown(run)).toBe(trigger);
  if (repository !== undefined) expect(run.repository).toBe(repository);
  if (url !== undefined) expect(run.url).toBe(url);
});

test.each([
  ['--upload-pack=touch x', null],
  ['a..b', null],
  ['refs/heads/ok', 'ok'],
  ['a:b', null],
  ['a b', null],
  ['feature/x-1', 'feature/x-1'],
])('of a branch called %j, git is told %j', (name, branch) => {
  const { trigger } = detectCi({ TRAVIS: 'true', TRAVIS_PULL_REQUEST: '1', TRAVIS_BRANCH: name }, () => null);
  expect(trigger).toMatchObject({ target: { branch } });
});

test.each(['ext::sh -c id', 'file:///etc', '--upload-pack=x', 'http://x', 'https://a b'])(
  'nothing is fetched from %j',
  (remote) => {
    const event = { pull_request: { base: { sha: BASE, repo: { clone_url: remote } }, head: { sha: 'x' } } };
    const { trigger } = detectCi({ GITHUB_ACTIONS: 'true' }, () => event);
    expect(trigger).toEqual({ kind: 'request', target: { hash: BASE, branch: null, remote: null }, head: null });
  },
);

const actions = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/shop', GITHUB_SERVER_URL: 'https://github.example' };
const ofPull = {
  pull_request: { number: 7, base: { repo: { full_name: 'acme/shop' } }, head: { sha: HEAD } },
};
const gitlab = {
  GITLAB_CI: 'true',
  CI_API_V4_URL: 'https://gitlab.example/api/v4/',
  CI_PROJECT_ID: '43',
  CI_MERGE_REQUEST_PROJECT_ID: '42',
  CI_MERGE_REQUEST_IID: '4',
  CI_COMMIT_SHA: HEAD,
};
const onGithub = { service: 'github', api: 'https://api.github.com', project: 'acme/shop', number: 7, head: HEAD };
const onGitlab = { service: 'gitlab', api: 'https://gitlab.example/api/v4', project: '42', number: 4, head: HEAD };

test.each<[string, Environment, unknown, object | null]>([
  ['a pull request', actions, ofPull, onGithub],
  ['one from a fork', { ...actions, GITHUB_REPOSITORY: 'guest/shop' }, ofPull, onGithub],
  [
    'a pull request without its event',
    { ...actions, GITHUB_REF: 'refs/pull/7/merge' },
    null,
    { ...onGithub, head: null },
  ],
  [
    'an instance',
    { ...actions, GITHUB_API_URL: 'https://github.example/api/v3' },
    ofPull,
    { api: 'https://github.example/api/v3' },
  ],
  ['a push', { ...actions, GITHUB_REF: 'refs/heads/main' }, { ref: 'refs/heads/main' }, null],
  [
    'a repository that is none',
    { ...actions, GITHUB_REPOSITORY: 'a/../b', GITHUB_REF: 'refs/pull/7/merge' },
    null,
    null,
  ],
  ['a merge request', gitlab, null, onGitlab],
  ['a merged result', { ...gitlab, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: BASE }, null, { ...onGitlab, head: BASE }],
  ['a branch', { ...gitlab, CI_MERGE_REQUEST_IID: '' }, null, null],
  ['another service', { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_PR_ID: '2' }, null, null],
  ['no service', {}, null, null],
])('comments on %s', (_, env, event, expected) => {
  const { review } = detectCi(env, () => event);
  if (expected === null) expect(review).toBe(null);
  else expect(review).toMatchObject(expected);
});
