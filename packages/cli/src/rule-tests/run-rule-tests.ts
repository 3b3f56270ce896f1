import { type Finding, messageOf, type Rule, type ScanIssue } from '@lockstep/engine';
import { type Annotation, parseAnnotations } from './annotations.ts';
import { judgeTarget, type LineMatches } from './judge-target.ts';
import { type FixTestResult, testFix } from './test-fix.ts';
import type { TestSuite, TestTarget } from './test-suite.ts';

/** What running tests needs from the engine and the file system. */
export interface RuleTestHost {
  /** The rules of a suite, ids as written in their files; rules that cannot be run are issues. */
  loadRules(suite: TestSuite): Promise<{ rules: Pick<Rule, 'id' | 'fix' | 'fixRegex'>[]; issues: ScanIssue[] }>;
  /**
   * Scans one file, or the files of a program together, with a suite's rules: `paths` of rules and ignore files
   * disregarded, inline suppressions honoured (semantics 09 §1). Findings in report order.
   */
  scan(suite: TestSuite, example: Example): Promise<{ findings: Finding[]; issues: ScanIssue[] }>;
  readText(path: string): Promise<string>;
}

/** What is scanned at once. */
export interface Example {
  paths: readonly string[];
  /** Data is followed from file to file. */
  isProgram: boolean;
}

/** One rule of a suite over all of the suite's targets. */
export interface CheckResult {
  ruleId: string;
  passed: boolean;
  /** Target path → lines; targets where nothing was expected and nothing found are left out. */
  matches: Map<string, LineMatches>;
}

/** An id in an annotation that none of the rules has. */
export interface UnknownId {
  id: string;
  path: string;
  /** 1-based line of the comment. */
  line: number;
}

export interface SuiteResult {
  config: string;
  passed: boolean;
  /** Sorted by rule id. */
  checks: CheckResult[];
  unknownIds: UnknownId[];
  /** What went wrong in loading rules or scanning targets: in a test, any of it fails the suite. */
  errors: ScanIssue[];
  fixTests: FixTestResult[];
  missingTests: boolean;
  /** A rule has a fix, and no target a fixed file. */
  missingFixTests: boolean;
  /** Texts of the targets with a failed check, to show the lines. */
  texts: Map<string, string>;
}

interface LoadedSuite {
  suite: TestSuite;
  rules: Pick<Rule, 'id' | 'fix' | 'fixRegex'>[];
  issues: ScanIssue[];
}

/** Runs all suites; one that breaks is a failed suite among the others. */
export async function runRuleTests(suites: readonly TestSuite[], host: RuleTestHost): Promise<SuiteResult[]> {
  const loaded = await Promise.all(
    suites.map(async (suite): Promise<LoadedSuite> => {
      return { suite, ...(await guarded({ rules: [], issues: [] }, () => host.loadRules(suite))) };
    }),
  );
  const knownIds = idsByTarget(loaded);
  return Promise.all(loaded.map((suite) => runSuite(suite, knownIds, host)));
}

/** A target may test rules of two files (`r.yaml`, `r.yml`): an id that either has is known there. */
function idsByTarget(loaded: readonly LoadedSuite[]): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  for (const { suite, rules } of loaded) {
    for (const { path } of allTargets(suite)) {
      const ids = known.get(path) ?? new Set();
      for (const { id } of rules) ids.add(id);
      known.set(path, ids);
    }
  }
  return known;
}

/** All files of a suite that hold annotations. */
function allTargets({ targets, programs }: TestSuite): TestTarget[] {
  return [...targets, ...programs.flatMap((program) => program.targets)];
}

async function runSuite(
  { suite, rules, issues }: LoadedSuite,
  knownIds: Map<string, Set<string>>,
  host: RuleTestHost,
): Promise<SuiteResult> {
  const examples = await Promise.all([
    ...suite.targets.map((target) => runExample(suite, [target], /* isProgram */ false, host)),
    ...suite.programs.map(({ targets }) => runExample(suite, targets, /* isProgram */ true, host)),
  ]);
  const targets = examples.flatMap((example) => example.targets);
  const checks = collectChecks(targets, new Set(rules.map(({ id }) => id)));
  // Rules that did not load have ids too: complaining about those would hide the reason.
  const unknownIds = issues.some(({ level }) => level !== 'info')
    ? []
    : targets.flatMap((target) => unknownIdsIn(target, knownIds.get(target.path) ?? new Set()));
  const errors = [...issues, ...examples.flatMap((example) => example.issues)].filter(({ level }) => level !== 'info');
  const fixTests = targets.flatMap(({ fixTest }) => (fixTest === null ? [] : [fixTest]));
  const failedPaths = new Set(checks.filter(({ passed }) => !passed).flatMap(({ matches }) => [...matches.keys()]));
  return {
    config: suite.config,
    passed: [...checks, ...fixTests].every(({ passed }) => passed) && unknownIds.length + errors.length === 0,
    checks,
    unknownIds,
    errors,
    fixTests,
    missingTests: targets.length === 0,
    missingFixTests: fixTests.length === 0 && rules.some(({ fix, fixRegex }) => fix !== null || fixRegex !== null),
    texts: new Map(targets.filter(({ path }) => failedPaths.has(path)).map(({ path, text }) => [path, text])),
  };
}

interface TargetResult {
  path: string;
  text: string;
  annotations: Annotation[];
  lines: Map<string, LineMatches>;
  fixTest: FixTestResult | null;
}

async function runExample(
  suite: TestSuite,
  targets: readonly TestTarget[],
  isProgram: boolean,
  host: RuleTestHost,
): Promise<{ targets: TargetResult[]; issues: ScanIssue[] }> {
  const paths = targets.map(({ path }) => path);
  const { findings, issues } = await guarded({ findings: [], issues: [] }, () =>
    host.scan(suite, { paths, isProgram }),
  );
  const judged = targets.map((target) => {
    const own = findings.filter((finding) => finding.path === target.path);
    return judgeFile(target, own, host);
  });
  return { targets: await Promise.all(judged), issues };
}

async function judgeFile({ path, fixed }: TestTarget, findings: Finding[], host: RuleTestHost): Promise<TargetResult> {
  const text = await host.readText(path);
  const annotations = parseAnnotations(text);
  const fixTest =
    fixed === null ? null : testFix({ path, text }, { path: fixed, text: await host.readText(fixed) }, findings);
  return { path, text, annotations, lines: judgeTarget(annotations, findings), fixTest };
}

/** A crash while testing one suite is an error of that suite. */
async function guarded<T extends { issues: ScanIssue[] }>(fallback: T, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const issue: ScanIssue = {
      code: 'internal-error',
      level: 'error',
      message: messageOf(error),
      remedy: '',
      path: null,
      ruleId: null,
      spans: [],
    };
    return { ...fallback, issues: [issue] };
  }
}

function collectChecks(targets: TargetResult[], known: ReadonlySet<string>): CheckResult[] {
  const ids = new Set(targets.flatMap(({ lines }) => [...lines.keys()]));
  return [...ids]
    .filter((id) => known.has(id))
    .sort()
    .map((ruleId) => {
      const matches = new Map<string, LineMatches>();
      for (const { path, lines } of targets) {
        const own = lines.get(ruleId);
        if (own !== undefined && own.expected.length + own.reported.length > 0) matches.set(path, own);
      }
      const passed = [...matches.values()].every(({ missed, incorrect }) => missed.length + incorrect.length === 0);
      return { ruleId, passed, matches };
    });
}

function unknownIdsIn({ path, annotations }: TargetResult, known: ReadonlySet<string>): UnknownId[] {
  return annotations.flatMap(({ ids, line, verdict }) =>
    ids.filter((id) => !known.has(id) && (verdict !== 'absent' || RULE_ID.test(id))).map((id) => ({ id, path, line })),
  );
}

/** `# ok: this is fine` is prose, `# ok: my-rul` a mistake. */
const RULE_ID = /^[\w.-]+$/;
