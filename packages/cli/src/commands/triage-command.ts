import type { Verdict } from '@lockstep/guardrails';
import { type Command, Option } from 'commander';
import { addLedgerFlags } from './ledger-flags.ts';
import type { TriageFlags } from './triage/flags.ts';

/** Written out: taking them from the guardrails would load all of those before anybody asks for one. */
const CHOICES: readonly Verdict[] = ['true', 'false', 'wont-fix'];

/** `lockstep triage` and its commands; each is loaded when it is asked for. */
export function addTriageCommand(program: Command, finish: (exitCode: number) => void): void {
  const triage = program
    .command('triage')
    .summary('say which findings are right')
    .description('Keeps verdicts on findings in .lockstep/triage.yaml: evidence for moving a guardrail on.');
  const mark = triage
    .command('mark', { isDefault: true })
    .summary('give verdicts')
    .description('Gives findings a verdict. On a terminal, without any named, it goes through those without one.')
    .argument('[findings...]', 'path:line, or the identity that JSON reports tell (extra.lockstep.finding)')
    .addHelpText('after', EXAMPLES);
  addLedgerFlags(mark)
    .addOption(new Option('--verdict <verdict>', 'right, wrong, or right and not to be fixed').choices(CHOICES))
    .option('--why <text>', 'the reason')
    .option('--who <name>', 'who says so (default: the user that git knows)')
    .option('--report <file>', 'take findings from a report of lockstep scan --json, and do not scan')
    .action(async (findings: string[], flags: TriageFlags) => {
      const { runMark } = await import('./triage/run-mark.ts');
      finish(await runMark(findings, flags));
    });
  triage
    .command('list')
    .summary('list verdicts')
    .description('Lists the verdicts there are.')
    .argument('[guardrail]', 'of this guardrail only')
    .option('--json', 'as JSON')
    .action(async (guardrail: string | undefined, flags: { json?: boolean }) => {
      const { runList } = await import('./triage/run-list.ts');
      finish(runList(guardrail ?? null, flags.json ?? false));
    });
  triage
    .command('stats')
    .summary('how often each guardrail was right')
    .description('Shows the precision of each guardrail, with the interval it lies in in 95 of 100 cases (Wilson).')
    .option('--json', 'as JSON')
    .action(async (flags: { json?: boolean }) => {
      const { runStats } = await import('./triage/run-stats.ts');
      finish(runStats(flags.json ?? false));
    });
}

const EXAMPLES = `
Examples:
  lockstep triage --config guardrails                  asks about each finding
  lockstep triage src/app.py:12 --verdict false --why "the value is a constant"
  lockstep triage 49eb06b657e6db00 --verdict wont-fix --why "goes away in May" --report out.json`;
