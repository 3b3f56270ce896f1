import { compareTexts } from '../compare-texts.ts';
import type { Finding } from '../findings/finding.ts';
import type { HashText } from '../findings/fingerprint.ts';
import { LineIndex } from '../findings/line-index.ts';
import { findSuppressions } from '../findings/suppressions.ts';
import type { FlowDepth } from '../flow/depth.ts';
import { analyzeFile, type Flow, type TaintHost } from '../flow/taint/analyze-file.ts';
import { TEXT_LANGUAGES } from '../languages/languages.ts';
import { NO_BINDINGS, type RangeMatch } from '../match/bindings.ts';
import { distinctMatches, reportedMatches } from '../match/distinct-matches.ts';
import { evaluateFormula } from '../match/evaluate-formula.ts';
import type { CompiledFormula } from '../match/formula.ts';
import { interpolate } from '../match/interpolate.ts';
import type { Leaf, MatchTarget } from '../match/target.ts';
import { messageOf } from '../message-of.ts';
import type { LoadedLanguages } from '../patterns/loaded-languages.ts';
import { MatchLimitError, type PatternSearch, walkPatterns } from '../patterns/walk-patterns.ts';
import type { Rule } from '../rules/rule.ts';
import { searchableText } from '../text/literal-requirement.ts';
import { RegexLimitError } from '../text/pcre.ts';
import { type CompiledRule, type CompiledRules, compileRules } from './compile-rules.ts';
import { FileHost, SharedTexts } from './file-host.ts';
import { makeFinding } from './make-finding.ts';
import { type ParsedText, parseText } from './parsed-text.ts';
import { MATCHING_ALL, PARSING } from './progress.ts';
import type { FileReport, ScanIssue } from './report.ts';
import type { RequirementText } from './requirement.ts';
import { RuleIndex } from './rule-index.ts';
import { wordsOf } from './words.ts';

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
}

/** Matches of one file beyond this many are dropped altogether, as a rule gone wild buries everything (07 §3). */
const MAX_MATCHES_PER_FILE = 10_000;

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

  constructor(rules: readonly Rule[], languages: LoadedLanguages, options: ScannerOptions) {
    this.compiled = compileRules(rules, languages);
    this.index = new RuleIndex(this.compiled.rules);
    this.issues = this.compiled.issues;
    this.languages = languages;
    this.options = options;
  }

  /** `excluded` are indexes of rules not to run on this file, because they hung on it. */
  scan(file: ScanFile, excluded: ReadonlySet<number> = new Set()): FileReport {
    return new FileScan(file, this.compiled, this.index, this.languages, this.options, excluded).run();
  }
}

/** By leaf; null for one that matches in too many ways. */
type LeafMatches = Map<number, RangeMatch[] | null>;

class FileScan {
  private readonly report: FileReport;
  private readonly lines: LineIndex;
  private readonly shared: SharedTexts;
  private readonly parsed = new Map<string, ParsedText | null>();
  private readonly unmatchedIds: FileReport['unmatchedSuppressions'] = [];
  /** Keys of what is among the findings already. */
  private readonly reported = new Set<string>();
  private matchCount = 0;
  /** By rule id. */
  private readonly matchCounts = new Map<string, number>();
  private readonly file: ScanFile;
  private readonly compiled: CompiledRules;
  private readonly index: RuleIndex;
  private readonly languages: LoadedLanguages;
  private readonly options: ScannerOptions;
  private readonly excluded: ReadonlySet<number>;

  constructor(
    file: ScanFile,
    compiled: CompiledRules,
    index: RuleIndex,
    languages: LoadedLanguages,
    options: ScannerOptions,
    excluded: ReadonlySet<number>,
  ) {
    this.file = file;
    this.compiled = compiled;
    this.index = index;
    this.languages = languages;
    this.options = options;
    this.excluded = excluded;
    this.lines = new LineIndex(file.text);
    this.shared = new SharedTexts(file.text);
    this.report = {
      path: file.path,
      findings: [],
      issues: [],
      unmatchedSuppressions: this.unmatchedIds,
      timing: { parse: 0, match: 0, rules: {} },
    };
  }

  run(): FileReport {
    const { text } = this.file;
    const words = wordsOf(text);
    const candidates = this.index.candidates(searchable(text, words)).filter((rule) => this.runs(rule));
    for (const language of [...this.file.languages, ...TEXT_LANGUAGES]) {
      const rules = candidates.filter(({ rule }) => rule.languages.includes(language));
      if (rules.length > 0) this.tryScanAs(language, rules, words);
    }
    this.finish();
    return this.report;
  }

  private runs(compiled: CompiledRule): boolean {
    return !this.excluded.has(compiled.index) && this.options.applies(compiled.rule, this.file);
  }

  /** Matching recurses as deeply as the code is nested, where parsing may not have. */
  private tryScanAs(language: string, rules: readonly CompiledRule[], words: ReadonlySet<string>): void {
    try {
      this.scanAs(language, rules, words);
    } catch (error) {
      if (error instanceof RangeError) this.tooDeep('matched');
      else this.issue('internal-error', 'error', `matching failed: ${messageOf(error)}`);
    }
  }

  private tooDeep(what: 'parsed' | 'matched'): void {
    this.issue('syntax-error', 'warn', `the code is nested too deeply to be ${what}`);
  }

  private scanAs(language: string, rules: readonly CompiledRule[], words: ReadonlySet<string>): void {
    const { text } = this.file;
    const target: MatchTarget = { language, text, start: 0, end: text.length, roots: null };
    let parsed: ParsedText | null = null;
    if (!TEXT_LANGUAGES.has(language)) {
      parsed = this.parse(language);
      if (parsed !== null) target.roots = [parsed.tree.root];
    }
    const started = this.options.now();
    this.options.onProgress(MATCHING_ALL);
    const matches = this.matchLeaves(rules, target, parsed, words);
    for (const rule of rules) this.evaluate(rule, target, parsed, matches);
    this.report.timing.match += this.options.now() - started;
  }

  private parse(language: string): ParsedText | null {
    const loaded = this.languages.get(language);
    if (loaded === undefined) return null;
    const known = this.parsed.get(language);
    if (known !== undefined) return known;
    this.options.onProgress(PARSING);
    const started = this.options.now();
    let parsed: ParsedText | null = null;
    try {
      parsed = parseText(this.file.text, loaded);
      this.parserIssues(parsed);
    } catch (error) {
      this.parserFailed(error);
    }
    this.parsed.set(language, parsed);
    this.report.timing.parse += this.options.now() - started;
    return parsed;
  }

  private parserIssues({ tree }: ParsedText): void {
    if (tree.errors.length === 0) return;
    const spans = tree.errors.map(({ start, end }) => ({
      start: this.lines.position(start),
      end: this.lines.position(end),
    }));
    const isWhole = tree.root.statements.length === 0;
    const line = spans[0]?.start.line ?? 1;
    this.issue(
      isWhole ? 'syntax-error' : 'partial-parsing',
      'warn',
      isWhole ? 'the file could not be parsed' : `code that could not be parsed was skipped, first at line ${line}`,
      { spans },
    );
  }

  /** A stack overflow comes from code nested deeper than any program is; anything else is a defect of ours. */
  private parserFailed(error: unknown): void {
    if (error instanceof RangeError) {
      return this.tooDeep('parsed');
    }
    this.issue('internal-error', 'error', `parsing failed: ${messageOf(error)}`);
  }

  /** All tree patterns of all rules in one walk, but for those whose words the file lacks. */
  private matchLeaves(
    rules: readonly CompiledRule[],
    target: MatchTarget,
    parsed: ParsedText | null,
    words: ReadonlySet<string>,
  ): LeafMatches {
    const matches: LeafMatches = new Map();
    if (parsed === null || target.roots === null) return matches;
    const leaves = new Map<number, Leaf>();
    for (const rule of rules) {
      for (const leaf of rule.leaves) {
        if (leaf.kind !== 'pattern' || leaves.has(leaf.id)) continue;
        // What matches everywhere is matched when it is asked for: most often another part of the rule rules it out.
        if (leaf.isCommon && rule.requirement !== null) continue;
        if (this.compiled.leaves.requiredWords(leaf).every((word) => words.has(word))) leaves.set(leaf.id, leaf);
        else matches.set(leaf.id, []);
      }
    }
    const searches: PatternSearch[] = [];
    for (const leaf of leaves.values()) {
      const matcher = this.compiled.leaves.matcher(leaf);
      if (matcher.kind === 'tree') {
        searches.push({ pattern: matcher.pattern, seed: NO_BINDINGS, longestOnly: matcher.longestOnly });
      }
    }
    const found = walkPatterns(target.roots, searches, parsed.facts);
    [...leaves.keys()].forEach((id, i) => {
      matches.set(id, found[i] ?? null);
    });
    return matches;
  }

  private evaluate(compiled: CompiledRule, target: MatchTarget, parsed: ParsedText | null, matches: LeafMatches): void {
    const { rule } = compiled;
    this.options.onProgress(compiled.index);
    const started = this.options.timeRules ? this.options.now() : 0;
    try {
      const host = new FileHost(this.compiled.leaves, this.languages, parsed, this.shared, rule.options);
      const leafMatches = (leaf: Leaf): readonly RangeMatch[] => {
        const known = matches.get(leaf.id);
        if (known === null) throw new MatchLimitError();
        if (known !== undefined) return known;
        const found = host.matchLeaf(leaf, target, NO_BINDINGS);
        matches.set(leaf.id, found);
        return found;
      };
      const formulaMatches = (formula: CompiledFormula): RangeMatch[] => {
        const result = evaluateFormula(formula, target, host, leafMatches);
        for (const problem of result.problems) this.conditionIssue(rule, problem.message, problem.start, problem.end);
        return result.matches;
      };
      const flows = new Map<RangeMatch, Flow>();
      if (compiled.taint !== null && parsed !== null) {
        const { flow } = parsed;
        const taintHost: TaintHost = {
          matches: (formula) => distinctMatches(formulaMatches(formula)),
          unify: (a, b) => host.unify(a, b),
          functions: (style) => flow.functions(style),
          globals: () => flow.onceAssigned,
        };
        for (const found of analyzeFile(compiled.taint, this.options.depth, taintHost)) flows.set(found.match, found);
      }
      const found = compiled.formula === null ? [...flows.keys()] : formulaMatches(compiled.formula);
      this.report.findings.push(...this.findings(compiled, found, flows, target, host));
    } catch (error) {
      this.ruleFailed(rule, error);
    }
    if (this.options.timeRules) {
      const { rules } = this.report.timing;
      rules[rule.id] = (rules[rule.id] ?? 0) + this.options.now() - started;
    }
  }

  private ruleFailed({ id: ruleId }: Rule, error: unknown): void {
    if (error instanceof RegexLimitError) {
      this.issue('regex-error', 'warn', 'a regular expression of the rule took too many steps on this file', {
        ruleId,
      });
    } else if (error instanceof MatchLimitError) {
      this.issue('too-many-matches', 'warn', 'a pattern of the rule matches this file in too many ways', { ruleId });
    } else if (error instanceof RangeError) {
      this.issue('internal-error', 'error', 'the code is nested too deeply for the rule', { ruleId });
    } else this.issue('internal-error', 'error', `the rule failed on this file: ${messageOf(error)}`, { ruleId });
  }

  private conditionIssue(rule: Rule, message: string, start: number, end: number): void {
    const spans = [{ start: this.lines.position(start), end: this.lines.position(end) }];
    this.issue('condition-error', 'warn', message, { ruleId: rule.id, spans });
  }

  /** None where the file has too many already: they would all be dropped in the end. */
  private findings(
    compiled: CompiledRule,
    matches: readonly RangeMatch[],
    flows: ReadonlyMap<RangeMatch, Flow>,
    target: MatchTarget,
    host: FileHost,
  ): Finding[] {
    const reported = reportedMatches(matches);
    const { id } = compiled.rule;
    this.matchCounts.set(id, (this.matchCounts.get(id) ?? 0) + reported.length);
    this.matchCount += reported.length;
    if (this.matchCount > MAX_MATCHES_PER_FILE) return [];
    const { lines, options } = this;
    const { blake2b512 } = options;
    const { path } = this.file;
    return reported.flatMap((match) => {
      const message = interpolate(compiled.rule.message, match.bindings, target, host);
      // One finding per rule, range and message (semantics 04 §7).
      const key = `${id}\0${match.start}\0${match.end}\0${message}`;
      if (this.reported.size === this.reported.add(key).size) return [];
      const flow = flows.get(match) ?? null;
      return [makeFinding({ compiled, match, message, flow, target, host, lines, path, blake2b512 })];
    });
  }

  private issue(
    code: ScanIssue['code'],
    level: ScanIssue['level'],
    message: string,
    extra: { ruleId?: string; spans?: ScanIssue['spans'] } = {},
  ): void {
    const { ruleId = null, spans = [] } = extra;
    this.report.issues.push({ code, level, message, remedy: '', path: this.file.path, ruleId, spans });
  }

  private finish(): void {
    this.limitMatches();
    this.report.findings.sort(compareFindings);
    if (!this.options.suppressions) return;
    const { findings } = this.report;
    const lines = findings.map(({ ruleId, start }) => ({ ruleId, line: start.line }));
    const suppressions = findSuppressions(this.lines, lines);
    findings.forEach((finding, i) => {
      finding.ignored = suppressions.ignored[i] ?? false;
    });
    for (const { line, id, ruleId } of suppressions.unmatched) {
      this.unmatchedIds.push({ path: this.file.path, line, id, ruleId });
    }
  }

  private limitMatches(): void {
    if (this.matchCount <= MAX_MATCHES_PER_FILE) return;
    const [worst] = [...this.matchCounts].sort((a, b) => b[1] - a[1]);
    this.report.findings = [];
    this.issue(
      'too-many-matches',
      'warn',
      `${this.matchCount} matches are more than the ${MAX_MATCHES_PER_FILE} a file may have; all were dropped`,
      worst === undefined ? {} : { ruleId: worst[0] },
    );
  }
}

function searchable(text: string, words: ReadonlySet<string>): RequirementText {
  const searched = searchableText(text);
  return {
    text,
    words,
    get folded() {
      return searched.folded;
    },
  };
}

/** Report order (semantics 04 §7). */
function compareFindings(a: Finding, b: Finding): number {
  return a.start.offset - b.start.offset || a.end.offset - b.end.offset || compareTexts(a.ruleId, b.ruleId);
}
