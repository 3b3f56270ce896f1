import { CallIndex } from '../flow/call-index.ts';
import type { FunctionBody } from '../flow/il.ts';
import { ModuleIndex } from '../flow/module-index.ts';
import { analyzeProgram, MarkedFunctions } from '../flow/taint/analyze-program.ts';
import { findTaintMatches } from '../flow/taint/find-matches.ts';
import { type Flow, flowsOf } from '../flow/taint/flow.ts';
import { NO_TAINT_MATCHES } from '../flow/taint/spec-matches.ts';
import type { SinkHit } from '../flow/taint/summary.ts';
import type { CompiledRule } from './compile-rules.ts';
import type { FileScan } from './file-scan.ts';
import type { TraceFile } from './make-finding.ts';
import type { FileReport } from './report.ts';

interface Indexes {
  functions: readonly FunctionBody[];
  calls: CallIndex;
  modules: ModuleIndex;
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
    this.files.set(path, file);
  }

  /** A report for every file, in the order in which they were added. `onRule` is told of each rule that is begun. */
  run(onRule: (index: number) => void): FileReport[] {
    for (const rule of this.rules) {
      onRule(rule.index);
      this.runRule(rule);
    }
    return [...this.files.values()].map((file) => file.finish());
  }

  private runRule(rule: CompiledRule): void {
    if (rule.taint === null) return;
    const files = [...this.files.values()];
    const matches = findTaintMatches(
      rule.taint,
      files.map((file) => file.matchedFile(rule)),
    );
    if (matches.every(({ sinks }) => sinks.length === 0)) return;
    const { functions, calls, modules } = this.indexesOf(rule);
    const marked = new MarkedFunctions();
    files.forEach((file, i) => {
      marked.add(file.functions(rule), matches[i] ?? NO_TAINT_MATCHES);
    });
    const program = { functions, calls, marked, lookup: modules.lookup };
    const { options, labels, asksForParts } = rule.taint;
    const hits: SinkHit[] = [];
    const report = (hit: SinkHit): void => {
      hits.push(hit);
    };
    for (const body of analyzeProgram(program, { options, labels, asksForParts, style: 'complete' }, report)) {
      this.files.get(body.path)?.incomplete(rule.rule, body);
    }
    const [any] = this.files.values();
    this.report(
      rule,
      flowsOf(hits, rule.taint, (a, b) => any?.unify(rule, a, b) ?? false),
    );
  }

  /** Rules that apply to the same files have the same functions: most do. */
  private indexesOf(rule: CompiledRule): Indexes {
    const functions = [...this.files.values()].flatMap((file) => file.functions(rule));
    const known = this.indexes?.functions;
    const isSame = known?.length === functions.length && known.every((body, i) => body === functions[i]);
    if (this.indexes === null || !isSame) {
      this.indexes = { functions, calls: new CallIndex(functions), modules: new ModuleIndex(functions) };
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
