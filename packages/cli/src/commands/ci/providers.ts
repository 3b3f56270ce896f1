import type { WantedCommit } from '../../git/fetch-commits.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a build service says about the run. */
export interface CiRun {
  /** As people call the service; null: none is known here. */
  provider: string | null;
  trigger: Trigger;
  /** `acme/shop`, and the page of the run, for whoever is told of findings elsewhere; null where the service does not say. */
  repository: string | null;
  url: string | null;
  /** Where review comments on the change go; null where there is no such place, or the service is not one of those. */
  review: ReviewPlace | null;
}

/** A pull request of GitHub, or a merge request of GitLab. */
export interface ReviewPlace {
  service: 'github' | 'gitlab';
  /** The API of the instance, without a slash at its end. */
  api: string;
  /** `acme/shop`, or GitLab's number of the project. */
  project: string;
  number: number;
  /** The last commit of the change that this run is for; null where the service does not say. */
  head: string | null;
  /** The page of the repository, for links to its files. */
  home: string | null;
}

/** Why it runs. */
export type Trigger =
  | {
      kind: 'request';
      /** What the change is to be merged into. */
      target: WantedCommit;
      /** The last commit of the change itself; null where the service does not say. */
      head: string | null;
    }
  | { kind: 'push' }
  /** Nobody says: somebody's own machine, or a service that is not known here. */
  | { kind: 'unknown' };

interface Provider {
  name: string;
  isHere(env: Environment): boolean;
  trigger(env: Environment, readJson: (path: string) => unknown): Trigger;
  repository(env: Environment): string | null;
  url(env: Environment): string | null;
  review?(env: Environment, readJson: (path: string) => unknown): ReviewPlace | null;
}

/**
 * Reads what the build service says in environment variables. `readJson` reads the file that GitHub describes the event
 * in; it answers with null where that cannot be read.
 */
export function detectCi(env: Environment, readJson: (path: string) => unknown): CiRun {
  const provider = PROVIDERS.find(({ isHere }) => isHere(env));
  if (provider === undefined) {
    return { provider: null, trigger: { kind: 'unknown' }, repository: null, url: null, review: null };
  }
  return {
    provider: provider.name,
    trigger: provider.trigger(env, readJson),
    repository: provider.repository(env),
    url: provider.url(env),
    review: provider.review?.(env, readJson) ?? null,
  };
}

/** Services and their documented variables. Where several would fit, the first counts. */
const PROVIDERS: readonly Provider[] = [
  {
    name: 'GitHub Actions',
    isHere: (env) => env['GITHUB_ACTIONS'] === 'true',
    trigger: (env, readJson) => githubTrigger(env, readJson(env['GITHUB_EVENT_PATH'] ?? '')),
    repository: (env) => text(env['GITHUB_REPOSITORY']),
    url: (env) => {
      const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name, GITHUB_RUN_ID: run } = env;
      return server && name && run ? `${server}/${name}/actions/runs/${run}` : null;
    },
    review: (env, readJson) => githubReview(env, readJson(env['GITHUB_EVENT_PATH'] ?? '')),
  },
  {
    name: 'GitLab CI',
    isHere: (env) => env['GITLAB_CI'] === 'true',
    // The first is set only where the pipeline runs on a merge of the two; the second is where they parted.
    trigger: (env) =>
      requestTo({
        isRequest: env['CI_MERGE_REQUEST_IID'],
        hash: text(env['CI_MERGE_REQUEST_TARGET_BRANCH_SHA']) ?? text(env['CI_MERGE_REQUEST_DIFF_BASE_SHA']),
        branch: env['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'],
        head: env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'],
        remote: env['CI_MERGE_REQUEST_PROJECT_URL'],
      }),
    repository: (env) => text(env['CI_PROJECT_PATH']),
    url: (env) => text(env['CI_JOB_URL']),
    review: gitlabReview,
  },
  {
    name: 'Bitbucket Pipelines',
    isHere: (env) => has(env['BITBUCKET_BUILD_NUMBER']),
    trigger: (env) =>
      requestTo({
        isRequest: env['BITBUCKET_PR_ID'],
        hash: env['BITBUCKET_PR_DESTINATION_COMMIT'],
        branch: env['BITBUCKET_PR_DESTINATION_BRANCH'],
        // It merges the target into the checkout without a commit of its own name.
      }),
    repository: (env) => text(env['BITBUCKET_REPO_FULL_NAME']),
    url: (env) => {
      const { BITBUCKET_GIT_HTTP_ORIGIN: origin, BITBUCKET_BUILD_NUMBER: build } = env;
      return origin ? `${origin}/addon/pipelines/home#!/results/${build}` : null;
    },
  },
  {
    name: 'Azure Pipelines',
    isHere: (env) => /^true$/i.test(env['TF_BUILD'] ?? ''),
    trigger: (env) =>
      requestTo({
        isRequest: env['SYSTEM_PULLREQUEST_PULLREQUESTID'],
        branch: env['SYSTEM_PULLREQUEST_TARGETBRANCH'],
        head: env['SYSTEM_PULLREQUEST_SOURCECOMMITID'],
      }),
    repository: (env) => text(env['BUILD_REPOSITORY_NAME']),
    url: (env) => {
      const { SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: server, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: build } = env;
      return server && project && build ? `${server}${project}/_build/results?buildId=${build}` : null;
    },
  },
  {
    name: 'CircleCI',
    isHere: (env) => env['CIRCLECI'] === 'true',
    // It does not say what a pull request is to be merged into: most are for the default branch.
    trigger: (env) => requestTo({ isRequest: env['CIRCLE_PULL_REQUEST'] || env['CIRCLE_PR_NUMBER'], branch: 'HEAD' }),
    repository: (env) => {
      const { CIRCLE_PROJECT_USERNAME: owner, CIRCLE_PROJECT_REPONAME: name } = env;
      return owner && name ? `${owner}/${name}` : null;
    },
    url: (env) => text(env['CIRCLE_BUILD_URL']),
  },
  {
    name: 'Buildkite',
    isHere: (env) => env['BUILDKITE'] === 'true',
    trigger: (env) =>
      requestTo({ isRequest: env['BUILDKITE_PULL_REQUEST'], branch: env['BUILDKITE_PULL_REQUEST_BASE_BRANCH'] }),
    repository: (env) => text(env['BUILDKITE_PIPELINE_SLUG']),
    url: (env) => text(env['BUILDKITE_BUILD_URL']),
  },
  {
    name: 'Travis CI',
    isHere: (env) => env['TRAVIS'] === 'true',
    trigger: (env) =>
      requestTo({
        isRequest: env['TRAVIS_PULL_REQUEST'],
        branch: env['TRAVIS_BRANCH'],
        head: env['TRAVIS_PULL_REQUEST_SHA'],
      }),
    repository: (env) => text(env['TRAVIS_REPO_SLUG']),
    url: (env) => text(env['TRAVIS_BUILD_WEB_URL']),
  },
  {
    name: 'Jenkins',
    isHere: (env) => has(env['JENKINS_URL']) || has(env['JENKINS_HOME']),
    trigger: (env) => requestTo({ isRequest: env['CHANGE_ID'], branch: env['CHANGE_TARGET'] }),
    repository: (env) => text(env['JOB_NAME']),
    url: (env) => text(env['BUILD_URL']),
  },
];

interface RequestVariables {
  /** The number of the request: empty, absent or `false` for other runs. */
  isRequest: string | undefined;
  hash?: string | null | undefined;
  branch?: string | undefined;
  head?: string | undefined;
  remote?: string | undefined;
}

function requestTo({ isRequest, hash, branch, head, remote }: RequestVariables): Trigger {
  if (!has(isRequest) || isRequest === 'false') return { kind: 'push' };
  return { kind: 'request', target: wanted({ hash, branch, remote }), head: commitHash(head) };
}

/** Forks: `origin` may be the fork, which need not have the target's commits; the event names the repository that does. */
function githubTrigger(env: Environment, event: unknown): Trigger {
  const request = entry(event, 'pull_request');
  if (request !== null) {
    const base = entry(request, 'base');
    const target = wanted({
      hash: textAt(base, 'sha'),
      branch: env['GITHUB_BASE_REF'] || (textAt(base, 'ref') ?? undefined),
      remote: textAt(entry(base, 'repo'), 'clone_url') ?? undefined,
    });
    return { kind: 'request', target, head: commitHash(textAt(entry(request, 'head'), 'sha')) };
  }
  const group = entry(event, 'merge_group');
  if (group !== null) {
    const target = wanted({ hash: textAt(group, 'base_sha'), branch: textAt(group, 'base_ref') ?? undefined });
    return { kind: 'request', target, head: commitHash(textAt(group, 'head_sha')) };
  }
  return requestTo({ isRequest: env['GITHUB_BASE_REF'], branch: env['GITHUB_BASE_REF'] });
}

/** The event names the request; without it, the ref that is checked out does: `refs/pull/7/merge`. */
function githubReview(env: Environment, event: unknown): ReviewPlace | null {
  const request = entry(event, 'pull_request');
  const written = numberAt(request, 'number') ?? /^refs\/pull\/(\d+)\//.exec(env['GITHUB_REF'] ?? '')?.[1];
  const project = textAt(entry(entry(request, 'base'), 'repo'), 'full_name') ?? text(env['GITHUB_REPOSITORY']);
  const { GITHUB_SERVER_URL: server, GITHUB_API_URL: api } = env;
  return reviewPlace({
    service: 'github',
    api: api || 'https://api.github.com',
    project,
    number: written,
    head: commitHash(textAt(entry(request, 'head'), 'sha')),
    home: server && project ? `${server}/${project}` : null,
  });
}

/** A request from a fork may run in the fork: the first two name the project that it is for. */
function gitlabReview(env: Environment): ReviewPlace | null {
  return reviewPlace({
    service: 'gitlab',
    api: env['CI_API_V4_URL'] || 'https://gitlab.com/api/v4',
    project: text(env['CI_MERGE_REQUEST_PROJECT_ID']) ?? text(env['CI_PROJECT_ID']),
    number: env['CI_MERGE_REQUEST_IID'],
    // The first is set only where the pipeline runs on a merge of the two.
    head: commitHash(text(env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA']) ?? env['CI_COMMIT_SHA']),
    home: text(env['CI_MERGE_REQUEST_PROJECT_URL']),
  });
}

type WrittenPlace = Omit<ReviewPlace, 'project' | 'number'> & {
  project: string | null;
  number: string | number | undefined;
};

function reviewPlace({ project, number: written, api, ...place }: WrittenPlace): ReviewPlace | null {
  const number = Number(written);
  if (!Number.isSafeInteger(number) || number < 1 || project === null || !/^https?:\/\/[^\s]+$/.test(api)) return null;
  if (!/^(?:\d+|[\w.-]+\/[\w.-]+)$/.test(project)) return null;
  return { ...place, api: api.replace(/\/+$/, ''), project, number };
}

/** What comes from a service is data all the same: nothing that git would take for an option, nor for another protocol. */
function wanted({ hash, branch, remote }: Pick<RequestVariables, 'hash' | 'branch' | 'remote'>): WantedCommit {
  const name = branch?.replace(/^refs\/heads\//, '') ?? '';
  return {
    hash: commitHash(hash),
    branch: /^[^\s:?*[\\^~]+$/.test(name) && !name.startsWith('-') && !name.includes('..') ? name : null,
    remote: remote !== undefined && /^https:\/\/[^\s]+$/.test(remote) ? remote : null,
  };
}

function commitHash(value: string | null | undefined): string | null {
  return value != null && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value) && !/^0+$/.test(value) ? value : null;
}

function has(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function text(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}

function entry(value: unknown, key: string): object | null {
  if (value === null || typeof value !== 'object') return null;
  const found: unknown = (value as Record<string, unknown>)[key];
  return found !== null && typeof found === 'object' ? found : null;
}

function numberAt(value: object | null, key: string): number | undefined {
  const found: unknown = value === null ? undefined : (value as Record<string, unknown>)[key];
  return typeof found === 'number' ? found : undefined;
}

function textAt(value: object | null, key: string): string | null {
  const found: unknown = value === null ? null : (value as Record<string, unknown>)[key];
  return typeof found === 'string' ? found : null;
}
