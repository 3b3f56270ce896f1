import type { Project } from '../../config/open-project.ts';
import type { RuleSource, ScanSettings } from '../scan/settings.ts';
import type { CiRun } from './providers.ts';
import type { WebhookSettings } from './webhook.ts';

/** What `lockstep ci` is to do, beyond what a scan does. */
export interface CiSettings {
  scan: ScanSettings & { rules: Extract<RuleSource, { kind: 'config' }> };
  /** The same, with what a `lockstep.yaml` says where no flag does. */
  scanWith(project: Project | null): ScanSettings;
  /** Nothing that `lockstep.yaml` names may be fetched. */
  offline: boolean;
  run: CiRun;
  /** `--base`; null: what the build service says. */
  base: string | null;
  policyFrom: 'base' | 'head';
  subdir: string | null;
  /** Where findings at stage `monitor` go; null where they go nowhere. */
  monitorOutput: string | null;
  webhook: WebhookSettings | null;
  /** Say what would happen, and let every build pass. */
  dryRun: boolean;
  /** What goes wrong does not fail the build. */
  suppressErrors: boolean;
}
