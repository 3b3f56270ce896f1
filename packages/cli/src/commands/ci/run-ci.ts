import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { FileReport, Rule, ScanIssue } from '@lockstep/engine';
import { RunCache } from '../../cache/run-cache.ts';
import { readBlobSizes, readBlobs } from '../../git/read-blobs.ts';
import { allowanceIssues } from '../../guardrails/apply-allowances.ts';
import { governFindings, UNGOVERNED } from '../../guardrails/govern-findings.ts';
import type { ReportNote, ScanReport } from '../../reports/scan-report.ts';
import {
  asWarning,
  fromGitProblem,
  fromTargetProblem,
  isFatal,
  type SetupProblem,
} from '../../reports/setup-problem.ts';
import type { TargetReport } from '../../targets/target.ts';
import { mergeByPath } from '../../workers/merge-reports.ts';
import { ScanSession } from '../../workers/scan-session.ts';
import { startSpareThread } from '../../workers/scan-thread.ts';
import { decodeSource } from '../../workers/source-text.ts';
import { assembleScan, type Scanned } from '../scan/assemble-scan.ts';
import { planScan } from '../scan/plan-scan.ts';
import { withLimits } from '../scan/read-settings.ts';
import type { ScanObserver, ScanOutcome } from '../scan/run-scan.ts';
import { noRuleLeft, selectRules } from '../scan/select-rules.ts';
import { Stopwatch } from '../scan/stopwatch.ts';
import { UsageError } from '../usage-error.ts';
import { followAcross, rulesAcross, sessionOptions } from './across-files.ts';
import { findChangeTargets } from './change-targets.ts';
import type { CiSettings } from './ci-settings.ts';
import { type Change, findChange } from './find-change.ts';
import { mergeRuleSets } from './merge-rule-sets.ts';
import { type NewFindingsOptions, onlyNewFindings } from './new-findings.ts';
import { scopeNote, suppressedNote, withinFilesNote } from './notes.ts';
import { loadPolicy, type Policy } from './policy.ts';
import { siftRules } from './sift-rules.ts';
import { readSource } from './source.ts';
import { stageOf } from './stages.ts';

/** What was found, and what about it is for whom. */
export interface CiOutcome {
  /** Everything; `splitReport` parts it. */
  scan: ScanOutcome;
  /** null where it could not be found. */
  change: Change | null;
  /** Rules at stage `monitor` that were not run, as nobody would get what they find. */
  idleRules: number;
}

/**
 * Scans what a change touches, by the rules that counted before it, and keeps what it introduces. `use` gets the outcome
 * while the files that were scanned are still there.
 */
export async function runCi<T>(
  settings: CiSettings,
  observer: ScanObserver,
  use: (outcome: CiOutcome) => Promise<T>,
): Promise<T> {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-ci-')));
  try {
    return await use(await new CiScan(settings, observer, workspace).outcome());
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** A change of so many files is more than the main thread scans by itself, most often. */
const MANY_FILES = 10;

const NO_TARGETS: TargetReport = { targets: [], skipped: [], problems: [], temporaryFolder: null };

class CiScan {
  #settings: CiSettings;
  readonly #observer: ScanObserver;
  readonly #workspace: string;
  readonly #watch = new Stopwatch();
  readonly #problems: SetupProblem[] = [];
  readonly #notes: ReportNote[] = [];
  #targets = NO_TARGETS;
  #governance = UNGOVERNED;

  constructor(settings: CiSettings, observer: ScanObserver, workspace: string) {
    this.#settings = settings;
    this.#observer = observer;
    this.#workspace = workspace;
  }

  async outcome(): Promise<CiOutcome> {
    const { cwd } = this.#settings.scan;
    const { base, staged, run } = this.#settings;
    const found = await findChange({ cwd, base, staged, trigger: run.trigger });
    if (!found.ok) {
      this.#problems.push(fromGitProblem(found.problem));
      return this.#aborted(null);
    }
    const { change } = found;
    this.#startEarly(change);
    const policy = await this.#watch.measure('loadRules', () => this.#loadPolicy(change));
    if (policy === null) return this.#aborted(change);
    const { ruleSet } = policy;
    this.#notes.push(scopeNote(change, run), ...policy.notes);
    const faultyGuardrails = ruleSet.guardrailProblems.filter(({ level }) => level === 'error');
    this.#problems.push(...ruleSet.problems, ...faultyGuardrails.map(asWarning));
    const selected = selectRules(ruleSet.rules, this.#settings.scan);
    if (selected.length === 0 && ruleSet.rules.length > 0) {
      this.#problems.push(noRuleLeft(ruleSet.rules, this.#settings.scan));
    }
    const hasReceiver = this.#settings.monitorOutput !== null || this.#settings.webhook !== null;
    const rules = hasReceiver ? selected : selected.filter((rule) => stageOf(rule) !== 'monitor');
    await this.#watch.measure('findTargets', () => this.#findTargets(change, policy, rules));
    const scanned = await this.#watch.measure('scan', () => this.#scan(change, policy, rules));
    return {
      scan: {
        report: this.#assemble(ruleSet.issues, rules, scanned),
        ruleSet,
        targets: this.#targets.targets,
        governance: this.#governance,
        temporaryFolder: null,
      },
      change,
      idleRules: selected.length - rules.length,
    };
  }

  get #isDoomed(): boolean {
    return this.#problems.some(isFatal);
  }

  #aborted(change: Change | null): CiOutcome {
    const report = this.#assemble([], [], { requests: [], reports: [], issues: [] });
    const ruleSet = mergeRuleSets([]);
    const scan = { report, ruleSet, targets: [], governance: this.#governance, temporaryFolder: null };
    return { scan, change, idleRules: 0 };
  }

  /** What is parsed ahead is what is checked out: most often that is the change, and nothing else is taken for it. */
  #startEarly({ base, isCheckedOut, repositoryRoot }: Change): void {
    const changed = (base?.entries ?? []).filter(({ isFile, oldBlob, newBlob }) => isFile && oldBlob !== newBlob);
    if (changed.length < MANY_FILES) return;
    const files = changed.map(({ path }) => ({ path, absolutePath: join(repositoryRoot, path) }));
    startSpareThread(this.#settings.scan.pool.maxMemoryMb, isCheckedOut ? files : []);
  }

  async #loadPolicy(change: Change): Promise<Policy | null> {
    const { scan, policyFrom: from, limits } = this.#settings;
    const { ignoreFileNames } = scan.targets;
    const cwd = realpathSync(scan.cwd);
    const { offline } = this.#settings;
    const options = { source: scan.rules, cwd, change, from, ignoreFileNames, offline, workspace: this.#workspace };
    const result = await loadPolicy(options);
    if (!result.ok) {
      this.#problems.push(fromGitProblem(result.problem));
      return null;
    }
    const { policy } = result;
    this.#settings = { ...this.#settings, scan: withLimits(scan, limits(policy.scan)) };
    return policy;
  }

  async #findTargets(change: Change, { ignoreFiles, exclude }: Policy, rules: readonly Rule[]): Promise<void> {
    if (this.#isDoomed) return;
    const { targets: flags } = this.#settings.scan;
    const targets = { ...flags, exclude: [...exclude, ...flags.exclude] };
    const subdir = this.#subdir(change);
    const result = await findChangeTargets({ change, rules, targets, subdir, ignoreFiles, workspace: this.#workspace });
    if (!result.ok) {
      this.#problems.push(fromGitProblem(result.problem));
      return;
    }
    this.#targets = result.report;
    this.#problems.push(...result.report.problems.map(fromTargetProblem));
  }

  #subdir({ repositoryRoot }: Change): string {
    const { subdir, scan } = this.#settings;
    if (subdir === null) return '';
    const path = relative(repositoryRoot, resolve(realpathSync(scan.cwd), subdir));
    if (path === '..' || path.startsWith('../')) throw new UsageError(`--subdir ${subdir} is not in the repository`);
    return path;
  }

  async #scan(change: Change, { ruleSet }: Policy, rules: readonly Rule[]): Promise<Scanned> {
    const requests = this.#isDoomed ? [] : planScan(rules, this.#targets.targets);
    if (requests.length === 0) return { requests, reports: [], issues: [] };
    const oldContents = await this.#oldContents(change);
    const { across, withinFiles } = rulesAcross(change, rules, this.#settings.scan);
    this.#notes.push(...withinFilesNote(withinFiles));
    const others = rules.filter((rule) => !across.includes(rule));
    const options = sessionOptions(change, requests, this.#settings.scan);
    // Of a whole repository, the texts are read where they are scanned.
    const oldTexts = Array.from(oldContents.values(), (bytes) => decodeSource(bytes).text);
    const useful = change.base === null ? others : siftRules(others, [...requests.map(readSource), ...oldTexts]);
    if (useful.length + across.length === 0) return { requests, reports: [], issues: [] };
    const cache = this.#openCache(change);
    const session = new ScanSession([...useful, ...across], options, cache);
    this.#observer.start(requests.length);
    try {
      const [ofFiles, flows] = await Promise.all([
        this.#scanFiles(change, session, { requests, rules, oldContents }),
        followAcross(change, this.#targets.targets, this.#settings.scan.targets, {
          rules: across,
          oldContents,
          session,
          options,
          cache,
        }),
      ]);
      const found = mergeByPath([...ofFiles, ...flows.reports]);
      const today = this.#watch.now().slice(0, 10);
      const { pool } = this.#settings.scan;
      const governing = { guardrails: ruleSet.guardrails, rules, today, pool };
      const looked = [...requests, ...flows.elsewhere];
      const governed = await governFindings(found, looked, governing);
      this.#governance = governed.governance;
      if (change.base !== null) this.#notes.push(...suppressedNote(governed.reports, governed.excepted));
      const issues = [...(await session.ruleIssues()), ...allowanceIssues(governed.governance.inline, false)];
      return { requests: looked, reports: governed.reports, issues };
    } finally {
      this.#observer.end();
      await session.close();
      cache?.save();
    }
  }

  /** The same change is seldom scanned twice; through all other files, data is followed at each. */
  #openCache({ base, repositoryRoot: root }: Change): RunCache | null {
    const { cacheFolder: folder } = this.#settings.scan;
    return folder === null ? null : new RunCache({ folder, root, keepsReports: base === null });
  }

  /** What the files of the change held before it, by hash. */
  async #oldContents({ base, repositoryRoot }: Change): Promise<ReadonlyMap<string, Uint8Array>> {
    const changed = (base?.entries ?? []).filter(({ wasFile, oldBlob, newBlob }) => wasFile && oldBlob !== newBlob);
    const hashes = changed.map(({ oldBlob }) => oldBlob);
    const git = { cwd: repositoryRoot };
    const { maxTargetBytes } = this.#settings.scan.targets;
    const sizes = await readBlobSizes(hashes, git);
    const wanted = sizes.ok
      ? hashes.filter((hash) => maxTargetBytes === 0 || (sizes.sizes.get(hash) ?? 0) <= maxTargetBytes)
      : hashes;
    const blobs = await readBlobs(wanted, git);
    if (blobs.ok) return blobs.contents;
    this.#problems.push(fromGitProblem(blobs.problem));
    return new Map();
  }

  async #scanFiles(
    { base }: Change,
    session: ScanSession,
    past: Pick<NewFindingsOptions, 'requests' | 'rules' | 'oldContents'>,
  ): Promise<FileReport[]> {
    const onFile = () => this.#observer.fileDone();
    if (base === null) return session.scan(past.requests, onFile);
    const all = await session.scanFiles(past.requests, onFile);
    return onlyNewFindings(all, { ...past, session, entries: base.entries });
  }

  #assemble(ruleIssues: readonly ScanIssue[], rules: readonly Rule[], scanned: Scanned): ScanReport {
    return assembleScan(scanned, {
      rules,
      ruleIssues,
      problems: this.#problems,
      notes: this.#notes,
      skipped: this.#targets.skipped,
      strict: this.#settings.scan.strict,
      watch: this.#watch,
    });
  }
}
