import { CallIndex } from '../flow/call-index.ts';
import type { FunctionBody } from '../flow/il.ts';
import { ModuleIndex } from '../flow/module-index.ts';
import { analyzeProgram, type FlowProgram } from '../flow/taint/analyze-program.ts';
import { allTaintMatches, hasAny, sinksOf } from '../flow/taint/find-matches.ts';
import { type Flow, flowsOf } from '../flow/taint/flow.ts';
import { MarkedFunctions } from '../flow/taint/marked-functions.ts';
import { SummariesByOptions } from '../flow/taint/reusable-summaries.ts';
import type { SinkHit } from '../flow/taint/summary.ts';
import type { CompiledItem, CompiledTaint } from '../flow/taint/taint-rule.ts';
import { meetsRequirement, type Requirement, requirementText } from '../match/requirement.ts';
import type { CompiledRule } from './compile-rules.ts';
import type { FileScan } from './file-scan.ts';
import type { TraceFile } from './make-finding.ts';
import type { FileReport } from './report.ts';
import type { ScanFile } from './scanner.ts';
import { wordsOf } from './words.ts';

interface Indexes {
  functions: readonly FunctionBody[];
  calls: CallIndex;
  modules: ModuleIndex;
  summaries: SummariesByOptions;
}

/**
 * Runs taint rules over all files of a project together: calls are followed from file to file. All files stay parsed
 * while it runs.
 */
export class ProjectScan {
  private readonly files = new Map<string, FileScan>();
  private readonly rules: readonly CompiledRule[];
  private indexes: Indexes | null = null;

  constructor(rules: readonly CompiledRule[]) {
    this.rules = rules;
  }

  add(path: string, file: FileScan): void {
    file.prepareTaint(this.rules);
    file.matchItems(this.rules, endsOf);
    this.files.set(path, file);
  }

  /** A report for every file, in the order in which they were added. `onRule` is told of each rule that is begun. */
  run(onRule: (index: number) => void): FileReport[] {
    const files = [...this.files.values()];
    const rules = this.rules.filter((rule) => hasEnds(rule, files));
    for (const file of files) file.matchItems(rules, betweenEnds);
    for (const rule of rules) {
      onRule(rule.index);
      if (rule.taint !== null) this.runRule(rule, rule.taint, files);
      const own = [...endsOf(rule), ...betweenEnds(rule)].filter(({ isShared }) => !isShared);
      for (const file of files) file.forget(own);
    }
    return files.map((file) => file.finish());
  }

  private runRule(rule: CompiledRule, taint: CompiledTaint, files: readonly FileScan[]): void {
    const marked = new MarkedFunctions();
    for (const file of files) marked.add(file.functions(rule), allTaintMatches(taint, file.matchesFound(rule)));
    const hits: SinkHit[] = [];
    const report = (hit: SinkHit): void => {
      hits.push(hit);
    };
    for (const body of analyzeProgram(this.programFor(rule, taint), marked, taint, report)) {
      this.files.get(body.path)?.incomplete(rule.rule, body);
    }
    const [any] = this.files.values();
    this.report(
      rule,
      flowsOf(hits, taint, (a, b) => any?.unify(rule, a, b) ?? false),
    );
  }

  private programFor(rule: CompiledRule, taint: CompiledTaint): FlowProgram {
    const { functions, calls, modules, summaries } = this.indexesOf(rule);
    return { functions, calls, lookup: modules.lookup, summaries: summaries.of(taint) };
  }

  /** Rules that apply to the same files have the same functions: most do. */
  private indexesOf(rule: CompiledRule): Indexes {
    const functions = [...this.files.values()].flatMap((file) => file.functions(rule));
    const known = this.indexes?.functions;
    const isSame = known?.length === functions.length && known.every((body, i) => body === functions[i]);
    if (this.indexes === null || !isSame) {
      const modules = new ModuleIndex(functions);
      this.indexes = { functions, calls: new CallIndex(functions), modules, summaries: new SummariesByOptions() };
    }
    return this.indexes;
  }

  private report(rule: CompiledRule, flows: readonly Flow[]): void {
    const fileOf = (path: string): TraceFile => (this.files.get(path) as FileScan).traceFile;
    const isAtSource = rule.taint?.options.focusOnSource === true;
    const byPath = new Map<string, Flow[]>();
    for (const flow of flows) {
      const { path } = isAtSource ? flow.source : flow.sink;
      byPath.set(path, [...(byPath.get(path) ?? []), flow]);
    }
    for (const [path, own] of byPath) this.files.get(path)?.addFlows(rule, own, fileOf);
  }
}

/** Sources and sinks of a rule. */
function endsOf({ taint }: CompiledRule): CompiledItem<unknown>[] {
  return taint === null ? [] : [...sinksOf(taint), ...taint.sources];
}

/** What is of interest where a flow may be. */
function betweenEnds({ taint }: CompiledRule): CompiledItem<unknown>[] {
  return taint === null ? [] : [...taint.sanitizers, ...taint.propagators];
}

/** Whether there is a source in some file, and a sink in some. */
function hasEnds(rule: CompiledRule, files: readonly FileScan[]): boolean {
  const { taint } = rule;
  if (taint === null) return false;
  return [sinksOf(taint), taint.sources].every((items) => files.some((file) => hasAny(items, file.matchesFound(rule))));
}

/**
 * Rules for which a source may be in some file, and a sink in some: a flow needs both. For most projects that is few
 * rules, and for many none, so that nothing need be parsed.
 */
export function rulesWithEnds(rules: readonly CompiledRule[], files: readonly ScanFile[]): CompiledRule[] {
  const open = new Map(rules.map((rule) => [rule, endRequirements(rule)]));
  for (const { text } of files) {
    const waiting = [...open.values()].filter((parts) => parts.size > 0);
    if (waiting.length === 0) break;
    const words = requirementText(text, wordsOf(text));
    for (const parts of waiting) {
      for (const part of parts) if (meetsRequirement(part, words)) parts.delete(part);
    }
  }
  return rules.filter((rule) => open.get(rule)?.size === 0);
}

/** What some file must hold for each end of a flow. */
function endRequirements({ requirement }: CompiledRule): Set<Requirement> {
  return new Set(requirement?.kind === 'all' ? requirement.parts : [requirement]);
}
