import { defaulted, type Field, type Keys, object, optional, required } from './fields/field.ts';
import {
  checked,
  checkedText,
  choice,
  converted,
  count,
  date,
  flag,
  list,
  located,
  oneOrMore,
  text,
  textOr,
} from './fields/values.ts';
import { STAGES } from './guardrail.ts';
import {
  DEPTHS,
  type Override,
  type ProjectConfig,
  type ProjectPath,
  SEVERITIES,
  type Source,
} from './project-config.ts';

/** All keys of a `lockstep.yaml`: what the reader takes and what the published schema says. */

/** Below a folder that is known, whatever it says: no way up, no root, no drive, nothing that acts on a terminal. */
const INNER_PATH = '^(?![/~])(?!.*(^|/)\\.\\.(/|$))[^\\\\:\\p{Cc}\\p{Cf}]+$';
const INNER = new RegExp(INNER_PATH, 'u');

function innerPath(container: string): Field<string> {
  const path = checkedText(
    (written) => INNER.test(written) && normalize(written) !== '',
    (written) => `\`${written}\` does not lie below ${container}`,
    () => `write a path that stays below it, without \`..\`, such as \`guardrails/web\``,
    { pattern: INNER_PATH },
  );
  return converted(path, normalize);
}

function normalize(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/');
}

const repositoryPath = innerPath('the folder of lockstep.yaml');
const sourceFolder = innerPath('the root of the source');

const projectPath: Field<ProjectPath> = located(converted(repositoryPath, (relative) => ({ relative })));

const host = '[A-Za-z0-9][A-Za-z0-9.-]*';
const user = '[A-Za-z0-9_][\\w.-]*';
const route = '[A-Za-z0-9_~%+./-]+';
/** Over https or ssh, without a password, and nothing that git would take for an option or a program. */
const GIT_URL = `^(https://${host}(:\\d+)?/${route}|ssh://(${user}@)?${host}(:\\d+)?/${route}|${user}@${host}:(?!:)${route})$`;
const gitUrl = checkedText(
  (written) => new RegExp(GIT_URL).test(written),
  (written) => `\`${withoutSecrets(written)}\` is not the address of a git repository that Lockstep fetches from`,
  (written) =>
    /^https?:\/\/[^/]*@/.test(written)
      ? 'leave user and password out: git asks its credential helper'
      : 'write it as `https://host/path`, `ssh://git@host/path` or `git@host:path`',
  { pattern: GIT_URL },
);

/** What stands before the `@` of an address may be a token, which no log should show. */
function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//…@');
}

const COMMIT = '^([0-9a-f]{40}|[0-9a-f]{64})$';
const commit = checkedText(
  (written) => new RegExp(COMMIT).test(written),
  (written) => `\`${written}\` is not the full name of a commit`,
  () => 'branches, tags and short names may come to mean something else: write all 40 digits (git ls-remote URL)',
  { pattern: COMMIT },
);

const NPM_PACKAGE =
  '^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*@\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$';
const npmPackage = checkedText(
  (written) => new RegExp(NPM_PACKAGE).test(written),
  (written) => `\`${written}\` is not a package with its exact version`,
  () => 'ranges and tags may come to mean something else: write it as `@acme/guardrails@1.4.0`',
  { pattern: NPM_PACKAGE },
);

const BUNDLED_NAME = '^[a-z0-9]+(-[a-z0-9]+)*$';
const bundledName = checkedText(
  (written) => new RegExp(BUNDLED_NAME).test(written),
  (written) => `\`${written}\` is not the name of a guardrail`,
  () => 'lockstep guardrail list lockstep:default shows those that come with Lockstep; `default` is all of them',
  { pattern: BUNDLED_NAME },
);

interface WrittenSource {
  folder: string | null;
  lockstep: string[];
  git: string | null;
  commit: string | null;
  npm: string | null;
}

const writtenSource = object<WrittenSource>(
  {
    folder: optional(sourceFolder, 'a folder: of this repository or, with `git` or `npm`, of what is fetched'),
    lockstep: defaulted(oneOrMore(bundledName), [], 'guardrails that come with Lockstep; `default`: all of them'),
    git: optional(gitUrl, 'a git repository, over https or ssh'),
    commit: optional(commit, 'the commit of the git repository, in full'),
    npm: optional(npmPackage, 'a package with its exact version, such as `@acme/guardrails@1.4.0`'),
  },
  'a folder, or a mapping with `lockstep`, `git` or `npm`',
);

const longSource = checked(
  {
    ...writtenSource,
    schema: {
      ...writtenSource.schema,
      anyOf: [
        { required: ['git', 'commit'] },
        { required: ['npm'] },
        { required: ['lockstep'] },
        { required: ['folder'] },
      ],
    },
  },
  ({ folder, lockstep, git, commit, npm }, report) => {
    const kinds = [lockstep.length > 0, git !== null, npm !== null].filter(Boolean).length;
    if (kinds > 1) report('`lockstep`, `git` and `npm` are different sources', 'make an item of the list of each');
    else if (kinds === 0 && folder === null) report('nothing says where the guardrails are', 'add `folder`');
    else if (lockstep.length > 0 && folder !== null) report('`lockstep` has no `folder`', 'remove it');
    if (git !== null && commit === null) report('`git` without `commit`', 'add the full name of the commit');
    if (git === null && commit !== null) report('`commit` is for `git`', 'remove it');
  },
);

const source: Field<Source> = located(
  textOr(
    converted(repositoryPath, (folder): Unplaced<Source> => ({ kind: 'folder', folder })),
    converted(longSource, sourceOf),
  ),
);

/** Each member of a union without its place. */
type Unplaced<T> = T extends unknown ? Omit<T, 'place'> : never;

function sourceOf({ folder, lockstep, git, commit, npm }: WrittenSource): Unplaced<Source> {
  if (git !== null) return { kind: 'git', url: git, commit: commit ?? '', folder };
  if (npm !== null) {
    const at = npm.lastIndexOf('@');
    return { kind: 'npm', package: npm.slice(0, at), version: npm.slice(at + 1), folder };
  }
  return lockstep.length > 0 ? { kind: 'bundled', names: lockstep } : { kind: 'folder', folder: folder ?? '' };
}

const overrideKeys: Keys<Omit<Override, 'place'>> = {
  guardrail: optional(text(), 'the id of the guardrail that it is about'),
  rule: optional(text(), 'the id of the rule that it is about'),
  stage: optional(choice(STAGES), 'who sees its findings here'),
  severity: optional(choice(SEVERITIES), 'how grave its findings are here'),
  paths: defaulted(
    object<Override['paths']>({
      include: defaulted(oneOrMore(text()), [], 'globs: of its files, those it is about here'),
      exclude: defaulted(oneOrMore(text()), [], 'globs of files that it is not about here, besides its own'),
    }),
    { include: [], exclude: [] },
    'the files it is about here',
  ),
  off: defaulted(flag(), false, 'true: it is not run here'),
  reason: required(text(), 'why it is different here'),
  by: optional(text(), 'who decided it'),
  until: optional(date(), 'the last day it holds'),
};

const override: Field<Override> = located(
  checked(object(overrideKeys), ({ guardrail, rule, stage, severity, paths, off }, report) => {
    if (guardrail === null && rule === null) report('which one is it about?', 'add `guardrail` or `rule`');
    if (guardrail !== null && rule !== null) report('`guardrail` and `rule` are given', 'keep one of them');
    const isChanged = stage !== null || severity !== null || paths.include.length + paths.exclude.length > 0;
    if (!isChanged && !off) report('it changes nothing', 'add `stage`, `severity`, `paths` or `off: true`');
    if (isChanged && off) report('what is off has no other settings', 'remove `off`, or the others');
  }),
);

const scan = object<ProjectConfig['scan']>({
  depth: optional(choice(DEPTHS), 'how far taint rules follow data'),
  timeout: optional(count(), 'seconds that a rule may take on a file; 0: any time'),
  timeoutThreshold: optional(count(), 'gives a file up after so many time-outs; 0: never'),
  maxTargetBytes: optional(count(), 'skips larger files; 0: no limit'),
});

const NO_DEFAULTS = { depth: null, timeout: null, timeoutThreshold: null, maxTargetBytes: null };

export const projectFields: Field<ProjectConfig> = object<ProjectConfig>(
  {
    guardrails: defaulted(list(source), [], 'where guardrails come from'),
    rules: defaulted(oneOrMore(projectPath), [], 'rule files, and folders of them'),
    models: defaulted(oneOrMore(projectPath), [], 'folders of models that taint rules may use'),
    overrides: defaulted(list(override), [], 'what differs here from what guardrails and rules say'),
    ignore: defaulted(oneOrMore(text()), [], 'files that are not scanned, as patterns of an ignore file'),
    baseline: optional(projectPath, 'the file with the findings that are known'),
    scan: defaulted(scan, NO_DEFAULTS, 'what a scan does where no flag says otherwise'),
  },
  'a mapping with `guardrails` or `rules`',
);
