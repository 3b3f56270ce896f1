import type { Command } from 'commander';
import type { BaselineFlags, WriteFlags } from './baseline/flags.ts';
import { addLedgerFlags } from './ledger-flags.ts';

/** `lockstep baseline` and its commands; each is loaded when it is asked for. */
export function addBaselineCommand(program: Command, finish: (exitCode: number) => void): void {
  const baseline = program
    .command('baseline')
    .summary('record the findings of today, so that only new ones count')
    .description(
      'Keeps a record of known findings, for scan --baseline. The numbers may only fall: one known finding never ' +
        'excuses two, and what was fixed cannot come back.',
    )
    .addHelpText('after', EXAMPLES);
  addWrite(baseline, finish);
  addCheck(baseline, finish);
  addShow(baseline, finish);
}

const EXAMPLES = `
Examples:
  lockstep baseline write --config guardrails          into .lockstep/baseline.yaml
  lockstep scan --config guardrails --baseline .lockstep/baseline.yaml --error
  lockstep baseline check --config guardrails          what is new, and what was fixed
  lockstep baseline write --config guardrails --prune  forget what was fixed`;

const FILE = 'the record (default: .lockstep/baseline.yaml in the repository)';

function addWrite(baseline: Command, finish: (exitCode: number) => void): void {
  const command = baseline
    .command('write')
    .summary('write the record')
    .description(
      'Records the findings of today. Where there is a record already, moves of code and files are taken over; new ' +
        'findings are refused unless --allow-growth says why they are allowed.',
    )
    .argument('[targets...]', 'files and folders (default: the current folder)');
  addLedgerFlags(command)
    .option('--file <file>', FILE)
    .option('--prune', 'drop what was fixed')
    .option('--allow-growth', 'take new findings in; needs --reason')
    .option('--reason <text>', 'why they are allowed: it is recorded')
    .option('--who <name>', 'who allows it (default: the user that git knows)')
    .action(async (targets: string[], flags: WriteFlags) => {
      const { runWrite } = await import('./baseline/run-write.ts');
      finish(await runWrite(targets, flags));
    });
}

function addCheck(baseline: Command, finish: (exitCode: number) => void): void {
  const command = baseline
    .command('check')
    .summary('compare the record with the code')
    .description('Lists findings that the record does not know, and exits with 1 then; and what was fixed since.')
    .argument('[targets...]', 'files and folders (default: the current folder)');
  addLedgerFlags(command)
    .option('--file <file>', FILE)
    .option('--strict', 'exit with 1 also where the record allows what is fixed by now')
    .action(async (targets: string[], flags: BaselineFlags & { strict?: boolean }) => {
      const { runCheck } = await import('./baseline/run-check.ts');
      finish(await runCheck(targets, flags));
    });
}

function addShow(baseline: Command, finish: (exitCode: number) => void): void {
  baseline
    .command('show')
    .summary('show the record')
    .description('Shows how many findings of which guardrail the record knows, and when it was allowed to grow.')
    .option('--file <file>', FILE)
    .option('--json', 'as JSON')
    .action(async (flags: { file?: string; json?: boolean }) => {
      const { runShow } = await import('./baseline/run-show.ts');
      finish(runShow(flags));
    });
}
