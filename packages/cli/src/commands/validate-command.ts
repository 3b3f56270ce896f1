import type { Command } from 'commander';
import { collect } from './flag-values.ts';
import { modelsOption } from './models-option.ts';
import { offlineOption } from './offline-option.ts';

interface ValidateFlags {
  config?: string[];
  models?: string[];
  offline?: boolean;
  forceColor?: boolean;
}

/** `lockstep validate`. */
export function addValidateCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('validate')
    .summary('check rules without scanning anything')
    .description('Checks rule files and guardrails: their form, every pattern and every regular expression.')
    .argument('[configs...]', 'rule files and folders (default: what lockstep.yaml names, else this folder)')
    .option('-c, --config <path>', 'the same', collect)
    .addOption(modelsOption())
    .addOption(offlineOption())
    .option('--force-color', 'colour, even where the output is no terminal')
    .addHelpText('after', EXAMPLES)
    .action(async (configs: string[], flags: ValidateFlags) => {
      const { runValidate } = await import('./validate/run-validate.ts');
      const { config = [], models = [], offline = false, forceColor: color = false } = flags;
      finish(await runValidate([...configs, ...config], { models, offline, color }));
    });
}

const EXAMPLES = `
Examples:
  lockstep validate rules/
  lockstep validate guardrails/my-guardrail`;
