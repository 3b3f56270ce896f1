import type { Finding, Rule } from '@lockstep/engine';

/** Who sees a finding: security alone; the author too; the author, whose build fails. */
export type Stage = 'monitor' | 'comment' | 'block';

type Metadata = Rule['metadata'];

/**
 * The stage of a rule or finding: its guardrail's. A rule without one blocks, as it does in Semgrep, unless
 * `dev.semgrep.actions` in its metadata is a list without `block`.
 */
export function stageOf({ metadata }: Pick<Rule | Finding, 'metadata'>): Stage {
  const stage = lockstepPart(metadata)['stage'];
  if (stage === 'monitor' || stage === 'comment' || stage === 'block') return stage;
  const actions = metadata['dev.semgrep.actions'];
  return Array.isArray(actions) && !actions.includes('block') ? 'comment' : 'block';
}

/** The same rule at another stage, whatever it says itself. */
export function withStage(rule: Rule, stage: Stage): Rule {
  return { ...rule, metadata: { ...rule.metadata, lockstep: { ...lockstepPart(rule.metadata), stage } } };
}

function lockstepPart(metadata: Metadata): Metadata {
  const part = metadata['lockstep'];
  return part == null || typeof part !== 'object' || Array.isArray(part) ? {} : part;
}
