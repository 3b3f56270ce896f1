import { Command, CommanderError } from 'commander';
import { neutralize } from '../reports/neutralize.ts';
import { tell } from '../reports/print.ts';
import { VERSION } from '../version.ts';
import { addBaselineCommand } from './baseline-command.ts';
import { addCiCommand } from './ci-command.ts';
import { addExceptionsCommand } from './exceptions-command.ts';
import { addGuardrailCommand } from './guardrail-command.ts';
import { addInitCommand } from './init-command.ts';
import { addLockCommand } from './lock-command.ts';
import { addDemoteCommand, addPromoteCommand } from './promote-command.ts';
import { addScanCommand } from './scan-command.ts';
import { withoutExperiments } from './scan-flags.ts';
import { addTestCommand } from './test-command.ts';
import { addTriageCommand } from './triage-command.ts';
import { UsageError } from './usage-error.ts';
import { addValidateCommand } from './validate-command.ts';

/** Semgrep's code for whatever keeps a command from doing its work; commander's own is 1, which means findings. */
const FAILURE = 2;

/**
 * Runs a command line, without the names of node and program. Answers with the exit code; what goes wrong has been
 * told on standard error.
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = createProgram((code) => {
    exitCode = code;
  });
  if (args.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(withoutExperiments(args), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : FAILURE;
    if (error instanceof UsageError) {
      tell(neutralize(`error: ${error.message}\n`));
      return error.exitCode;
    }
    throw error;
  }
}

function createProgram(finish: (exitCode: number) => void): Command {
  const program = new Command('lockstep')
    .description('Security guardrails that AppSec and engineering keep together.')
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', '\nWithout a command, paths and flags are those of scan. More: lockstep help <command>')
    // Commands inherit this: they throw instead of ending the process.
    .exitOverride();
  addScanCommand(program, finish);
  addCiCommand(program, finish);
  addTestCommand(program, finish);
  addValidateCommand(program, finish);
  addGuardrailCommand(program, finish);
  addBaselineCommand(program, finish);
  addTriageCommand(program, finish);
  addPromoteCommand(program, finish);
  addDemoteCommand(program, finish);
  addExceptionsCommand(program, finish);
  addInitCommand(program, finish);
  addLockCommand(program, finish);
  return program;
}
