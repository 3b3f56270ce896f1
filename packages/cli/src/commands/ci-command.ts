import type { Command } from 'commander';
import { addCiFlags, type CiFlags } from './ci/ci-flags.ts';

/** `lockstep ci`: what a change introduces. */
export function addCiCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('ci')
    .summary('check what a change introduces, in a build')
    .description(
      'Scans what a change touches and reports what it introduces. Findings at stage block fail the build, those at ' +
        'stage comment are shown, those at stage monitor go to security alone.',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (flags: CiFlags) => {
      const { runCommand } = await import('./ci/run-command.ts');
      finish(await runCommand(flags));
    });
  addCiFlags(command);
}

const EXAMPLES = `
Examples:
  lockstep ci                                          with the guardrails in guardrails/
  lockstep ci --config rules/ --github                 annotates the lines of a pull request
  lockstep ci --base origin/main --dry-run             on your own machine
  lockstep ci --monitor-output monitor.json`;
