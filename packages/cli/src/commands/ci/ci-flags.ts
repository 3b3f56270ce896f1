import { type Command, Option } from 'commander';
import { addScanFlags, type ScanFlags } from '../scan-flags.ts';

/** The flags of `ci` as they come from the command line. */
export interface CiFlags extends ScanFlags {
  base?: string;
  staged?: boolean;
  policyFrom: 'base' | 'head';
  subdir?: string;
  comment?: boolean;
  monitorOutput?: string;
  webhookFormat: 'json' | 'slack';
  dryRun?: boolean;
  suppressErrors: boolean;
}

/** Flags of `scan` that have no meaning here. */
export const SCAN_ONLY = [
  'pattern',
  'lang',
  'replacement',
  'autofix',
  'dryrun',
  'validate',
  'test',
  'error',
  'baselineCommit',
  'projectRoot',
  'novcs',
  'gitIgnore',
  'forceExclude',
  'scanUnknownExtensions',
] as const;

/** Of these, `--error` is what happens anyway, and `--baseline-commit` is Semgrep's word for `--base`. */
export const TOLERATED: ReadonlySet<string> = new Set(['error', 'baselineCommit', 'gitIgnore']);

/** Adds the flags of `ci`: its own, then those of `scan` that make sense here. */
export function addCiFlags(command: Command): void {
  command.optionsGroup('Change:');
  command
    .option('--base <revision>', 'what to compare with (default: what the build service says, or origin/HEAD)')
    .option('--staged', 'what is staged, before it is committed, compared with HEAD')
    .addOption(
      new Option('--policy-from <side>', 'which rules, stages and exceptions count: those before the change, or after')
        .choices(['base', 'head'])
        .default('base'),
    )
    .option('--subdir <folder>', 'only files below this folder')
    .option('--comment', 'comment on the pull request (GITHUB_TOKEN) or merge request (GITLAB_TOKEN)');
  command.optionsGroup('Findings at stage monitor:');
  command
    .option('--monitor-output <file>', 'write them to a file, as JSON')
    .addOption(
      new Option('--webhook-format <format>', 'what LOCKSTEP_WEBHOOK_URL is sent')
        .choices(['json', 'slack'])
        .default('json'),
    );
  command.optionsGroup('Failing:');
  command
    .option('--dry-run', 'exit with 0 whatever is found, and send nothing')
    .option('--no-suppress-errors', 'exit with a code of its own where something goes wrong')
    .addOption(new Option('--suppress-errors').hideHelp());
  addScanFlags(command);
  for (const option of command.options) {
    if ((SCAN_ONLY as readonly string[]).includes(option.attributeName())) option.hideHelp();
  }
}
