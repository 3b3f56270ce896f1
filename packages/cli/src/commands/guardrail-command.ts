import { type Command, Option } from 'commander';
import { collect, wholeNumber } from './flag-values.ts';
import { type NewFlags, TEMPLATES } from './guardrail/new/flags.ts';
import { offlineOption } from './offline-option.ts';

/** `lockstep guardrail` and its commands; each is loaded when it is asked for. */
export function addGuardrailCommand(program: Command, finish: (exitCode: number) => void): void {
  const guardrail = program
    .command('guardrail')
    .summary('write, check and look at guardrails')
    .description('Works with guardrails: folders that hold a promise about the code and everything that keeps it.')
    .addHelpText('after', GUARDRAIL_EXAMPLES);
  addNew(guardrail, finish);
  addList(guardrail, finish);
  addShow(guardrail, finish);
  addCheck(guardrail, finish);
  addExplain(guardrail, finish);
  addInventory(guardrail, finish);
}

const GUARDRAIL_EXAMPLES = `
Examples:
  lockstep guardrail new                               asks what it needs to know
  lockstep guardrail check                             everything in guardrails/
  lockstep guardrail inventory update-permission src/  what is protected, and what is not`;

function addNew(guardrail: Command, finish: (exitCode: number) => void): void {
  guardrail
    .command('new')
    .summary('write a guardrail')
    .description(
      'Writes the folder of a new guardrail, with examples that pass. On a terminal it asks what is missing.',
    )
    .argument('[id]', 'its name: small letters, digits and hyphens')
    .addOption(new Option('-t, --template <form>', 'what kind of rule').choices(TEMPLATES))
    .option('-e, --pattern <pattern>', 'what to look for: a dotted name (forbid), a call, or any pattern')
    .option('-l, --lang <language>', 'its language (default: python)')
    .option('--have <safeguard>', 'what is required (template require): `@decorator` or a call')
    .option('--safe <pattern>', 'the right shape of the call (template unsafe-call)')
    .option('--instead <name>', 'what to use in its place (template forbid)')
    .option('--example <code>', 'code that the rule finds (default: made from the pattern)')
    .option('--from-finding <n>', 'start from a finding of a JSON report, counted from 1', wholeNumber)
    .option('--report <file>', 'the JSON report of --from-finding')
    .option('--promise <sentence>', 'what the code keeps to')
    .option('--weakness <cwe>', 'such as CWE-502')
    .option('--security <owner>', 'who answers for it in security, such as @acme/appsec')
    .option('--engineering <owner>', 'who answers for it in engineering')
    .option('--message <text>', 'what its findings say')
    .option('--dir <folder>', 'the folder that it is put in (default: guardrails)')
    .addHelpText('after', NEW_EXAMPLES)
    .action(async (id: string | undefined, flags: NewFlags) => {
      const { runNew } = await import('./guardrail/new/run-new.ts');
      finish(await runNew(id ?? null, flags));
    });
}

const NEW_EXAMPLES = `
Examples:
  lockstep guardrail new
  lockstep guardrail new no-pickle --template forbid --pattern pickle.loads --instead json.loads
  lockstep guardrail new send-once --template unsafe-call --pattern '$BANK.send(...)' --safe '$BANK.send($TO, $KEY)'
  lockstep guardrail new debug-off --template pattern --pattern 'run(..., debug=True, ...)'
  lockstep scan --json -o out.json; lockstep guardrail new no-eval --from-finding 1 --report out.json`;

function addList(guardrail: Command, finish: (exitCode: number) => void): void {
  guardrail
    .command('list')
    .summary('list guardrails')
    .description('Lists guardrails: their stage, weakness, rules and promise.')
    .argument('[folders...]', 'folders that hold them, or lockstep:default (default: what lockstep.yaml names)')
    .option('--json', 'as JSON')
    .addOption(offlineOption())
    .addHelpText('after', '\nExamples:\n  lockstep guardrail list\n  lockstep guardrail list lockstep:default --json')
    .action(async (folders: string[], flags: { json?: boolean; offline?: boolean }) => {
      const { runList } = await import('./guardrail/run-list.ts');
      finish(await runList(folders, { json: flags.json ?? false, offline: flags.offline ?? false }));
    });
}

function addShow(guardrail: Command, finish: (exitCode: number) => void): void {
  guardrail
    .command('show')
    .summary('show one guardrail')
    .description('Shows a guardrail: what it promises, who owns it, its rules, exceptions and history.')
    .argument('<id>', 'its id or folder')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  lockstep guardrail show update-permission\n  lockstep guardrail show lockstep:shell-command',
    )
    .action(async (id: string, flags: { json?: boolean }) => {
      const { runShow } = await import('./guardrail/run-show.ts');
      finish(await runShow(id, flags.json ?? false));
    });
}

function addCheck(guardrail: Command, finish: (exitCode: number) => void): void {
  guardrail
    .command('check')
    .summary('check that guardrails are complete')
    .description(
      'Checks guardrails: rules and their tests, messages, references, owners, exceptions, history and lessons. ' +
        'Lists everything that is wrong and exits with 1 then.',
    )
    .argument('[folders...]', 'folders that hold them (default: guardrails)')
    .option('--models <folder>', 'folder of models that rules may use (repeatable)', collect)
    .addHelpText(
      'after',
      '\nExamples:\n  lockstep guardrail check\n  lockstep guardrail check guardrails/update-permission',
    )
    .action(async (folders: string[], flags: { models?: string[] }) => {
      const { runCheck } = await import('./guardrail/run-check.ts');
      finish(await runCheck(folders, flags.models ?? []));
    });
}

function addExplain(guardrail: Command, finish: (exitCode: number) => void): void {
  guardrail
    .command('explain')
    .summary('show the rules that short forms stand for')
    .description('Prints the rules that forbid, require and unsafe-call of a guardrail stand for, in Semgrep syntax.')
    .argument('<id>', 'its id or folder')
    .addHelpText(
      'after',
      '\nExamples:\n  lockstep guardrail explain update-permission\n  lockstep guardrail explain guardrails/no-pickle > rules.yaml',
    )
    .action(async (id: string) => {
      const { runExplain } = await import('./guardrail/run-explain.ts');
      finish(await runExplain(id));
    });
}

function addInventory(guardrail: Command, finish: (exitCode: number) => void): void {
  guardrail
    .command('inventory')
    .summary('list what a requirement protects, and what it does not')
    .description('Lists everything that the requirements of a guardrail are about: protected, missing, excepted.')
    .argument('<id>', 'its id or folder')
    .argument('[paths...]', 'files and folders to look at (default: the current folder)')
    .addOption(new Option('--json', 'as JSON').conflicts('csv'))
    .option('--csv', 'as CSV')
    .option('--error', 'exit with 1 where something is not protected')
    .addHelpText('after', INVENTORY_EXAMPLES)
    .action(async (id: string, paths: string[], flags: InventoryFlags) => {
      const { runInventory } = await import('./guardrail/run-inventory.ts');
      const format = flags.json === true ? 'json' : flags.csv === true ? 'csv' : 'text';
      finish(await runInventory(id, paths, { format, failOnGaps: flags.error ?? false }));
    });
}

interface InventoryFlags {
  json?: boolean;
  csv?: boolean;
  error?: boolean;
}

const INVENTORY_EXAMPLES = `
Examples:
  lockstep guardrail inventory update-permission src/
  lockstep guardrail inventory update-permission --csv > inventory.csv`;
