import type { Command } from 'commander';
import { offlineOption } from './offline-option.ts';

/** The flags of `lockstep init`; what is absent was not given. */
export interface InitFlags {
  yes?: boolean;
  dryRun?: boolean;
  offline?: boolean;
}

/** `lockstep init`; loaded when it is asked for. */
export function addInitCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('init')
    .summary('set a repository up')
    .description(
      'Looks at what a repository is made of, proposes the guardrails that fit, and writes lockstep.yaml, its lock and ' +
        'what CI needs. Shows each file first and overwrites none.',
    )
    .argument('[folder]', 'the repository, or a folder in it (default: the current one)')
    .option('-y, --yes', 'write without asking')
    .option('--dry-run', 'show what would be written, and write nothing')
    .addOption(offlineOption())
    .addHelpText('after', '\nExamples:\n  lockstep init --dry-run\n  lockstep init --yes && lockstep scan')
    .action(async (folder: string | undefined, flags: InitFlags) => {
      const { runInit } = await import('./init/run-init.ts');
      finish(await runInit(folder ?? '.', flags));
    });
}
