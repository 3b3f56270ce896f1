import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFault } from '../../config/own-file.ts';
import { VERSION } from '../../version.ts';
import { UsageError } from '../usage-error.ts';
import type { Survey } from './survey.ts';

/** A file that `lockstep init` proposes; one that is there already is only ever added to by its owner. */
export interface ProposedFile {
  /** Relative to the repository's root. */
  path: string;
  /** What is there now; null: nothing. */
  before: string | null;
  after: string;
}

/** Exactly this version, as what it finds is what the lock was made with; by the name that every service can fetch it by. */
const PACKAGE = `lockstep@${VERSION}`;
const COMMAND = `npx --yes ${PACKAGE} ci`;

/** What makes CI and pre-commit run Lockstep, for the services that the repository uses. */
export function proposeCiFiles(survey: Survey): ProposedFile[] {
  const { root, remotes } = survey;
  const has = (path: string) => existsSync(join(root, path));
  const isAt = (host: RegExp) => remotes.some((url) => host.test(url));
  const files: ProposedFile[] = [];
  if (has('.github') || isAt(/[@/]github\./))
    files.push(fresh(root, '.github/workflows/lockstep.yml', GITHUB_WORKFLOW));
  if (has('.gitlab-ci.yml') || isAt(/[@/.]gitlab\./)) files.push(extended(root, '.gitlab-ci.yml', GITLAB_JOB));
  if (has('.pre-commit-config.yaml')) files.push(extended(root, '.pre-commit-config.yaml', preCommitHook));
  return files;
}

function fresh(root: string, path: string, text: string): ProposedFile {
  return { path, before: readText(root, path), after: text };
}

/** By its command, its component for GitLab, or its hooks for pre-commit. */
const RUNS_LOCKSTEP = /\blockstep(?:@\S+)? ci\b|\/lockstep(?:\/lockstep)?@|templates\/lockstep\.yml|\bid: lockstep\b/;

/** A file that is there with a part added; one that runs Lockstep already is complete. */
function extended(root: string, path: string, addition: string | ((before: string) => string)): ProposedFile {
  const before = readText(root, path);
  if (before !== null && RUNS_LOCKSTEP.test(before)) return { path, before, after: before };
  const part = typeof addition === 'string' ? addition : addition(before ?? '');
  return { path, before, after: before === null ? part : `${before.replace(/\n*$/, '\n')}${part}` };
}

const GITHUB_WORKFLOW = `name: Lockstep
on: [pull_request]
permissions:
  contents: read
jobs:
  lockstep:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # What is new is told by comparing with the target branch.
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: ${COMMAND} --github
`;

const GITLAB_JOB = `
lockstep:
  image: node:22
  variables:
    GIT_DEPTH: 0 # What is new is told by comparing with the target branch.
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - ${COMMAND} --gitlab-codequality-output=gl-code-quality.json --gitlab-sast-output=gl-sast-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality.json
      sast: gl-sast-report.json
`;

/**
 * Under `repos`, indented as the other entries are. pre-commit installs the program once, as it does its other hooks, and
 * what is staged is judged as the build will judge it.
 */
function preCommitHook(before: string): string {
  const indent = /^( *)- repo:/m.exec(before)?.[1] ?? '  ';
  const lines = [
    '- repo: local',
    '  hooks:',
    '    - id: lockstep-ci',
    '      name: lockstep ci',
    '      entry: lockstep ci --staged --quiet',
    '      language: node',
    `      additional_dependencies: ['${PACKAGE}']`,
    '      pass_filenames: false',
  ];
  return `${lines.map((line) => indent + line).join('\n')}\n`;
}

/** A file of a repository; null where there is no such file. */
export function readText(root: string, path: string): string | null {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return null;
  const fault = readFault(absolute, root);
  if (fault !== null) throw new UsageError(`${path} cannot be read: ${fault}`);
  return readFileSync(absolute, 'utf8');
}
