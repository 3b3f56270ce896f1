import type { HigherStage, Stage } from '@lockstep/guardrails';

export interface PromoteFlags {
  to?: HigherStage;
  because?: string;
  who?: string;
  dryrun?: boolean;
  models?: string[];
}

export interface DemoteFlags {
  to?: Exclude<Stage, 'block'>;
  because: string;
  who?: string;
}
