import type { HashText } from '../findings/fingerprint.ts';
import { type BodyIndex, indexOf, pathOf } from '../flow/body-index.ts';
import type { CallIndex } from '../flow/call-index.ts';
import { type Dependency, fileOf, moduleOf, onFile, outlineOf, wordsOf } from '../flow/dependencies.ts';
import type { ModuleIndex } from '../flow/module-index.ts';
import type { ProgramFile } from '../flow/program.ts';
import type { Component } from '../flow/taint/component.ts';
import { type KeptForRule, type KeptSummaries, KeptWriter, keptForRule } from '../flow/taint/kept-summaries.ts';
import type { MarkedFunctions } from '../flow/taint/marked-functions.ts';
import type { SpecMatch } from '../flow/taint/spec-matches.ts';
import type { Referred } from '../flow/taint/summary-code.ts';
import type { CompiledItem, CompiledTaint } from '../flow/taint/taint-rule.ts';
import type { RangeMatch } from '../match/bindings.ts';
import type { CompiledRule } from './compile-rules.ts';
import type { FileScan } from './file-scan.ts';
import { type IssueCode, isGivenUp, type ScanIssue } from './report.ts';
import type { RuleKeys } from './rule-keys.ts';

/** What is known of a project's functions for its next scan. JSON. */
export interface KnownSummaries {
  summaries: KeptSummaries;
  /** What went wrong in files that summaries depend on, by path. */
  issues: Record<string, ScanIssue[]>;
}

/** The files that a rule is about. */
export interface RuleProgram {
  files: ReadonlyMap<string, ProgramFile>;
  modules: ModuleIndex;
  calls: CallIndex;
}

/** What an item of a rule matches in the file at a path. */
type LookForItem = <Spec>(path: string, item: CompiledItem<Spec>) => readonly SpecMatch<Spec>[];

/** Bounds of the analysis are told with the summaries that met them. */
const TOLD_WITH_SUMMARIES: ReadonlySet<IssueCode> = new Set(['incomplete-flow', 'coarse-flow']);

/**
 * Summaries of functions, kept from run to run. A summary is what it was as long as all files that it was made from have
 * the same content: its own and those of the functions that it calls, of the classes of the objects in it, and of the
 * modules that names were looked up in.
 */
export class SummaryFacts {
  private readonly known: KnownSummaries | null;
  private readonly files: ReadonlyMap<string, FileScan>;
  private readonly keys: RuleKeys;
  private readonly hash: HashText;
  private readonly writer = new KeptWriter();
  /** By path. */
  private readonly hashes = new Map<string, string>();
  private readonly byWords = new WeakMap<CallIndex, Map<string, string | null>>();
  /** Of files that summaries depend on which were of use. */
  private readonly paths = new Set<string>();
  private readonly matchIds = new Map<string, number>();

  constructor(known: KnownSummaries | null, files: ReadonlyMap<string, FileScan>, keys: RuleKeys, hash: HashText) {
    this.known = known;
    this.files = files;
    this.keys = keys;
    this.hash = hash;
  }

  /** A name that a match of an item has in every run, and the number that stands for it in this one. */
  matchName(item: CompiledItem<unknown>, rule: CompiledRule, path: string, place: number): { id: number; key: string } {
    const key = `${this.keys.ofItem(item, rule.rule)}:${place}`;
    return { id: this.matchId(path, key), key };
  }

  private matchId(path: string, key: string): number {
    const name = `${path} ${key}`;
    // Those that have no name are numbered upwards.
    const id = this.matchIds.get(name) ?? -1 - this.matchIds.size;
    this.matchIds.set(name, id);
    return id;
  }

  /** What is known for a rule; `look` tells what an item of it matches in a file. */
  forRule(rule: CompiledRule, taint: CompiledTaint, program: RuleProgram, look: LookForItem): KeptForRule | null {
    if (this.known === null) return null;
    const valueNow = (dependency: Dependency): string | null => this.valueNow(dependency, program);
    const { summaries } = this.known;
    return keptForRule(summaries, this.keys.ofRule(rule), valueNow, this.referred(rule, taint, program, look));
  }

  /** What a rule has asked for. */
  learn(rule: CompiledRule, components: Iterable<Component>, marked: MarkedFunctions, program: RuleProgram): void {
    const used = [...components];
    for (const { dependencies } of used) this.noteFiles(dependencies);
    for (const [, path] of marked.ends) this.paths.add(path);
    const valueNow = (dependency: Dependency): string | null => this.valueNow(dependency, program);
    this.writer.keep(this.keys.ofRule(rule), used, marked.ends, valueNow);
  }

  private noteFiles(dependencies: Iterable<Dependency>): void {
    for (const one of dependencies) {
      const path = fileOf(one);
      if (path !== null) this.paths.add(path);
    }
  }

  /** Tells again what went wrong in files that were not looked at again. To be called once all rules have run. */
  recallIssues(): void {
    for (const path of this.paths) this.files.get(path)?.recallIssues(this.known?.issues[path] ?? []);
  }

  /** What the next run is to know. */
  all(): KnownSummaries {
    const issues: Record<string, ScanIssue[]> = {};
    for (const path of this.paths) {
      const own = (this.files.get(path)?.issues ?? []).filter(({ code }) => !TOLD_WITH_SUMMARIES.has(code));
      if (own.length > 0) issues[path] = own;
    }
    return { summaries: this.writer.all(), issues };
  }

  private valueNow(dependency: Dependency, program: RuleProgram): string | null {
    const { files, modules, calls } = program;
    const dotted = moduleOf(dependency);
    if (dotted !== null) return this.hash(modules.filesAt(dotted).join('\0')).slice(0, 16);
    const outline = outlineOf(dependency);
    if (outline !== null) return this.hash(calls.outline(outline)).slice(0, 16);
    const words = wordsOf(dependency);
    if (words !== null) return this.valueOfWords(words, program);
    const path = fileOf(dependency) ?? '';
    const file = this.files.get(path);
    if (file === undefined || !files.has(path) || isGivenUp(file.issues)) return null;
    let hash = this.hashes.get(path);
    if (hash === undefined) {
      hash = this.hash(file.text).slice(0, 32);
      this.hashes.set(path, hash);
    }
    return hash;
  }

  /** One value for all files that hold the words: there may be hundreds, and many summaries ask. */
  private valueOfWords(words: readonly string[], program: RuleProgram): string | null {
    const { calls } = program;
    const known = this.byWords.get(calls) ?? new Map<string, string | null>();
    this.byWords.set(calls, known);
    const name = words.join('.');
    let value = known.get(name);
    if (value === undefined) {
      const files = calls.filesNaming(words);
      const values = files?.map(({ path }) => [path, this.valueNow(onFile(path), program)]) ?? [['too many', '']];
      value = values.some(([, one]) => one === null) ? null : this.hash(values.join('\0')).slice(0, 32);
      known.set(name, value);
    }
    return value;
  }

  private referred(rule: CompiledRule, taint: CompiledTaint, { files }: RuleProgram, look: LookForItem): Referred {
    const indexAt = (id: string): BodyIndex | null => {
      const file = files.get(pathOf(id));
      return file === undefined ? null : indexOf(file.functions());
    };
    const reader = <Spec>(
      items: readonly CompiledItem<Spec>[],
    ): ((path: string, key: string, start: number, to: number) => SpecMatch<Spec>) => {
      const byKey = new Map(items.map((item) => [this.keys.ofItem(item, rule.rule), item]));
      return (path, key, start, to) => {
        const end = key.lastIndexOf(':');
        const item = byKey.get(key.slice(0, end));
        if (item === undefined) throw new Error(`a summary refers to what the rule does not look for (${key})`);
        const { spec, isFocused, isShared } = item;
        const found = (): RangeMatch => {
          const match = look(path, item)[Number(key.slice(end + 1))]?.match;
          if (match === undefined) throw new Error(`what a summary refers to is not in ${path}`);
          return match;
        };
        const match = whenAsked(start, to, found);
        return { id: this.matchId(path, key), key, path, spec, match, isFocused, isShared };
      };
    };
    return {
      function: (id) => indexAt(id)?.functions.get(id) ?? null,
      class: (id) => indexAt(id)?.classes.get(id) ?? null,
      source: reader(taint.sources),
      sink: reader(taint.sinks),
    };
  }
}

/** Most matches are of no further interest than where they are. */
function whenAsked(start: number, end: number, look: () => RangeMatch): RangeMatch {
  let match: RangeMatch | null = null;
  const found = (): RangeMatch => {
    match ??= look();
    return match;
  };
  return {
    start,
    end,
    get bindings() {
      return found().bindings;
    },
    get kind() {
      return found().kind;
    },
    get node() {
      return found().node;
    },
    get fix() {
      return found().fix;
    },
  };
}
