import { rmSync } from 'node:fs';
import type { Rule, ScanIssue } from '@lockstep/engine';
import type { Baseline as Ledger } from '@lockstep/guardrails';
import { RunCache } from '../../cache/run-cache.ts';
import { type Baseline, findBaseline } from '../../git/baseline.ts';
import { allowanceIssues } from '../../guardrails/apply-allowances.ts';
import { type Governance, governFindings, UNGOVERNED } from '../../guardrails/govern-findings.ts';
import { unusedExceptions } from '../../guardrails/unused-exceptions.ts';
import { readBaselineFile } from '../../ledger/baseline-file.ts';
import { withKnownFindings } from '../../ledger/known-findings.ts';
import { createPlacer, type Placer, repositoryRoot } from '../../ledger/places.ts';
import { COMMAND_LINE_RULE, type ScanReport } from '../../reports/scan-report.ts';
import {
  asWarning,
  fromGitProblem,
  fromTargetProblem,
  isFatal,
  type SetupProblem,
} from '../../reports/setup-problem.ts';
import { findTargets } from '../../targets/find-targets.ts';
import type { Target, TargetReport } from '../../targets/target.ts';
import { ScanSession } from '../../workers/scan-session.ts';
import { assembleScan, type Scanned } from './assemble-scan.ts';
import { changedTargets, withoutOldFindings } from './baseline-findings.ts';
import { COMMAND_LINE_FILE, loadRuleSet, type RuleSet } from './load-rule-set.ts';
import { planScan, takesAnyFile } from './plan-scan.ts';
import { noRuleLeft, selectRules } from './select-rules.ts';
import type { ScanSettings } from './settings.ts';
import { Stopwatch } from './stopwatch.ts';

/** A finished scan, and what reporting it needs to know besides. */
export interface ScanOutcome {
  report: ScanReport;
  ruleSet: RuleSet;
  targets: readonly Target[];
  governance: Governance;
  /** Holds the targets that came through standard input and pipes; null if there are none. */
  temporaryFolder: string | null;
}

/** Told how the scan gets on. */
export interface ScanObserver {
  /** So many files are about to be scanned. */
  start(files: number): void;
  fileDone(): void;
  end(): void;
}

/**
 * Runs a scan: rules, targets, findings, and what is new of them. Whatever goes wrong is in the report; `use` gets it
 * while what was read from standard input is still there.
 */
export async function runScan<T>(
  settings: ScanSettings,
  observer: ScanObserver,
  use: (outcome: ScanOutcome) => Promise<T>,
): Promise<T> {
  const run = new ScanRun(settings, observer);
  try {
    return await use(await run.outcome());
  } finally {
    run.cleanUp();
  }
}

class ScanRun {
  readonly #settings: ScanSettings;
  readonly #observer: ScanObserver;
  readonly #watch = new Stopwatch();
  readonly #problems: SetupProblem[] = [];
  #governance = UNGOVERNED;
  #targetReport: TargetReport = { targets: [], skipped: [], problems: [], temporaryFolder: null };

  constructor(settings: ScanSettings, observer: ScanObserver) {
    this.#settings = settings;
    this.#observer = observer;
  }

  async outcome(): Promise<ScanOutcome> {
    const { rules: source, cwd } = this.#settings;
    const ruleSet = await this.#watch.measure('loadRules', () => loadRuleSet(source, cwd));
    const faultyGuardrails = ruleSet.guardrailProblems.filter(({ level }) => level === 'error');
    this.#problems.push(...ruleSet.problems, ...faultyGuardrails.map(asWarning));
    const known = this.#readKnown();
    const rules = selectRules(ruleSet.rules, this.#settings);
    if (rules.length === 0 && ruleSet.rules.length > 0) {
      this.#problems.push(noRuleLeft(ruleSet.rules, this.#settings));
    }
    const baseline = await this.#findBaseline();
    const targets = await this.#findTargets(rules, baseline);
    const scanned = await this.#watch.measure('scan', async () =>
      this.#withExceptions(await this.#scan(rules, targets, baseline), ruleSet, rules),
    );
    const { temporaryFolder } = this.#targetReport;
    const report = this.#assemble(ruleSet, rules, scanned);
    const shown = known === null ? report : withKnownFindings(report, known, this.#placer());
    return { report: shown, ruleSet, targets, governance: this.#governance, temporaryFolder };
  }

  #placer(): Placer {
    return createPlacer(this.#targetReport.targets, repositoryRoot(this.#settings.cwd));
  }

  #readKnown(): Ledger | null {
    const { baselineFile, cwd } = this.#settings;
    if (baselineFile === null) return null;
    const reading = readBaselineFile(baselineFile, cwd);
    if (reading.ok) return reading.baseline;
    const { message, remedy } = reading;
    const base = { stage: 'config', code: 'bad-baseline', level: 'error', place: null, ruleId: null } as const;
    this.#problems.push({ ...base, message, remedy, subject: baselineFile });
    return null;
  }

  cleanUp(): void {
    const { temporaryFolder } = this.#targetReport;
    if (temporaryFolder !== null) rmSync(temporaryFolder, { recursive: true, force: true });
  }

  get #isDoomed(): boolean {
    return this.#problems.some(isFatal);
  }

  async #findBaseline(): Promise<Baseline | null> {
    const { baseline: revision, cwd } = this.#settings;
    if (revision === null || this.#isDoomed) return null;
    const result = await findBaseline(revision, { cwd });
    if (result.ok) return result.baseline;
    this.#problems.push(fromGitProblem(result.problem));
    return null;
  }

  async #findTargets(rules: readonly Rule[], baseline: Baseline | null): Promise<readonly Target[]> {
    if (this.#isDoomed) return [];
    const { roots, targets: options, cwd } = this.#settings;
    const excludeBinaryFiles = options.excludeBinaryFiles && takesAnyFile(rules);
    const find = () => findTargets(roots, { ...options, excludeBinaryFiles, cwd });
    this.#targetReport = await this.#watch.measure('findTargets', find);
    this.#problems.push(...this.#targetReport.problems.map(fromTargetProblem));
    const { targets } = this.#targetReport;
    return baseline === null ? targets : changedTargets(targets, baseline);
  }

  async #scan(rules: readonly Rule[], targets: readonly Target[], baseline: Baseline | null): Promise<Scanned> {
    if (this.#isDoomed) return { requests: [], reports: [], issues: [] };
    const { cwd, cacheFolder: folder, pool, time: timeRules, suppressions, depth, interfile } = this.#settings;
    const requests = planScan(rules, targets);
    // Data may come from files that have not changed.
    const project = baseline === null ? requests : planScan(rules, this.#targetReport.targets);
    const cache = folder === null ? null : new RunCache({ folder, root: cwd, keepsReports: true });
    const options = { ...pool, timeRules, suppressions, depth, interfile, rulePaths: true };
    const session = new ScanSession(rules, options, cache);
    this.#observer.start(requests.length);
    try {
      const reports = await session.scan(requests, () => this.#observer.fileDone(), project);
      const issues = (await session.ruleIssues()).map(withoutMadeUpPlace);
      if (baseline === null) return { requests, reports, issues };
      const fresh = await withoutOldFindings(reports, { requests, project }, baseline, session);
      if (fresh.ok) return { requests, reports: fresh.reports, issues };
      this.#problems.push(fromGitProblem(fresh.problem));
      return { requests: [], reports: [], issues };
    } finally {
      this.#observer.end();
      await session.close();
      cache?.save();
    }
  }

  async #withExceptions(scanned: Scanned, ruleSet: RuleSet, rules: readonly Rule[]): Promise<Scanned> {
    const { guardrails } = ruleSet;
    const today = this.#watch.now().slice(0, 10);
    const options = { guardrails, rules, today, pool: this.#settings.pool };
    const { reports, governance } = await governFindings(scanned.reports, scanned.requests, options);
    this.#governance = governance;
    const { fitting, inline } = governance;
    const findsAll = !this.#isDoomed && this.#settings.baseline === null;
    if (findsAll) this.#problems.push(...unusedExceptions(guardrails, fitting));
    // A guardrail is known by any of its rules: where some were left out, nobody knows what the comment is for.
    const runsAll = rules.length === ruleSet.rules.length;
    return { ...scanned, reports, issues: [...scanned.issues, ...allowanceIssues(inline, findsAll && runsAll)] };
  }

  #assemble(ruleSet: RuleSet, rules: readonly Rule[], scanned: Scanned): ScanReport {
    return assembleScan(scanned, {
      rules,
      ruleIssues: ruleSet.issues,
      problems: this.#problems,
      notes: [],
      skipped: this.#targetReport.skipped,
      strict: this.#settings.strict,
      watch: this.#watch,
    });
  }
}

/** The file of the rule that `-e` makes is one that nobody has. */
function withoutMadeUpPlace(issue: ScanIssue): ScanIssue {
  if (issue.ruleId !== COMMAND_LINE_RULE) return issue;
  return { ...issue, message: issue.message.replace(new RegExp(`^${COMMAND_LINE_FILE}:\\d+:\\d+: `), '') };
}
