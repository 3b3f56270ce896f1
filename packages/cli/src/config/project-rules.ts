import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, type RuleProblem } from '@lockstep/engine';
import { type ProjectConfig, type Source, sourceName } from '@lockstep/guardrails';
import { VERSION } from '../version.ts';
import type { ConfigProblem } from './config-problem.ts';
import { type Config, type ConfigPlace, readPlaces } from './find-config.ts';
import { isWithin } from './is-within.ts';
import type { Project } from './open-project.ts';
import { leadsOut, type OpenSource, openSource } from './open-sources.ts';
import { LOCK_FILE, openLock, type ProjectLock } from './project-lock.ts';
import { ruleIdPrefix } from './rule-id-prefix.ts';
import type { SourceCache } from './source-cache.ts';
import { SourceFault } from './source-files.ts';

export interface ProjectRulesOptions {
  /** Only what the repository itself holds: for a `lockstep.yaml` that nobody has agreed to yet. */
  localOnly: boolean;
  offline: boolean;
  cache: SourceCache;
  bundledGuardrails: string | null;
}

/** What a repository is checked with, and what is wrong with its `lockstep.yaml` or lock. */
export interface ProjectRules extends Config {
  /** Folders of models, absolute. */
  models: string[];
  /** Within these two files. */
  fileProblems: { problem: RuleProblem; text: string }[];
}

/**
 * Finds and reads the rule files that a `lockstep.yaml` names, and holds fetched ones to the lock. Ids of guardrails'
 * rules stay as they are; those of `rules` are prefixed as a scan from the root with `--config` would prefix them, so
 * that they are the same from whatever folder the scan is started.
 */
export async function findProjectRules(project: Project, options: ProjectRulesOptions): Promise<ProjectRules> {
  const { root, config, text, unreadable } = project;
  const fileProblems = project.problems.map((problem) => ({ problem, text }));
  const nothing = { ruleFiles: [], guardrails: [], models: [], problems: [], fileProblems };
  if (unreadable !== null) return { ...nothing, problems: [unreadable] };
  if (config === null) return nothing;
  if (config.guardrails.length + config.rules.length === 0) return { ...nothing, problems: [noRules(project.file)] };
  const lock = openLock(root);
  fileProblems.push(...lock.problems.map((problem) => ({ problem, text: lock.text })));
  if (lock.unreadable !== null) return { ...nothing, problems: [lockUnreadable(lock.unreadable)] };
  if (lock.problems.length > 0) return nothing;
  const { localOnly } = options;
  const guardrailSources = localOnly ? config.guardrails.filter(({ kind }) => kind === 'folder') : config.guardrails;
  const wanted = { guardrails: guardrailSources };
  const { opened, problems } = await openSources(project, wanted, lock, { ...options, relock: false });
  // Of a source that cannot be opened, nobody knows what its lock should say.
  const mismatch = problems.length > 0 || localOnly ? null : lockMismatch(opened, lock);
  if (mismatch !== null) problems.push(mismatch);
  const places = [...opened.flatMap(placesOf), ...localPlaces(project, config.rules, problems)];
  const models = localPlaces(project, config.models, problems).filter(({ path, absolutePath }) => {
    // What is no folder is told when the models are read.
    const names = statSync(absolutePath).isDirectory() ? readdirSync(absolutePath) : [];
    const outside = names.filter((name) => !isInside(join(absolutePath, name), root));
    problems.push(...outside.map((name) => sourceProblem(project.file, `${path}/${name}`, leadsOut())));
    return outside.length === 0;
  });
  const found = await readPlaces(places);
  // Before anything is said of what is in them.
  const own = { root, places: places.filter(({ isLocal }) => isLocal).map(({ path }) => path) };
  const ruleFiles = withoutLinksOut(found.ruleFiles, own, project.file, problems);
  const guardrails = withoutLinksOut(found.guardrails, own, project.file, problems);
  problems.push(...found.problems, ...repeatedGuardrails(guardrails, project.file));
  return { ruleFiles, guardrails, models: models.map(({ absolutePath }) => absolutePath), problems, fileProblems };
}

/** The files without those of the repository that are links out of it; these are problems. */
function withoutLinksOut<File extends { path: string; absolutePath: string }>(
  files: readonly File[],
  { root, places }: { root: string; places: readonly string[] },
  projectFile: string,
  problems: ConfigProblem[],
): File[] {
  const isOwn = (path: string) => places.some((place) => path === place || path.startsWith(`${place}/`));
  const isSound = ({ path, absolutePath }: File) => !isOwn(path) || isInside(absolutePath, root);
  const outside = files.filter((file) => !isSound(file));
  problems.push(...outside.map(({ path }) => sourceProblem(projectFile, path, leadsOut())));
  return files.filter(isSound);
}

/** A link to nowhere leads nowhere. */
function isInside(path: string, root: string): boolean {
  try {
    return isWithin(root, realpathSync(path));
  } catch {
    return true;
  }
}

/** Opens all sources; what keeps one from being opened is a problem. */
export async function openSources(
  { root, file }: Pick<Project, 'root' | 'file'>,
  { guardrails }: Pick<ProjectConfig, 'guardrails'>,
  lock: ProjectLock,
  options: Omit<ProjectRulesOptions, 'localOnly'> & { relock: boolean },
): Promise<{ opened: OpenSource[]; problems: ConfigProblem[] }> {
  const opened: OpenSource[] = [];
  const problems: ConfigProblem[] = [];
  for (const source of guardrails) {
    try {
      opened.push(await openSource(source, { ...options, root, lock: lock.sources }));
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      problems.push(sourceProblem(`${file}:${source.place.line}`, describeSource(source), error));
    }
  }
  return { opened, problems };
}

interface ProjectPlace extends ConfigPlace {
  /** In the repository. */
  isLocal: boolean;
}

function placesOf({ source, folders }: OpenSource): ProjectPlace[] {
  const isLocal = source.kind === 'folder';
  const bundled = source.kind === 'bundled';
  return folders.map(({ shown, absolute }) => ({
    path: shown,
    absolutePath: absolute,
    bundled,
    idPrefix: () => '',
    isLocal,
  }));
}

function localPlaces(
  { root, file }: Project,
  paths: ProjectConfig['rules'],
  problems: ConfigProblem[],
): ProjectPlace[] {
  return paths.flatMap(({ relative, place }) => {
    const fault = ruleFault(join(root, relative), root);
    if (fault !== null) {
      problems.push(sourceProblem(`${file}:${place.line}`, relative, fault));
      return [];
    }
    const idPrefix = (path: string) => ruleIdPrefix(path, root);
    return [{ path: relative, absolutePath: join(root, relative), bundled: false, idPrefix, isLocal: true }];
  });
}

function ruleFault(path: string, root: string): SourceFault | null {
  try {
    const stats = statSync(path);
    if (!isWithin(root, realpathSync(path))) return leadsOut();
    if (stats.isFile() || stats.isDirectory()) return null;
    return new SourceFault('it is neither a file nor a folder', 'Name a rule file.');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return new SourceFault(isMissing ? 'there is no such file or folder' : messageOf(error), 'Correct the path.');
  }
}

function noRules(file: string): ConfigProblem {
  return {
    code: 'config-empty',
    level: 'fatal',
    subject: file,
    message: `${file} names neither guardrails nor rules`,
    remedy: 'Add `guardrails: [{ lockstep: default }]` for those that come with Lockstep, or pass --config.',
  };
}

/** A source as its writer would name it. */
function describeSource(source: Source): string {
  return source.kind === 'bundled' ? `lockstep: ${source.names.join(', ')}` : sourceName(source);
}

function sourceProblem(place: string, name: string, { message, remedy }: SourceFault): ConfigProblem {
  return {
    code: 'source-unusable',
    level: 'fatal',
    subject: name,
    message: `${place}: ${name} cannot be used: ${message}`,
    remedy,
  };
}

function lockUnreadable(fault: string): ConfigProblem {
  return {
    code: 'lock-mismatch',
    level: 'fatal',
    subject: LOCK_FILE,
    message: `${LOCK_FILE} cannot be read: ${fault}`,
    remedy: 'Remove it, run lockstep lock, and commit the file.',
  };
}

/** All differences are one problem: one command puts them right. */
function lockMismatch(opened: readonly OpenSource[], { lockstep, sources }: ProjectLock): ConfigProblem | null {
  const named = new Set(
    opened.flatMap(({ source, locked }) => [sourceName(source), ...locked.map((each) => each.source)]),
  );
  const stale = [...sources.keys()].filter((name) => !named.has(name)).map((name) => `${name} is no source any more`);
  const differences = [...opened.flatMap((each) => each.differences), ...stale];
  if (differences.length === 0) return null;
  const shown = differences.slice(0, SHOWN).join('; ');
  const rest = differences.length > SHOWN ? `; and ${differences.length - SHOWN} more` : '';
  const isOther = lockstep !== null && lockstep !== VERSION;
  return {
    code: 'lock-mismatch',
    level: 'fatal',
    subject: LOCK_FILE,
    message:
      lockstep === null
        ? `there is no ${LOCK_FILE}, which says what the sources of lockstep.yaml held when they were agreed on`
        : `${LOCK_FILE} does not fit: ${shown}${rest}`,
    remedy:
      (isOther ? `It was written by Lockstep ${lockstep}, this is ${VERSION}. ` : '') +
      'Run lockstep lock, look at what it says has changed, and commit the file.',
  };
}

const SHOWN = 3;

/** Two guardrails of one id: nobody could tell whose findings are whose. */
function repeatedGuardrails(guardrails: Config['guardrails'], file: string): ConfigProblem[] {
  const first = new Map<string, string>();
  return guardrails.flatMap(({ folder, absolutePath }) => {
    const id = absolutePath.split('/').at(-2) ?? '';
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, folder);
      return [];
    }
    const fault = new SourceFault(
      `${earlier} is a guardrail of that name already`,
      'Rename one, or leave one of the sources out.',
    );
    return [sourceProblem(file, folder, fault)];
  });
}
