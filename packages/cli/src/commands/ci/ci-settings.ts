import type { ScanDefaults } from '@lockstep/guardrails';
import type { RuleSource, ScanLimits, ScanSettings } from '../scan/settings.ts';
import type { CiRun, ReviewPlace } from './providers.ts';
import type { WebhookSettings } from './webhook.ts';

/** What `lockstep ci` is to do, beyond what a scan does. */
export interface CiSettings {
  scan: ScanSettings & { rules: Exclude<RuleSource, { kind: 'pattern' }> };
  /** Depth and limits, where flags leave them to the `lockstep.yaml` that counts. */
  limits: (defaults: ScanDefaults | null) => ScanLimits;
  run: CiRun;
  /** `--base`; null: what the build service says. */
  base: string | null;
  /** The change is what is staged, and begins at HEAD. */
  staged: boolean;
  policyFrom: 'base' | 'head';
  /** Nothing may be fetched but commits. */
  offline: boolean;
  subdir: string | null;
  /** Where findings at stage `monitor` go; null where they go nowhere. */
  monitorOutput: string | null;
  webhook: WebhookSettings | null;
  /** `--comment`; null: no review comments. */
  review: ReviewSettings | null;
  /** Say what would happen, and let every build pass. */
  dryRun: boolean;
  /** What goes wrong does not fail the build. */
  suppressErrors: boolean;
}

/** Where review comments go, and by whose leave; what is null is told when they would be written. */
export interface ReviewSettings {
  place: ReviewPlace | null;
  token: string | null;
}
