import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { normalizeSpelling } from '../targets/scan-root.ts';
import { resolveBundled } from './bundled-guardrails.ts';
import type { ConfigProblem } from './config-problem.ts';
import { listRuleFiles } from './list-rule-files.ts';
import { remoteConfigProblem } from './remote-config.ts';
import { isGuardrailManifest } from './rule-file-names.ts';
import { ruleIdPrefix } from './rule-id-prefix.ts';

export interface RuleFile {
  /** For messages: below the config value, spelled like it; `lockstep:…` for bundled files. */
  path: string;
  absolutePath: string;
  text: string;
  /** Goes before every rule id, unless ids are not to be rewritten (`--no-rewrite-rule-ids`): empty or `a.b.`. */
  idPrefix: string;
  /** Folder of the guardrail it belongs to (a `GuardrailFile.folder`), or null. */
  guardrail: string | null;
}

/** A `guardrail.yaml`. Its own rules (forbid, require, unsafe-call) are for the guardrails package to compile. */
export interface GuardrailFile extends Omit<RuleFile, 'guardrail'> {
  /** Folder of the guardrail, spelled like `path`. */
  folder: string;
  /** Comes with Lockstep. */
  bundled: boolean;
}

export interface Config {
  /** In the order of the values, sorted by path within one; a file reached twice with one prefix is there once. */
  ruleFiles: RuleFile[];
  guardrails: GuardrailFile[];
  problems: ConfigProblem[];
}

export interface ConfigOptions {
  /** Absolute; values and id prefixes are relative to it. */
  cwd: string;
  /** Folder of the guardrails that come with Lockstep, absolute; null if there are none. */
  bundledGuardrails: string | null;
}

/**
 * Finds and reads the rule files that `--config` values name (semantics 01 §1.1): files of any extension, folders,
 * guardrail folders, pipes, `lockstep:default` and `lockstep:<guardrail>`. Remote values are refused, as nothing is ever
 * fetched. Rules are not parsed here.
 */
export async function findConfig(values: readonly string[], options: ConfigOptions): Promise<Config> {
  const found: Found = { ruleFiles: [], guardrails: [], problems: [] };
  for (const value of values) addValue(found, value, options);
  return readFound(found);
}

/** Finds and reads the rule files of places that have been looked up: folders, or rule files. */
export async function readPlaces(places: readonly ConfigPlace[]): Promise<Config> {
  const found: Found = { ruleFiles: [], guardrails: [], problems: [] };
  for (const place of places) addPlace(found, place);
  return readFound(found);
}

async function readFound(found: Found): Promise<Config> {
  const problems = [...found.problems];
  const ruleFiles = await readAll(dedupe(found.ruleFiles), problems);
  const guardrails = await readAll(dedupe(found.guardrails), problems);
  return { ruleFiles, guardrails, problems: gradeEmpty(problems, ruleFiles.length + guardrails.length) };
}

/** The config values to use: those given, else `LOCKSTEP_RULES`, else `SEMGREP_RULES` (separated by blanks). */
export function configValues(given: readonly string[], env: NodeJS.ProcessEnv): string[] {
  if (given.length > 0) return [...given];
  const values = env['LOCKSTEP_RULES'] ?? env['SEMGREP_RULES'] ?? '';
  return values.split(/\s+/).filter((value) => value !== '');
}

type Unread<File> = Omit<File, 'text'>;

interface Found {
  ruleFiles: Unread<RuleFile>[];
  guardrails: Unread<GuardrailFile>[];
  problems: ConfigProblem[];
}

/** A folder of rule files, or a rule file, and how its files are named and prefixed. */
export interface ConfigPlace {
  /** For messages. */
  path: string;
  absolutePath: string;
  /** Comes with Lockstep. */
  bundled: boolean;
  idPrefix: (path: string) => string;
}

interface Folder extends ConfigPlace {
  /** As spelled. */
  value: string;
}

function addValue(found: Found, value: string, options: ConfigOptions): void {
  const bundled = resolveBundled(value, options.bundledGuardrails);
  if (bundled !== null) {
    if (!bundled.ok) found.problems.push(bundled.problem);
    else addBundled(found, value, bundled.folder, options.bundledGuardrails!);
    return;
  }
  const remote = remoteConfigProblem(value);
  if (remote !== null) found.problems.push(remote);
  else addLocal(found, value, options.cwd);
}

/** Bundled rules keep their ids: where Lockstep is installed is no part of a rule's name. */
function addBundled(found: Found, value: string, folder: string, bundledGuardrails: string): void {
  const path = folder === '' ? 'lockstep:' : `lockstep:${folder}`;
  const absolutePath = join(bundledGuardrails, folder);
  addFolder(found, { value, path, absolutePath, bundled: true, idPrefix: () => '' });
}

function addLocal(found: Found, value: string, cwd: string): void {
  const path = normalizeSpelling(value.replace(/^~(?=\/|$)/, homedir()));
  const absolutePath = resolve(cwd, path);
  const kind = value === '' ? 'missing' : kindOf(absolutePath);
  const idPrefix = (file: string) => ruleIdPrefix(file, cwd);
  if (kind === 'missing') {
    found.problems.push(notFound(value));
  } else if (kind === 'folder') {
    addFolder(found, { value, path, absolutePath, bundled: false, idPrefix });
  } else if (isGuardrailManifest(basename(path))) {
    const folder = dirname(path);
    addFolder(found, {
      value,
      path: folder === '.' ? '' : folder,
      absolutePath: dirname(absolutePath),
      bundled: false,
      idPrefix,
    });
  } else {
    found.ruleFiles.push({ path, absolutePath, idPrefix: idPrefix(path), guardrail: null });
  }
}

function addPlace(found: Found, place: ConfigPlace): void {
  const { path, absolutePath, idPrefix } = place;
  if (kindOf(absolutePath) === 'folder') addFolder(found, { ...place, value: path });
  else found.ruleFiles.push({ path, absolutePath, idPrefix: idPrefix(path), guardrail: null });
}

function addFolder(found: Found, folder: Folder): void {
  const listing = listRuleFiles(folder.absolutePath);
  const below = (path: string) => joinSpelling(folder.path, path);
  const named = (path: string) => ({
    path: below(path),
    absolutePath: join(folder.absolutePath, path),
    idPrefix: folder.idPrefix(below(path)),
  });
  for (const { path, guardrail } of listing.ruleFiles) {
    found.ruleFiles.push({ ...named(path), guardrail: guardrail === null ? null : below(guardrail) });
  }
  for (const { folder: guardrail, manifest } of listing.guardrails) {
    found.guardrails.push({ ...named(manifest), folder: below(guardrail), bundled: folder.bundled });
  }
  for (const { path, message } of listing.unreadable) found.problems.push(unreadable(below(path) || '.', message));
  if (listing.ruleFiles.length + listing.guardrails.length === 0) found.problems.push(empty(folder.value));
}

async function readAll<File extends { path: string; absolutePath: string }>(
  files: readonly File[],
  problems: ConfigProblem[],
): Promise<(File & { text: string })[]> {
  const texts = await Promise.all(
    files.map(({ absolutePath }) => readText(absolutePath).catch((error: Error) => error)),
  );
  return files.flatMap((file, index) => {
    const text = texts[index]!;
    if (typeof text === 'string') return [{ ...file, text }];
    problems.push(unreadable(file.path, text.message));
    return [];
  });
}

/** The largest public packs of rules have some megabytes. */
const MAX_BYTES = 50_000_000;

async function readText(path: string): Promise<string> {
  if (statSync(path).size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES / 1_000_000} MB`);
  return readFile(path, 'utf8');
}

function dedupe<File extends { absolutePath: string; idPrefix: string }>(files: readonly File[]): File[] {
  const seen = new Set<string>();
  return files.filter(({ absolutePath, idPrefix }) => {
    const key = `${idPrefix}\0${absolutePath}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function kindOf(path: string): 'folder' | 'file' | 'missing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'missing';
  }
}

function joinSpelling(folder: string, path: string): string {
  if (path === '') return folder;
  return folder === '' || folder.endsWith('/') || folder.endsWith(':') ? folder + path : `${folder}/${path}`;
}

/** An empty folder beside others is worth a word; with no rules at all the run would check nothing and look clean. */
function gradeEmpty(problems: ConfigProblem[], fileCount: number): ConfigProblem[] {
  if (fileCount > 0) return problems;
  return problems.map((problem) => (problem.code === 'config-empty' ? { ...problem, level: 'fatal' } : problem));
}

function notFound(value: string): ConfigProblem {
  return {
    code: 'config-not-found',
    level: 'fatal',
    subject: value,
    message: value === '' ? 'A --config value is empty' : `unable to find a config; path \`${value}\` does not exist`,
    remedy: 'Pass a rule file or a folder of them, or lockstep:default for the guardrails that come with Lockstep.',
  };
}

function unreadable(path: string, message: string): ConfigProblem {
  return {
    code: 'config-unreadable',
    level: 'fatal',
    subject: path,
    message: `${path} cannot be read: ${message}`,
    remedy: '',
  };
}

function empty(value: string): ConfigProblem {
  return {
    code: 'config-empty',
    level: 'warning',
    subject: value,
    message: `${value} holds no rule files`,
    remedy: 'Rule files end in .yml or .yaml; *.test.yaml and *.fixed.* are not read.',
  };
}
