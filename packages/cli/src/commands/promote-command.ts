import type { Command } from 'commander';
import { Option } from 'commander';
import { collect } from './flag-values.ts';
import type { DemoteFlags, PromoteFlags } from './promote/flags.ts';

/** `lockstep promote`. */
export function addPromoteCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('promote')
    .summary('move a guardrail on: to comment, then to block')
    .description(
      'Shows what speaks for a guardrail (tests, findings, verdicts, exceptions, owners), moves it on and writes that ' +
        'into its history. Where evidence is missing it says what, and exits with 1, unless --because gives a reason.',
    )
    .argument('<id>', 'its id or folder')
    .argument('[targets...]', 'the code to look for findings in (default: the current folder)')
    .addOption(new Option('--to <stage>', 'the stage (default: the next one)').choices(['comment', 'block']))
    .option('--because <text>', 'why it moves though evidence is missing')
    .option('--who <name>', 'who decides (default: the user that git knows)')
    .option('--dryrun', 'show the evidence, and change nothing')
    .option('--models <folder>', 'folder of models that rules may use (repeatable)', collect)
    .addHelpText(
      'after',
      '\nExamples:\n  lockstep promote no-eval --dryrun\n  lockstep promote no-eval src/\n' +
        '  lockstep promote no-eval --to block --because "agreed on 2 March, notes in the wiki"',
    )
    .action(async (id: string, targets: string[], flags: PromoteFlags) => {
      const { runPromote } = await import('./promote/run-promote.ts');
      finish(await runPromote(id, targets, flags));
    });
}

/** `lockstep demote`. */
export function addDemoteCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('demote')
    .summary('move a guardrail back: to comment, or to monitor')
    .description('Moves a guardrail back, and writes that into its history. It needs no evidence, but a reason.')
    .argument('<id>', 'its id or folder')
    .addOption(new Option('--to <stage>', 'the stage (default: the one before)').choices(['monitor', 'comment']))
    .requiredOption('--because <text>', 'why')
    .option('--who <name>', 'who decides (default: the user that git knows)')
    .addHelpText('after', '\nExamples:\n  lockstep demote no-eval --because "it is wrong about templates"')
    .action(async (id: string, flags: DemoteFlags) => {
      const { runDemote } = await import('./promote/run-demote.ts');
      finish(await runDemote(id, flags));
    });
}
