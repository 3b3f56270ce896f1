import { CallIndex } from '../flow/call-index.ts';
import type { Expression, FunctionBody } from '../flow/il.ts';
import { ModuleIndex } from '../flow/module-index.ts';
import { analyzeProgram } from '../flow/taint/analyze-program.ts';
import { type Flow, flowsOf } from '../flow/taint/flow.ts';
import { type Marks, markExpressions, type TaintMatches } from '../flow/taint/spec-matches.ts';
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
    let id = 0;
    const nextId = (): number => ++id;
    const matches = new Map([...this.files.values()].map((file) => [file, file.taintMatches(rule, nextId)]));
    const isIn = (list: 'sources' | 'sinks'): boolean => [...matches.values()].some((own) => own[list].length > 0);
    if (!isIn('sources') || !isIn('sinks')) return;
    const { functions, calls, modules } = this.indexesOf(rule);
    const program = { functions, calls, marks: this.mark(rule, matches), lookup: modules.lookup };
    const { options, labels } = rule.taint;
    const hits: SinkHit[] = [];
    const report = (hit: SinkHit): void => {
      hits.push(hit);
    };
    for (const body of analyzeProgram(program, { options, labels, style: 'complete' }, report)) {
      this.files.get(body.path)?.incomplete(rule.rule, body);
    }
    const [any] = this.files.values();
    this.report(
      rule,
      flowsOf(hits, rule.taint, (a, b) => any?.unify(rule, a, b) ?? false),
    );
  }

  /** What the expressions of all files are to the rule. */
  private mark(rule: CompiledRule, matches: ReadonlyMap<FileScan, TaintMatches>): Map<Expression, Marks> {
    const marks = new Map<Expression, Marks>();
    for (const [file, own] of matches) {
      if (Object.values(own).every((list) => list.length === 0)) continue;
      for (const body of file.functions(rule)) {
        for (const [expression, mark] of markExpressions(body, own)) marks.set(expression, mark);
      }
    }
    return marks;
  }

  /** Rules that apply to the same files have the same functions: most do. */
  private indexesOf(rule: CompiledRule): Indexes {
    const functions = [...this.files.values()].flatMap((file) => file.functions(rule));
    const isSame = this.indexes?.functions.length === functions.length && this.indexes.functions[0] === functions[0];
    if (this.indexes === null || !isSame) {
      this.indexes = { functions, calls: new CallIndex(functions), modules: new ModuleIndex(functions) };
    }
    return this.indexes;
  }

  private report(rule: CompiledRule, flows: readonly Flow[]): void {
    const fileOf = (path: string): TraceFile => (this.files.get(path) as FileScan).traceFile;
    const isAtSource = rule.taint?.options.focusOnSource === true;
    for (const [path, file] of this.files) {
      const own = flows.filter(({ source, sink }) => (isAtSource ? source : sink).path === path);
      if (own.length > 0) file.addFlows(rule, own, fileOf);
    }
  }
}
