import type { HashText } from '../findings/fingerprint.ts';
import type { FlowDepth } from '../flow/depth.ts';
import type { LoadedLanguages } from '../patterns/loaded-languages.ts';
import type { Rule } from '../rules/rule.ts';
import { type CompiledRule, type CompiledRules, compileRules } from './compile-rules.ts';
import { FileScan } from './file-scan.ts';
import { EndFacts, type KnownEnds } from './known-ends.ts';
import { type KnownSummaries, SummaryFacts } from './known-summaries.ts';
import type { ParsedAhead } from './parsed-ahead.ts';
import { ProjectScan } from './project-scan.ts';
import type { FileReport, ScanIssue } from './report.ts';
import { RuleIndex } from './rule-index.ts';
import { RuleKeys } from './rule-keys.ts';

/** A file to scan. */
export interface ScanFile {
  /** As spelled in reports. */
  path: string;
  text: string;
  /** Canonical names of the languages it was selected as; text languages are implied. */
  languages: readonly string[];
}

export interface ScannerOptions {
  /** Lower-case hex of BLAKE2b-512. */
  blake2b512: HashText;
  /** Which rules apply to a file besides their languages (`paths` of a rule). */
  applies(rule: Rule, file: ScanFile): boolean;
  /** Told what is being worked on: the index of a rule, `PARSING` or `MATCHING_ALL`. */
  onProgress(place: number): void;
  /** Milliseconds from any origin. */
  now(): number;
  /** Measures time per rule; costs a clock reading a rule and file. */
  timeRules: boolean;
  /** Inline suppressions are honoured. */
  suppressions: boolean;
  /** Of rules in taint mode. */
  depth: FlowDepth;
  /** Rules with `options.interfile` follow data from file to file also where `depth` is less. */
  interfile: boolean;
  /** Texts that need not be parsed any more; null: none. */
  parsedAhead: ParsedAhead | null;
}

/** What following data through all files of a project has come to. */
export interface ProjectReport {
  /** Of every file, in their order. */
  reports: FileReport[];
  /** By path: what a later run need not look for again, unless the file has changed. */
  ends: Map<string, KnownEnds>;
  /** What a later run need not work out again; null where that is not wanted. */
  summaries: KnownSummaries | null;
}

/** What an earlier scan of a project has found out, which a later one need not. */
export interface ProjectKnowledge {
  /** Where flows begin and end in a file, if it is the very same file as then. */
  ends(path: string): KnownEnds | null;
  /** What functions do, of whatever version of the project. */
  summaries: KnownSummaries | null;
  /** Whether summaries are wanted for a later run: to write them down takes time. */
  keepsSummaries: boolean;
}

const NOTHING_KNOWN: ProjectKnowledge = { ends: () => null, summaries: null, keepsSummaries: false };

/**
 * Runs compiled rules over files, one at a time. Everything that goes wrong with a file or a rule becomes an issue of
 * the file's report; nothing escapes.
 */
export class Scanner {
  readonly issues: readonly ScanIssue[];
  private readonly compiled: CompiledRules;
  private readonly index: RuleIndex;
  private readonly languages: LoadedLanguages;
  private readonly options: ScannerOptions;
  private readonly projectRules: readonly CompiledRule[];
  private readonly keys: RuleKeys;

  constructor(rules: readonly Rule[], languages: LoadedLanguages, options: ScannerOptions) {
    this.compiled = compileRules(rules, languages);
    this.issues = this.compiled.issues;
    this.languages = languages;
    this.options = options;
    this.keys = new RuleKeys(options.blake2b512);
    this.projectRules = this.compiled.rules.filter(({ rule }) => followsFiles(rule, options));
    this.index = new RuleIndex(this.compiled.rules.filter((rule) => !this.projectRules.includes(rule)));
  }

  /** `excluded` are indexes of rules not to run on this file, because they hung on it. */
  scan(file: ScanFile, excluded: ReadonlySet<number> = new Set()): FileReport {
    return this.fileScan(file).run(this.index, excluded);
  }

  /**
   * Runs the rules that follow data from file to file, which `scan` leaves out. A report for every file, in their order.
   * `excluded` are indexes of rules not to run. What is known makes no difference to what is found.
   */
  scanProject(
    files: Iterable<ScanFile>,
    excluded: ReadonlySet<number> = new Set(),
    known: ProjectKnowledge = NOTHING_KNOWN,
  ): ProjectReport {
    const { blake2b512, onProgress } = this.options;
    const wanted = this.projectRules.filter(({ index }) => !excluded.has(index));
    const scans = Array.from(files, (file) => this.fileScan(file));
    const ends = new EndFacts(scans, known.ends, this.keys);
    const byPath = new Map(scans.map((scan) => [scan.path, scan]));
    const summaries = known.keepsSummaries ? new SummaryFacts(known.summaries, byPath, this.keys, blake2b512) : null;
    const reports = new ProjectScan(wanted, scans, { ends, summaries }, onProgress).run();
    return { reports, ends: ends.all(), summaries: summaries?.all() ?? null };
  }

  private fileScan(file: ScanFile): FileScan {
    return new FileScan(file, this.compiled, this.languages, this.options);
  }
}

/** `--depth project` is for all taint rules but those that refuse it; otherwise a rule may ask for it. */
export function followsFiles(rule: Rule, { depth, interfile }: Pick<ScannerOptions, 'depth' | 'interfile'>): boolean {
  const wish = rule.options.other['interfile'];
  return rule.mode === 'taint' && (depth === 'project' ? wish !== false : interfile && wish === true);
}
