import { availableParallelism } from 'node:os';
import { allLanguages, closestName, findLanguage } from '@lockstep/engine';
import type { ScanDefaults } from '@lockstep/guardrails';
import { configValues } from '../../config/find-config.ts';
import { ignorePatterns } from '../../config/ignore-patterns-of.ts';
import type { Project } from '../../config/open-project.ts';
import { projectBaseline } from '../../config/project-baseline.ts';
import { cacheFolder } from '../../config/source-cache.ts';
import { type OutputRequest, planOutputs } from '../../reports/outputs.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../reports/report-formats.ts';
import { defaultTargetOptions } from '../../targets/find-targets.ts';
import { DEFAULT_DEPTH } from '../depth-option.ts';
import type { ScanFlags } from '../scan-flags.ts';
import { UsageError } from '../usage-error.ts';
import { readColor, readEnvironment } from './environment.ts';
import type { RuleSource, ScanLimits, ScanSettings, Verbosity } from './settings.ts';

/**
 * What a scan is to do, from flags, environment variables and the repository's `lockstep.yaml`; the earlier wins. Throws
 * `UsageError` (exit code 2) where they make no sense together.
 */
export function readSettings(
  roots: readonly string[],
  flags: ScanFlags,
  env: NodeJS.ProcessEnv,
  project: Project | null = null,
): ScanSettings {
  const rules = readRuleSource(flags, env, project);
  const { timeoutMs, timeoutThreshold, maxTargetBytes, ...flow } = readLimits(
    flags,
    env,
    project?.config?.scan ?? null,
  );
  return {
    cwd: process.cwd(),
    roots,
    rules,
    excludeRules: flags.excludeRule ?? [],
    severities: flags.severity ?? [],
    targets: { ...readTargets(flags, project), maxTargetBytes },
    ...readBaselines(flags, env, rules),
    pool: {
      threads: flags.jobs || availableParallelism(),
      timeoutMs,
      timeoutThreshold,
      maxMemoryMb: flags.maxMemory ?? 0,
    },
    // A pattern on the command line is tried once, and would push out what is used again.
    cacheFolder: flags.cache === false || rules.kind === 'pattern' ? null : cacheFolder(env),
    suppressions: !(flags.disableNosem ?? false),
    ...flow,
    autofix: flags.autofix ?? false,
    dryrun: flags.dryrun ?? false,
    failOnFindings: flags.error ?? false,
    strict: flags.strict ?? false,
    outputs: readOutputs(flags),
    jobSummary: env['GITHUB_STEP_SUMMARY'] || null,
    sarifSuppressed: flags.sarifSuppressed ?? false,
    color: readColor(flags.forceColor ?? false, env),
    verbosity: readVerbosity(flags),
    time: flags.time ?? false,
    maxLinesPerFinding: flags.maxLinesPerFinding ?? 10,
    maxCharsPerLine: flags.maxCharsPerLine ?? 160,
    dataflowTraces: flags.dataflowTraces ?? false,
  };
}

/** Depth and limits, from flags, environment variables and what a `lockstep.yaml` says; the earlier wins. */
export function readLimits(flags: ScanFlags, env: NodeJS.ProcessEnv, defaults: ScanDefaults | null): ScanLimits {
  const depth = flags.depth ?? defaults?.depth ?? null;
  return {
    depth: depth ?? DEFAULT_DEPTH,
    interfile: depth === null,
    timeoutMs: 1000 * (flags.timeout ?? environmentSeconds(env, 'TIMEOUT') ?? defaults?.timeout ?? 5),
    timeoutThreshold: flags.timeoutThreshold ?? defaults?.timeoutThreshold ?? 3,
    maxTargetBytes: flags.maxTargetBytes ?? defaults?.maxTargetBytes ?? defaultTargetOptions.maxTargetBytes,
  };
}

/** Settings with other limits. */
export function withLimits<Settings extends ScanSettings>(
  settings: Settings,
  { timeoutMs, timeoutThreshold, maxTargetBytes, ...flow }: ScanLimits,
): Settings {
  const { pool, targets } = settings;
  return {
    ...settings,
    ...flow,
    pool: { ...pool, timeoutMs, timeoutThreshold },
    targets: { ...targets, maxTargetBytes },
  };
}

/** Findings that the commit had would not be there to use up what the file allows, and new ones would pass for them. */
function readBaselines(
  flags: ScanFlags,
  env: NodeJS.ProcessEnv,
  rules: RuleSource,
): Pick<ScanSettings, 'baseline' | 'baselineFile'> {
  const baseline = flags.baselineCommit ?? readEnvironment(env, 'BASELINE_COMMIT', 'BASELINE_REF');
  const baselineFile = flags.baseline ?? null;
  if (baselineFile !== null && baseline !== null) {
    throw new UsageError('--baseline and --baseline-commit cannot be used together');
  }
  // What a repository knows is what its own rules have found.
  const known = rules.kind === 'project' && baseline === null ? projectBaseline(rules.project, process.cwd()) : null;
  return { baseline, baselineFile: baselineFile ?? known };
}

/** The rules that come with Lockstep, for those who name none. */
const DEFAULT_CONFIG = 'lockstep:default';

function readRuleSource(flags: ScanFlags, env: NodeJS.ProcessEnv, project: Project | null): RuleSource {
  const configs = readConfigFlags(flags);
  const { pattern, lang, replacement } = flags;
  if (pattern !== undefined) {
    if (configs.length > 0) throw new UsageError('--config and --pattern cannot be used together');
    if (lang === undefined) throw new UsageError('--pattern needs --lang: the language that it is written in');
    const language = findLanguage(lang);
    if (language === null) throw new UsageError(`unknown language: ${lang}${suggestLanguage(lang)}`);
    return { kind: 'pattern', pattern, language: language.name, replacement: replacement ?? null };
  }
  if (lang !== undefined) throw new UsageError('--lang is for --pattern, which is missing');
  if (replacement !== undefined) throw new UsageError('--replacement is for --pattern, which is missing');
  const values = configValues(configs, env);
  const isDefault = values.length === 0;
  const rewriteIds = flags.rewriteRuleIds;
  const models = flags.models ?? [];
  if (isDefault && project !== null) {
    return { kind: 'project', project, rewriteIds, models, localOnly: false, offline: flags.offline ?? false };
  }
  return {
    kind: 'config',
    values: isDefault ? [DEFAULT_CONFIG] : values,
    isDefault,
    rewriteIds,
    models,
  };
}

function suggestLanguage(name: string): string {
  const keys = allLanguages().flatMap((language) => language.keys);
  const closest = closestName(name, keys);
  return closest === null ? '' : ` (did you mean \`${closest}\`?)`;
}

/** The values of `--config` and of its second short form. */
export function readConfigFlags(flags: Pick<ScanFlags, 'config' | 'f'>): string[] {
  return [...(flags.config ?? []), ...(flags.f ?? [])];
}

function readTargets(flags: ScanFlags, project: Project | null): Omit<ScanSettings['targets'], 'maxTargetBytes'> {
  const { ignoreFileNames } = defaultTargetOptions;
  const { semgrepignoreFilename } = flags;
  return {
    include: flags.include ?? [],
    // What the repository ignores comes first, so that `--exclude '!x'` has the last word.
    exclude: [...(project === null ? [] : ignorePatterns(project)), ...(flags.exclude ?? [])],
    excludeMinifiedFiles: flags.excludeMinifiedFiles ?? false,
    excludeBinaryFiles: flags.excludeBinaryFiles,
    useGitIgnore: flags.gitIgnore,
    projectRoot: flags.projectRoot ?? null,
    noVersionControl: flags.novcs ?? false,
    scanUnknownExtensions: flags.scanUnknownExtensions ?? false,
    forceExclude: flags.forceExclude ?? false,
    ignoreFileNames:
      semgrepignoreFilename === undefined ? ignoreFileNames : [semgrepignoreFilename, ...ignoreFileNames.slice(1)],
  };
}

function readOutputs(flags: ScanFlags): readonly OutputRequest[] {
  const extra: Partial<Record<ReportFormat, string>> = {};
  for (const format of REPORT_FORMATS) {
    const destination = flags[`${camelCase(format)}Output`];
    if (typeof destination === 'string') extra[format] = destination;
  }
  const formats = REPORT_FORMATS.filter((format) => flags[camelCase(format)] === true);
  const plan = planOutputs({ formats, output: flags.output ?? null, extra });
  if (!plan.ok) throw new UsageError(plan.reason);
  return plan.outputs;
}

function readVerbosity({ quiet = false, verbose = false, debug = false }: ScanFlags): Verbosity {
  const given = Object.entries({ quiet, verbose, debug }).filter(([, isGiven]) => isGiven);
  if (given.length > 1) {
    const names = given.map(([name]) => `--${name}`);
    throw new UsageError(`${names.join(' and ')} cannot be used together`);
  }
  if (quiet) return 'quiet';
  return verbose || debug ? 'verbose' : 'normal';
}

function environmentSeconds(env: NodeJS.ProcessEnv, name: string): number | null {
  const text = readEnvironment(env, name);
  if (text === null || /^\d{1,6}(?:\.\d+)?$/.test(text)) return text === null ? null : Number(text);
  const variable = env[`LOCKSTEP_${name}`] === text ? `LOCKSTEP_${name}` : `SEMGREP_${name}`;
  throw new UsageError(`${variable} is no number of seconds: ${text}`);
}

function camelCase(flag: string): string {
  return flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
