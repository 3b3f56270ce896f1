import type { FlowDepth } from '@lockstep/engine';
import type { Command } from 'commander';
import { depthOption } from './depth-option.ts';
import { collect } from './flag-values.ts';
import { modelsOption } from './models-option.ts';

/** What is scanned with what, for commands that keep a record of findings: as in `scan`. */
export interface LedgerFlags {
  config?: string[];
  models?: string[];
  depth?: FlowDepth;
  excludeRule?: string[];
  include?: string[];
  exclude?: string[];
}

/** Adds the flags of `scan` that such commands have. */
export function addLedgerFlags(command: Command): Command {
  return command
    .option('-c, --config <path>', 'rules (repeatable; default: lockstep.yaml, else guardrails/)', collect)
    .addOption(modelsOption())
    .addOption(depthOption())
    .option('--exclude-rule <id>', 'leave a rule out (repeatable)', collect)
    .option('--include <glob>', 'only files that match (repeatable)', collect)
    .option('--exclude <glob>', 'no files that match (repeatable)', collect);
}
