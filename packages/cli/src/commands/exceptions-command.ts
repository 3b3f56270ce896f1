import { type Command, Option } from 'commander';
import type { ExceptionsFlags } from './exceptions/flags.ts';
import { addLedgerFlags } from './ledger-flags.ts';

/** `lockstep exceptions`. */
export function addExceptionsCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('exceptions')
    .summary('list all exceptions: of guardrails, and in the code')
    .description(
      'Lists what is excepted from guardrails, in their files and by comments in the code: reason, owner, approver, ' +
        'end, and whether anything needs it.',
    )
    .argument('[targets...]', 'files and folders (default: the current folder)');
  addLedgerFlags(command)
    .addOption(new Option('--json', 'as JSON').conflicts('csv'))
    .option('--csv', 'as CSV')
    .option('--check', 'list only those that do not hold or are not needed, and exit with 1 where there are any')
    .addHelpText(
      'after',
      '\nExamples:\n  lockstep exceptions\n  lockstep exceptions src/ --csv > exceptions.csv\n  lockstep exceptions --check',
    )
    .action(async (targets: string[], flags: ExceptionsFlags) => {
      const { runExceptions } = await import('./exceptions/run-exceptions.ts');
      finish(await runExceptions(targets, flags));
    });
}
