import type { FlowDepth } from '@lockstep/engine';
import type { Command } from 'commander';
import { depthOption } from './depth-option.ts';
import { collect } from './flag-values.ts';
import { modelsOption } from './models-option.ts';
import { offlineOption } from './offline-option.ts';

interface TestFlags {
  config?: string[];
  depth?: FlowDepth;
  models?: string[];
  offline?: boolean;
  json?: boolean;
  forceColor?: boolean;
}

/** `lockstep test`. */
export function addTestCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('test')
    .summary('run the tests of rules')
    .description(
      'Runs rules over their annotated examples (`# ruleid: my-rule`, `# ok: my-rule`) and guardrails over theirs.',
    )
    .argument('[paths...]', 'folders of rules and examples, or examples (default: what lockstep.yaml names)')
    .option('-c, --config <path>', 'the rules, where they lie apart from the examples (repeatable)', collect)
    .addOption(modelsOption())
    .addOption(depthOption())
    .addOption(offlineOption())
    .option('--json', 'report as JSON')
    .option('--force-color', 'colour, even where the output is no terminal')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], flags: TestFlags) => {
      const { runTest } = await import('./test/run-test.ts');
      const {
        config: configs = [],
        depth = null,
        models = [],
        offline = false,
        json = false,
        forceColor: color = false,
      } = flags;
      finish(await runTest(paths, { configs, depth, models, offline, json, color }));
    });
}

const EXAMPLES = `
Examples:
  lockstep test guardrails/                            every guardrail by its tests/
  lockstep test --config rules/ tests/                 rules/a.yaml by tests/a.py
  lockstep test --config my-rule.yaml example.py`;
