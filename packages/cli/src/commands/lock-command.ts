import type { Command } from 'commander';
import { offlineOption } from './offline-option.ts';

/** `lockstep lock`; loaded when it is asked for. */
export function addLockCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('lock')
    .summary('write down what the sources of lockstep.yaml hold')
    .description(
      'Fetches the sources that lockstep.yaml names and writes into lockstep.lock what they hold; says what changed. ' +
        'Scans use nothing else from then on.',
    )
    .addOption(offlineOption())
    .addHelpText('after', '\nExamples:\n  lockstep lock\n  git diff lockstep.lock')
    .action(async (flags: { offline?: boolean }) => {
      const { runLock } = await import('./lock/run-lock.ts');
      finish(await runLock(flags.offline ?? false));
    });
}
