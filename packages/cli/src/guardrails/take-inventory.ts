import type { FileReport, Finding, ScanIssue } from '@lockstep/engine';
import {
  type CompiledRule,
  compileGuardrail,
  type Exception,
  type Guardrail,
  type InventoryItem,
  inventoryItem,
} from '@lockstep/guardrails';
import { planScan } from '../commands/scan/plan-scan.ts';
import { findTargets } from '../targets/find-targets.ts';
import type { TargetProblem } from '../targets/target-problem.ts';
import { ScanSession, type SessionOptions } from '../workers/scan-session.ts';
import { Judge } from './apply-exceptions.ts';
import { loadCompiledRules } from './compiled-rules.ts';
import { outlineFiles } from './outline.ts';

/** What a requirement is about, place by place. */
export interface EntryInventory {
  /** Line of the entry in `guardrail.yaml`. */
  line: number;
  /** What is required, in a sentence. */
  about: string;
  /** By path and line. */
  items: InventoryItem[];
  /** Exceptions that no unprotected place needs. */
  unused: Exception[];
}

export interface Inventory {
  entries: EntryInventory[];
  /** Why some code may be absent from it. */
  problems: TargetProblem[];
  issues: ScanIssue[];
  files: number;
}

/** Finds everything that a guardrail's requirements are about in some files and folders, and how it stands. */
export async function takeInventory(
  guardrail: Guardrail,
  manifest: string,
  roots: readonly string[],
  options: { cwd: string; today: string; pool: Omit<SessionOptions, keyof typeof PLAIN> },
): Promise<Inventory> {
  const compiled = compileGuardrail(guardrail).filter(({ form }) => form === 'require');
  const { rules } = loadCompiledRules(compiled, manifest, []);
  const { targets, problems } = await findTargets(roots, { cwd: options.cwd });
  const requests = planScan(rules, targets);
  const session = new ScanSession(rules, { ...options.pool, ...PLAIN });
  try {
    const reports = await session.scan(requests, () => {});
    const withFindings = new Set(reports.filter(({ findings }) => findings.length > 0).map(({ path }) => path));
    const files = new Map(requests.map((request) => [request.path, request]));
    const outline = await outlineFiles(
      requests.filter(({ path }) => withFindings.has(path)),
      options.pool,
    );
    const judge = new Judge(outline, files);
    const entries = guardrail.require.map((_, entry) => {
      const own = compiled.filter((each) => each.entry === entry);
      return entryInventory(own, reports, judge, guardrail, options.today);
    });
    const issues = [...(await session.ruleIssues()), ...reports.flatMap((report) => report.issues)];
    return { entries, problems, issues, files: requests.length };
  } finally {
    await session.close();
  }
}

const PLAIN = { timeRules: false, suppressions: true, depth: 'function', interfile: false, rulePaths: true } as const;

function entryInventory(
  compiled: readonly CompiledRule[],
  reports: readonly FileReport[],
  judge: Judge,
  guardrail: Guardrail,
  today: string,
): EntryInventory {
  const [first] = compiled;
  const ruleOf = new Map(compiled.map((each) => [each.id, each]));
  const faults = new Map<string, { kind: 'missing' | 'misplaced'; isSuppressed: boolean }>();
  const places = new Map<string, Finding>();
  for (const finding of reports.flatMap(({ findings }) => findings)) {
    const rule = ruleOf.get(finding.ruleId);
    if (rule === undefined) continue;
    places.set(placeKey(finding), finding);
    if (rule.role === 'inventory') continue;
    const kind = rule.role === 'fault' ? 'missing' : 'misplaced';
    faults.set(placeKey(finding), { kind, isSuppressed: finding.ignored });
  }
  const exceptions = first?.exceptions ?? [];
  const items = [...places].map(([key, finding]) => {
    const place = judge.placeOf(finding);
    const fault = faults.get(key);
    const ruling = judge.rule(finding, exceptions, guardrail.policy, today);
    return inventoryItem({
      symbol: place.names.join('.') || (finding.lines.split('\n')[0] ?? '').trim(),
      path: finding.path,
      line: finding.start.line,
      fault: fault?.kind ?? null,
      isSuppressed: fault?.isSuppressed ?? false,
      ruling,
    });
  });
  items.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
  const needed = new Set(items.map(({ exception }) => exception));
  return {
    line: first?.place.line ?? 1,
    about: first?.about ?? '',
    items,
    unused: exceptions.filter((exception) => !needed.has(exception)),
  };
}

function placeKey({ path, start, end }: Finding): string {
  return `${path}\0${start.offset}\0${end.offset}`;
}
