import type { FlowDepth, Severity } from '@lockstep/engine';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { REPORT_FORMATS } from '../reports/report-formats.ts';
import { depthOption } from './depth-option.ts';
import { byteSize, collect, seconds, wholeNumber } from './flag-values.ts';
import { modelsOption } from './models-option.ts';
import { offlineOption } from './offline-option.ts';

/** The flags of `scan` as they come from the command line; what is absent was not given. */
export interface ScanFlags {
  config?: string[];
  /** The same, by its other short name. */
  f?: string[];
  pattern?: string;
  lang?: string;
  replacement?: string;
  rewriteRuleIds: boolean;
  models?: string[];
  offline?: boolean;
  excludeRule?: string[];
  severity?: Severity[];
  depth?: FlowDepth;
  include?: string[];
  exclude?: string[];
  forceExclude?: boolean;
  maxTargetBytes?: number;
  excludeMinifiedFiles?: boolean;
  excludeBinaryFiles: boolean;
  gitIgnore: boolean;
  projectRoot?: string;
  novcs?: boolean;
  scanUnknownExtensions?: boolean;
  semgrepignoreFilename?: string;
  baselineCommit?: string;
  baseline?: string;
  jobs?: number;
  timeout?: number;
  timeoutThreshold?: number;
  maxMemory?: number;
  cache?: boolean;
  disableNosem?: boolean;
  autofix?: boolean;
  dryrun?: boolean;
  error?: boolean;
  strict?: boolean;
  output?: string;
  sarifSuppressed?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  debug?: boolean;
  forceColor?: boolean;
  time?: boolean;
  maxLinesPerFinding?: number;
  maxCharsPerLine?: number;
  dataflowTraces?: boolean;
  validate?: boolean;
  test?: boolean;
  /** `--json`, `--json-output=FILE` and so on. */
  [flag: string]: unknown;
}

const SEVERITIES: readonly Severity[] = ['INFO', 'WARNING', 'ERROR', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

/** Adds the flags of `scan` to a command. */
export function addScanFlags(command: Command): void {
  command.optionsGroup('Rules:');
  command
    .option('-c, --config <path>', 'rule file, folder of rules, or lockstep:default (repeatable)', collect)
    .addOption(new Option('-f <path>', 'the same').argParser(collect).hideHelp())
    .option('-e, --pattern <pattern>', 'look for one pattern, written on the command line')
    .option('-l, --lang <language>', 'the language of --pattern')
    .option('--replacement <code>', 'what to replace matches of --pattern with')
    .option('--exclude-rule <id>', 'leave a rule out (repeatable)', collect)
    .addOption(
      new Option(
        '--severity <severity>',
        `only rules of this severity (repeatable): ${SEVERITIES.join(', ')}`,
      ).argParser((value: string, before: string[] | undefined) => collectChoice(value, before, SEVERITIES)),
    )
    .addOption(modelsOption())
    .addOption(depthOption())
    .addOption(offlineOption())
    .option('--no-rewrite-rule-ids', 'leave rule ids as they are, without the path of their file');

  command.optionsGroup('Files:');
  command
    .option('--include <glob>', 'only files that match (repeatable)', collect)
    .option('--exclude <glob>', 'no files that match (repeatable)', collect)
    .option('--force-exclude', 'apply --exclude and ignore files to files named on the command line too')
    .option('--max-target-bytes <size>', 'skip larger files; 0: no limit (default: 1MB)', byteSize)
    .option('--exclude-minified-files', 'skip minified files')
    .option('--no-exclude-binary-files', 'scan binary files too')
    .option('--no-git-ignore', 'scan files that git ignores too')
    .option('--project-root <folder>', 'the folder that ignore patterns and globs are relative to')
    .option('--novcs', 'take no notice of version control')
    .option('--scan-unknown-extensions', 'scan files named on the command line whatever their extension')
    .option('--semgrepignore-filename <name>', 'name of the ignore files, in place of .semgrepignore')
    .option('--baseline-commit <revision>', 'report only what is new since this commit')
    .option('--baseline <file>', 'report only what this file of lockstep baseline does not know');

  command.optionsGroup('Outcome:');
  command
    .option('--error', 'exit with 1 if there are findings')
    .option('--strict', 'exit with 2 or 3 if anything could not be scanned, or a rule not run, as it should')
    .option('-a, --autofix', 'apply the fixes that rules offer')
    .option('--dryrun', 'with --autofix: show what would change, and change nothing')
    .option('--disable-nosem', 'report findings that a comment suppresses');

  command.optionsGroup('Reports:');
  for (const format of REPORT_FORMATS) command.option(`--${format}`, `report as ${format}`);
  for (const format of REPORT_FORMATS) {
    command.addOption(new Option(`--${format}-output <file>`, `also write a ${format} report to a file`).hideHelp());
  }
  command
    .option('-o, --output <file>', 'write the report to a file, not to standard output')
    .option('--sarif-suppressed', 'in SARIF, list suppressed findings too, marked as suppressed')
    .option('--max-lines-per-finding <number>', 'lines of code shown (default: 10; 0: all)', wholeNumber)
    .option('--max-chars-per-line <number>', 'characters of a line shown (default: 160; 0: all)', wholeNumber)
    .option('--dataflow-traces', 'show every step of a flow, not the ends alone')
    .option('--force-color', 'colour, even where the output is no terminal')
    .option('--time', 'measure rules and files')
    .option('-v, --verbose', 'name every file that was skipped, and every problem')
    .option('-q, --quiet', 'findings only')
    .option('--debug', 'the same as --verbose');

  command.optionsGroup('Limits:');
  command
    .option('-j, --jobs <number>', 'threads (default: one for each core)', wholeNumber)
    .option('--timeout <seconds>', 'how long a rule may take on a file (default: 5; 0: any time)', seconds)
    .option(
      '--timeout-threshold <number>',
      'give a file up after so many time-outs (default: 3; 0: never)',
      wholeNumber,
    )
    .option('--max-memory <megabytes>', 'memory of a thread (default: 0, what Node allows)', wholeNumber)
    .option('--no-cache', 'keep nothing for the next run, and use nothing that an earlier one has found out');

  command.optionsGroup('Semgrep compatibility:');
  command
    .option('--validate', 'check the rules and scan nothing: lockstep validate')
    .option('--test', 'test the rules: lockstep test');
  addAcceptedFlags(command);
}

/** Flags of Semgrep that pipelines pass: they say what is so anyway, or speak of what Lockstep does not have. */
const ACCEPTED_SWITCHES = [
  'allow-local-builds',
  'allow-untrusted-validators',
  'code',
  'develop',
  'disable-version-check',
  'enable-nosem',
  'enable-version-check',
  'exclude-binary-files',
  'experimental',
  'historical-secrets',
  'incremental-output',
  'inline-metavariables',
  'legacy',
  'matching-explanations',
  'no-autofix',
  'no-error',
  'no-exclude-minified-files',
  'no-force-color',
  'no-secrets-validation',
  'no-semgrepignore-v2',
  'no-strict',
  'no-time',
  'no-trace',
  'oss-only',
  'pro',
  'pro-intrafile',
  'pro-languages',
  'pro-path-sensitive',
  'profile',
  'rewrite-rule-ids',
  'secrets',
  'semgrepignore-v2',
  'skip-unknown-extensions',
  'supply-chain',
  'taint-intrafile',
  'test-ignore-todo',
  'trace',
  'use-git-ignore',
] as const;
const ACCEPTED_VALUES = ['max-match-context-size', 'metrics', 'optimizations', 'trace-endpoint'] as const;

function addAcceptedFlags(command: Command): void {
  for (const name of ACCEPTED_SWITCHES) {
    command.addOption(new Option(`--${name}`).hideHelp());
  }
  for (const name of ACCEPTED_VALUES) command.addOption(new Option(`--${name} <value>`).hideHelp());
}

/** Semgrep's experiments, `--x-…`, come and go: they are taken out before the rest is parsed. */
export function withoutExperiments(args: readonly string[]): string[] {
  return args.filter((arg) => !arg.startsWith('--x-'));
}

function collectChoice(value: string, before: string[] | undefined, choices: readonly string[]): string[] {
  if (!choices.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
  return collect(value, before);
}
