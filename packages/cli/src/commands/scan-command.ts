import type { Command } from 'commander';
import { tell } from '../reports/print.ts';
import { addScanFlags, type ScanFlags } from './scan-flags.ts';

/** `lockstep scan`, which is also what flags and paths without a command mean. */
export function addScanCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('scan', { isDefault: true })
    .summary('look for what rules describe')
    .description('Scans files with rules in Semgrep syntax and reports what they find.')
    .argument('[targets...]', 'files and folders; - for standard input (default: the current folder)')
    .addHelpText('after', EXAMPLES)
    .action(async (targets: string[], flags: ScanFlags) => finish(await scan(targets, flags)));
  addScanFlags(command);
}

const EXAMPLES = `
Examples:
  lockstep scan                                        with what lockstep.yaml says, or what comes with Lockstep
  lockstep scan --config rules/ src/                   with your own rules
  lockstep scan -l python -e 'eval($X)' app.py         for one pattern
  lockstep scan --config rules/ --error --json -o out.json
  lockstep scan --config rules/ --baseline-commit origin/main
  lockstep scan --config rules/ --autofix --dryrun`;

async function scan(targets: string[], flags: ScanFlags): Promise<number> {
  if (flags.validate === true || flags.test === true) return otherCommand(targets, flags);
  const { readSettings } = await import('./scan/read-settings.ts');
  const { openProject } = await import('../config/open-project.ts');
  const project = openProject(process.cwd());
  const settings = readSettings(targets, flags, process.env, project);
  if (project?.config === null && settings.rules.kind !== 'project' && settings.verbosity !== 'quiet') {
    // Rules were named, so this is no reason not to scan; but what it ignores is not known.
    tell(`warning: ${project.file} cannot be used and was left out: lockstep scan without --config says why\n`);
  }
  const { runAndReport } = await import('./scan/run-and-report.ts');
  return runAndReport(settings);
}

/** Semgrep's older spellings of `validate` and `test`. */
async function otherCommand(targets: string[], flags: ScanFlags): Promise<number> {
  const { readConfigFlags } = await import('./scan/read-settings.ts');
  const configs = readConfigFlags(flags);
  const models = flags.models ?? [];
  const json = flags['json'] === true;
  const { offline = false } = flags;
  if (flags.validate === true) {
    const { runValidate } = await import('./validate/run-validate.ts');
    return runValidate(configs, { models, offline, color: flags.forceColor === true });
  }
  const { runTest } = await import('./test/run-test.ts');
  const { depth = null } = flags;
  return runTest(targets, { configs, depth, models, offline, json, color: flags.forceColor === true });
}
