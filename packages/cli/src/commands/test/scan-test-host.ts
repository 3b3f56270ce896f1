import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Finding, FlowDepth, Model, Rule, ScanIssue } from '@lockstep/engine';
import { guardrailManifestNames } from '../../config/rule-file-names.ts';
import { applyExceptions, type RuleGuardrail } from '../../guardrails/apply-exceptions.ts';
import { type Outline, outlineFiles } from '../../guardrails/outline.ts';
import { compareFindings } from '../../reports/scan-report.ts';
import type { SetupProblem } from '../../reports/setup-problem.ts';
import type { Example, RuleTestHost } from '../../rule-tests/run-rule-tests.ts';
import type { TestSuite } from '../../rule-tests/test-suite.ts';
import type { Target } from '../../targets/target.ts';
import type { ScanRequest } from '../../workers/scan-request.ts';
import { ScanSession } from '../../workers/scan-session.ts';
import { DEFAULT_DEPTH } from '../depth-option.ts';
import { loadPlainRules } from '../scan/load-rule-set.ts';
import { planScan } from '../scan/plan-scan.ts';

/** Runs the tests of rules with the scanner that scans use. */
export class ScanTestHost implements RuleTestHost {
  readonly #suites = new Map<TestSuite, LoadedRules>();
  readonly #depth: FlowDepth | null;
  readonly #models: readonly Model[];

  /** How far taint rules follow data; null: across the functions of a file, and across the files of a program. */
  constructor(depth: FlowDepth | null, models: readonly Model[]) {
    this.#depth = depth;
    this.#models = models;
  }

  async loadRules(suite: TestSuite): Promise<{ rules: Rule[]; issues: ScanIssue[] }> {
    const texts = await Promise.all(suite.ruleFiles.map((path) => readFile(path, 'utf8')));
    const files = suite.ruleFiles.map((path, at) => ({ path, text: texts[at] ?? '' }));
    const { rules, problems, guardrailProblems, guardrails, issues, explain } = loadPlainRules(
      files,
      await guardrailOf(suite),
      {
        models: this.#models,
        problems: [],
      },
    );
    const session = new ScanSession(rules, { ...SESSION_OPTIONS, depth: this.#depth ?? DEFAULT_DEPTH });
    const programs = new ScanSession(rules, { ...SESSION_OPTIONS, depth: this.#depth ?? 'project' });
    this.#suites.set(suite, { rules, guardrails, session, programs });
    await session.scan([], () => {});
    const failures = [...problems, ...guardrailProblems]
      .filter(({ level }) => level === 'error')
      .map((problem) => problemIssue(problem, explain));
    return { rules, issues: [...failures, ...issues, ...(await session.ruleIssues())] };
  }

  async scan(suite: TestSuite, { paths, isProgram }: Example): Promise<{ findings: Finding[]; issues: ScanIssue[] }> {
    const loaded = this.#suites.get(suite);
    if (loaded === undefined) throw new Error('the rules of the suite were not loaded');
    const requests = planScan(loaded.rules.map(withoutPaths), await Promise.all(paths.map(explicitTarget)));
    const session = isProgram ? loaded.programs : loaded.session;
    const found = await session.scan(requests, () => {});
    // Tests are about rules, and must not fail because an exception ends one day.
    const options = { guardrails: loaded.guardrails, today: null, outline: outlineTest };
    const { reports } = await applyExceptions(found, requests, options);
    return {
      findings: reports.flatMap(({ findings }) => findings).sort(compareFindings),
      issues: reports.flatMap(({ issues }) => issues),
    };
  }

  readText(path: string): Promise<string> {
    return readFile(path, 'utf8');
  }

  async close(): Promise<void> {
    for (const { session, programs } of this.#suites.values()) {
      await session.close();
      await programs.close();
    }
  }
}

interface LoadedRules {
  rules: Rule[];
  guardrails: ReadonlyMap<string, RuleGuardrail>;
  /** For files that are scanned by themselves. */
  session: ScanSession;
  programs: ScanSession;
}

function outlineTest(requests: readonly ScanRequest[]): Promise<Outline> {
  return outlineFiles(requests, SESSION_OPTIONS);
}

/** Tests take no more threads than one: their files are small, and there are many of them. */
const SESSION_OPTIONS = {
  threads: 1,
  timeoutMs: 5000,
  timeoutThreshold: 3,
  maxMemoryMb: 0,
  timeRules: false,
  suppressions: true,
  rulePaths: false,
  interfile: false,
};

/** The `guardrail.yaml` of a suite that is a guardrail. */
async function guardrailOf({
  config,
}: TestSuite): Promise<{ path: string; text: string; absolutePath: string } | null> {
  if (!(await stat(config)).isDirectory()) return null;
  for (const name of guardrailManifestNames) {
    const path = `${config}/${name}`;
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text !== null) return { path, text, absolutePath: resolve(path) };
  }
  return null;
}

/** As if named on the command line; nothing but its language decides whether a rule runs on it. */
async function explicitTarget(path: string): Promise<Target> {
  const { size, mode } = await stat(path);
  return {
    path,
    absolutePath: resolve(path),
    projectRelativePath: path,
    rulePath: path,
    explicit: true,
    anyLanguage: false,
    executable: (mode & 0o111) !== 0,
    sizeBytes: size,
  };
}

function withoutPaths(rule: Rule): Rule {
  return { ...rule, paths: { include: [], exclude: [], narrowed: [] } };
}

function problemIssue(problem: SetupProblem, explain: (problem: SetupProblem) => string): ScanIssue {
  const { ruleId } = problem;
  return { code: 'rule-error', level: 'error', message: explain(problem), remedy: '', path: null, ruleId, spans: [] };
}
