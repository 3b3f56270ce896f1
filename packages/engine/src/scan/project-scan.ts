import { CallIndex } from '../flow/call-index.ts';
import { DependencyLog } from '../flow/dependencies.ts';
import { ModuleIndex } from '../flow/module-index.ts';
import type { Program, ProgramFile } from '../flow/program.ts';
import { analyzeProgram, type FlowProgram, reachesSinks } from '../flow/taint/analyze-program.ts';
import { CallTargets } from '../flow/taint/call-targets.ts';
import type { Component } from '../flow/taint/component.ts';
import { allTaintMatches, hasAny, sinksOf } from '../flow/taint/find-matches.ts';
import { type Flow, flowsOf } from '../flow/taint/flow.ts';
import { MarkedFunctions } from '../flow/taint/marked-functions.ts';
import { SummariesByOptions } from '../flow/taint/reusable-summaries.ts';
import type { SpecMatch, TaintMatches } from '../flow/taint/spec-matches.ts';
import type { SinkHit } from '../flow/taint/summary.ts';
import type { CompiledItem, CompiledTaint } from '../flow/taint/taint-rule.ts';
import { isWrittenOut } from '../flow/taint/written-out-sinks.ts';
import { meetsRequirement } from '../match/requirement.ts';
import type { CompiledRule } from './compile-rules.ts';
import type { FileScan, NameOfMatch } from './file-scan.ts';
import type { EndFacts } from './known-ends.ts';
import type { SummaryFacts } from './known-summaries.ts';
import type { TraceFile } from './make-finding.ts';
import type { FileReport } from './report.ts';
import { WordIndex } from './word-index.ts';

/** A rule in taint mode and where its flows may begin and end, as far as the words of the files tell. */
interface Candidate {
  rule: CompiledRule;
  taint: CompiledTaint;
  /** The files that it is about. */
  files: FileScan[];
  sources: Set<FileScan>;
  sinks: Set<FileScan>;
}

type SearchedEnd = 'sources' | 'sinks';

/** What is known of the files that rules are about, kept from rule to rule. */
interface Indexes {
  of: readonly FileScan[];
  program: Program;
  byPath: ReadonlyMap<string, ProgramFile>;
  calls: CallIndex;
  modules: ModuleIndex;
  targets: CallTargets;
  log: DependencyLog;
  summaries: SummariesByOptions;
}

/**
 * Runs taint rules over all files of a project together: calls are followed from file to file. A file is parsed when a
 * flow may begin in it or may come to it, and stays parsed; most files of most projects never are.
 */
export class ProjectScan {
  private readonly files: readonly FileScan[];
  private readonly byPath: ReadonlyMap<string, FileScan>;
  private readonly rules: readonly CompiledRule[];
  private readonly ends: EndFacts;
  private readonly summaries: SummaryFacts | null;
  private readonly onRule: (index: number) => void;
  private readonly words: WordIndex<FileScan>;
  private readonly open = new Set<FileScan>();
  /** Files in which all has been looked for that is of interest to a rule. */
  private readonly searched = new Set<FileScan>();
  /** Rules that have not been run. */
  private left: readonly CompiledRule[] = [];
  private indexes: Indexes | null = null;
  private readonly nameOf: NameOfMatch | null;

  /** `facts` are what is known of the files, and learn more; `onRule` is told of each rule that is worked on. */
  constructor(
    rules: readonly CompiledRule[],
    files: readonly FileScan[],
    facts: { ends: EndFacts; summaries: SummaryFacts | null },
    onRule: (index: number) => void,
  ) {
    this.rules = rules;
    this.files = files;
    this.ends = facts.ends;
    this.summaries = facts.summaries;
    const { summaries } = facts;
    // Summaries name nothing but what flows begin and end in.
    const ends = new Set<CompiledItem<unknown>>(
      rules.flatMap(({ taint }) => (taint === null ? [] : [...taint.sources, ...taint.sinks])),
    );
    this.nameOf =
      summaries &&
      ((item, rule, path, place) => (ends.has(item) ? summaries.matchName(item, rule, path, place) : null));
    this.byPath = new Map(files.map((file) => [file.path, file]));
    this.onRule = onRule;
    this.words = new WordIndex(files);
  }

  /** A report for every file, in their order. */
  run(): FileReport[] {
    const candidates = this.withEnds();
    this.left = candidates.map(({ rule }) => rule);
    for (const candidate of candidates) {
      const { rule, taint } = candidate;
      this.onRule(rule.index);
      this.runRule(candidate);
      this.left = this.left.slice(1);
      const own = itemsOf(taint).filter(({ isShared }) => !isShared);
      for (const file of this.open) file.forget(own);
    }
    this.summaries?.recallIssues();
    return this.files.map((file) => file.finish());
  }

  /**
   * Rules that have a source somewhere, and a sink somewhere. What can be in fewer files is looked for first: often it is
   * nowhere. Sinks that can be in more are left to be looked for where data comes.
   */
  private withEnds(): Candidate[] {
    const possible = this.candidates().filter(({ sources, sinks }) => sources.size > 0 && sinks.size > 0);
    const isRarerSource = ({ sources, sinks }: Candidate): boolean => sources.size < sinks.size;
    this.search(possible, (one) => (isRarerSource(one) ? 'sources' : 'sinks'));
    this.left = possible.map(({ rule }) => rule);
    const left = possible.filter((one) => isRarerSource(one) || this.mayEnd(one));
    this.search(left, () => 'sources');
    this.ends.noteIssues();
    return left.filter((one) => this.filesWith(one, 'sources').length > 0);
  }

  private filesWith(one: Candidate, end: SearchedEnd): FileScan[] {
    return [...one[end]].filter((file) => this.ends.isIn(file, one.rule, end) === true);
  }

  /**
   * Whether a flow may end in the sinks that have been found. Where all of them are written out, as most are of many rules,
   * no function need be followed but those that have them.
   */
  private mayEnd(candidate: Candidate): boolean {
    const { rule, taint } = candidate;
    const found = this.filesWith(candidate, 'sinks');
    if (found.length === 0) return false;
    if (found.some((file) => this.hasOpenSinks(file, candidate))) return true;
    this.onRule(rule.index);
    const { program, marked } = this.setUp(candidate);
    const { isReached, components } = reachesSinks(program, asProgramFiles(found, program), marked, taint);
    this.learn(candidate, components, marked);
    return isReached;
  }

  /** Of a file in which sinks are known to be and were not looked for again, nobody knows unless it was known then. */
  private hasOpenSinks(file: FileScan, { rule, taint }: Candidate): boolean {
    const known = this.ends.isIn(file, rule, 'open-sinks');
    if (known !== undefined) return known;
    const sinks = sinksOf(taint).flatMap((item) => file.matchesFound(rule)(item));
    if (sinks.length === 0) return true;
    const isOpen = !sinks.every((sink) => isWrittenOut(sink, file.functions(rule)));
    this.ends.learn(file, rule, 'open-sinks', isOpen);
    return isOpen;
  }

  private candidates(): Candidate[] {
    const candidates = this.rules.flatMap((rule): Candidate[] => {
      const { taint } = rule;
      return taint === null ? [] : [{ rule, taint, files: [], sources: new Set(), sinks: new Set() }];
    });
    for (const file of this.files) {
      const mayHold = (items: readonly CompiledItem<unknown>[]): boolean =>
        items.some(({ requirement }) => meetsRequirement(requirement, file.searched));
      for (const { rule, taint, files, sources, sinks } of candidates) {
        if (!file.isFor(rule)) continue;
        files.push(file);
        if (mayHold(taint.sources)) sources.add(file);
        if (mayHold(sinksOf(taint))) sinks.add(file);
      }
    }
    return candidates;
  }

  /** Looks for ends of flows in files, in each for all rules in one walk, unless it is known what there is. */
  private search(candidates: readonly Candidate[], endOf: (one: Candidate) => SearchedEnd): void {
    for (const file of this.files) {
      const wanted = candidates.filter((one) => {
        const end = endOf(one);
        return one[end].has(file) && this.ends.isIn(file, one.rule, end) === undefined;
      });
      if (wanted.length === 0) continue;
      this.parse(file);
      const items = new Map(wanted.map((one) => [one.rule, itemsAt(one.taint, endOf(one))]));
      const itemsOf = (rule: CompiledRule): readonly CompiledItem<unknown>[] => items.get(rule) ?? [];
      file.matchItems([...items.keys()], itemsOf, this.nameOf);
      for (const one of wanted) {
        this.ends.learn(file, one.rule, endOf(one), hasAny(itemsOf(one.rule), file.matchesFound(one.rule)));
      }
    }
  }

  private parse(file: FileScan): void {
    if (this.open.has(file)) return;
    this.open.add(file);
    file.prepareTaint(this.rules);
  }

  private runRule(candidate: Candidate): void {
    const { rule, taint, sources } = candidate;
    const { program, marked } = this.setUp(candidate);
    const sourceFiles = asProgramFiles(this.filesWith(candidate, 'sources'), program);
    const hits: SinkHit[] = [];
    const report = (hit: SinkHit): void => {
      hits.push(hit);
    };
    const { bounds, components } = analyzeProgram(program, sourceFiles, marked, taint, report);
    this.learn(candidate, components, marked);
    for (const [body, bound] of bounds.entries()) {
      this.byPath.get(body.path)?.reached(rule.rule, body, bound);
    }
    const any = [...sources].find((file) => this.open.has(file));
    this.report(
      rule,
      flowsOf(hits, taint, (a, b) => any?.unify(rule, a, b) ?? false),
    );
  }

  /** Looks in a file that data may come to for all that is of interest, for the rules to come as well. */
  private searchAll(file: FileScan, current: CompiledRule): void {
    if (this.searched.has(file)) return;
    this.searched.add(file);
    this.parse(file);
    file.matchItems(this.left, ({ taint }) => (taint === null ? [] : itemsOf(taint)), this.nameOf);
    this.onRule(current.index);
  }

  /** What a single item matches in a file that all was known of but that. */
  private lookFor<Spec>(file: FileScan, rule: CompiledRule, item: CompiledItem<Spec>): readonly SpecMatch<Spec>[] {
    this.parse(file);
    file.matchItems([rule], () => [item], this.nameOf);
    this.onRule(rule.index);
    return file.matchesFound(rule)(item);
  }

  private setUp({ rule, taint, files }: Candidate): { program: FlowProgram; marked: MarkedFunctions } {
    const { program, calls, byPath, modules, targets, log, summaries } = this.indexesOf(rule, files);
    const matchesOf = (path: string): TaintMatches => {
      const file = this.byPath.get(path) as FileScan;
      this.searchAll(file, rule);
      return allTaintMatches(taint, file.matchesFound(rule));
    };
    const look = <Spec>(path: string, item: CompiledItem<Spec>): readonly SpecMatch<Spec>[] =>
      this.lookFor(this.byPath.get(path) as FileScan, rule, item);
    const kept = this.summaries?.forRule(rule, taint, { files: byPath, modules }, look) ?? null;
    return {
      program: { files: program.files, calls, summaries: { targets, log, reusable: summaries.of(taint), kept } },
      marked: new MarkedFunctions(matchesOf, kept),
    };
  }

  private learn({ rule, files }: Candidate, components: Iterable<Component>, marked: MarkedFunctions): void {
    const { byPath, modules } = this.indexesOf(rule, files);
    this.summaries?.learn(rule, components, marked, { files: byPath, modules });
  }

  /** Rules that are about the same files have the same program: most are about all. */
  private indexesOf(rule: CompiledRule, of: readonly FileScan[]): Indexes {
    const known = this.indexes;
    if (known !== null && known.of.length === of.length && known.of.every((file, i) => file === of[i])) return known;
    const files = of.flatMap((file) => this.programFile(file, rule));
    const byScan = new Map(files.map((file, i) => [of[i] as FileScan, file]));
    const program: Program = {
      files,
      naming: (words) => this.words.filesWith(words).flatMap((file) => byScan.get(file) ?? []),
    };
    const log = new DependencyLog();
    const modules = new ModuleIndex(files, log);
    const targets = new CallTargets(modules.lookup, log);
    const summaries = new SummariesByOptions();
    const byPath = new Map(files.map((file) => [file.path, file]));
    this.indexes = { of, program, byPath, calls: new CallIndex(program), modules, targets, log, summaries };
    return this.indexes;
  }

  private programFile(file: FileScan, rule: CompiledRule): ProgramFile[] {
    const language = file.flowLanguage(rule);
    if (language === null) return [];
    const functions = (): ReturnType<ProgramFile['functions']> => {
      this.parse(file);
      return file.functions(rule);
    };
    return [{ path: file.path, text: file.text, language, functions }];
  }

  private report(rule: CompiledRule, flows: readonly Flow[]): void {
    const fileOf = (path: string): TraceFile => (this.byPath.get(path) as FileScan).traceFile;
    const isAtSource = rule.taint?.options.focusOnSource === true;
    const byPath = new Map<string, Flow[]>();
    for (const flow of flows) {
      const { path } = isAtSource ? flow.source : flow.sink;
      byPath.set(path, [...(byPath.get(path) ?? []), flow]);
    }
    for (const [path, own] of byPath) this.byPath.get(path)?.addFlows(rule, own, fileOf);
  }
}

function asProgramFiles(scans: readonly FileScan[], { files }: FlowProgram): ProgramFile[] {
  const paths = new Set(scans.map(({ path }) => path));
  return files.filter(({ path }) => paths.has(path));
}

function itemsAt(taint: CompiledTaint, end: SearchedEnd): readonly CompiledItem<unknown>[] {
  return end === 'sources' ? taint.sources : sinksOf(taint);
}

function itemsOf(taint: CompiledTaint): CompiledItem<unknown>[] {
  return [...taint.sources, ...sinksOf(taint), ...taint.sanitizers, ...taint.propagators];
}
