import { existsSync } from 'node:fs';
import type { Finding } from '@lockstep/engine';
import type { BaselineScope, FindingPlace } from '@lockstep/guardrails';
import type { LedgerFlags } from '../commands/ledger-flags.ts';
import { NO_PROGRESS } from '../commands/scan/progress-bar.ts';
import { readSettings } from '../commands/scan/read-settings.ts';
import { runScan, type ScanOutcome } from '../commands/scan/run-scan.ts';
import type { ScanSettings } from '../commands/scan/settings.ts';
import { UsageError } from '../commands/usage-error.ts';
import { openProject } from '../config/open-project.ts';
import { namesOf } from '../guardrails/apply-allowances.ts';
import { USUAL_FOLDER } from '../guardrails/find-guardrails.ts';
import { completenessOf, isHarmless } from '../reports/completeness.ts';
import { activeFindings, type ScanReport } from '../reports/scan-report.ts';
import { isFatal } from '../reports/setup-problem.ts';
import { createPlacer, keeperOf, type Placer, repositoryRoot } from './places.ts';

/** A scan whose findings are written down, or compared with what was. */
export interface LedgerScan {
  report: ScanReport;
  /** What was scanned with. */
  ruleSet: ScanOutcome['ruleSet'];
  governance: ScanOutcome['governance'];
  placer: Placer;
  /** The findings to show, and where they are. */
  findings: Finding[];
  places: FindingPlace[];
  /** Whether everything was looked at. */
  isComplete: boolean;
}

/** Scans as `lockstep scan` would with these flags. Throws `UsageError` where nothing could be scanned. */
export async function scanForLedger(targets: readonly string[], flags: LedgerFlags): Promise<LedgerScan> {
  const scanFlags = { ...flags, rewriteRuleIds: true, excludeBinaryFiles: true, gitIgnore: true };
  const settings = withOwnGuardrails(readSettings(targets, scanFlags, process.env, openProject(process.cwd())));
  return runScan(settings, NO_PROGRESS, async ({ report, ruleSet, targets, governance }) => {
    const fatal = report.problems.filter(isFatal);
    if (fatal.length > 0) throw new UsageError(fatal.map((problem) => ruleSet.explain(problem)).join('\n\n'));
    const placer = createPlacer(targets, repositoryRoot(settings.cwd));
    const findings = activeFindings(report);
    const isComplete = completenessOf(report).complete;
    return { report, ruleSet, governance, placer, findings, places: findings.map(placer.placeOf), isComplete };
  });
}

/** For those who name no rules, records are about the guardrails of the repository, where it has any. */
function withOwnGuardrails(settings: ScanSettings): ScanSettings {
  // What is recorded is what there is, and not what is new.
  const whole = { ...settings, baseline: null, baselineFile: null };
  const { rules } = whole;
  if (rules.kind !== 'config' || !rules.isDefault || !existsSync(USUAL_FOLDER)) return whole;
  return { ...whole, rules: { ...rules, values: [USUAL_FOLDER], isDefault: false } };
}

/** What a comparison may conclude: a file that could not be scanned is no file without findings. */
export function scopeOf({ report, placer }: Pick<LedgerScan, 'report' | 'placer'>): BaselineScope {
  const failed = new Set(report.issues.filter(({ code }) => !isHarmless(code)).map(({ path }) => path));
  const sound = report.targets.filter(({ path }) => !failed.has(path));
  const scanned = new Set(sound.map(({ path }) => placer.pathOf(path)));
  const keepers = new Set(report.rules.map(keeperOf));
  return {
    isGone: placer.isGone,
    wasLookedAt: ({ path, guardrail }) => scanned.has(path) && keepers.has(guardrail),
  };
}

/** By which guardrail or rule a name in a comment goes; the name itself where there is none. */
export function nameKeepers({ report }: Pick<LedgerScan, 'report'>): (name: string) => string {
  const keepers = new Map<string, string>();
  for (const rule of report.rules) {
    for (const name of namesOf(rule.id, rule.metadata)) keepers.set(name, keeperOf(rule));
  }
  return (name) => keepers.get(name) ?? name;
}
