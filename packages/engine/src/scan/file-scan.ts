import { compareTexts } from '../compare-texts.ts';
import { readAllowances } from '../findings/allowances.ts';
import type { Finding } from '../findings/finding.ts';
import { LineIndex } from '../findings/line-index.ts';
import { findSuppressions } from '../findings/suppressions.ts';
import type { FunctionBody } from '../flow/il.ts';
import { analyzeFile, type TaintHost } from '../flow/taint/analyze-file.ts';
import type { Bound, BoundedFunction } from '../flow/taint/bounds.ts';
import type { MatchesOf as TaintMatchesOf } from '../flow/taint/find-matches.ts';
import type { Flow } from '../flow/taint/flow.ts';
import type { SpecMatch } from '../flow/taint/spec-matches.ts';
import type { CompiledItem } from '../flow/taint/taint-rule.ts';
import type { FlowLanguage } from '../languages/flow-language.ts';
import { TEXT_LANGUAGES } from '../languages/languages.ts';
import { type Binding, NO_BINDINGS, type RangeMatch } from '../match/bindings.ts';
import { distinctMatches, reportedMatches } from '../match/distinct-matches.ts';
import { certainLeaves, evaluateFormula } from '../match/evaluate-formula.ts';
import type { CompiledFormula } from '../match/formula.ts';
import { interpolate } from '../match/interpolate.ts';
import { meetsRequirement, type Requirement, type RequirementText, requirementText } from '../match/requirement.ts';
import type { Leaf, MatchTarget } from '../match/target.ts';
import { messageOf } from '../message-of.ts';
import type { LoadedLanguages } from '../patterns/loaded-languages.ts';
import { decoratorWord } from '../patterns/required-identifiers.ts';
import { MatchLimitError, type PatternSearch, walkPatterns } from '../patterns/walk-patterns.ts';
import type { Rule } from '../rules/rule.ts';
import { RegexLimitError } from '../text/pcre.ts';
import type { CompiledRule, CompiledRules } from './compile-rules.ts';
import { FileHost, SharedTexts } from './file-host.ts';
import { makeFinding, type TraceFile } from './make-finding.ts';
import { type ParsedText, parseText } from './parsed-text.ts';
import { MATCHING_ALL, PARSING } from './progress.ts';
import type { FileReport, ScanIssue } from './report.ts';
import type { RuleIndex } from './rule-index.ts';
import type { ScanFile, ScannerOptions } from './scanner.ts';
import { wordsOf } from './words.ts';

/** Matches of one file beyond this many are dropped altogether, as a rule gone wild buries everything (07 §3). */
const MAX_MATCHES_PER_FILE = 10_000;

/** By leaf; null for one that matches in too many ways. */
type LeafMatches = Map<number, RangeMatch[] | null>;

interface Prepared {
  target: MatchTarget;
  parsed: ParsedText | null;
  matches: LeafMatches;
  /** Milliseconds. */
  parseTime: number;
}

type MatchesOf = (formula: CompiledFormula) => RangeMatch[];

/** How a match is called: `SpecMatch`. */
type MatchName = Pick<SpecMatch<unknown>, 'id' | 'key'>;

/** Names the match of a rule's item that is at this place among them in a file; null of what needs no name. */
export type NameOfMatch = (
  item: CompiledItem<unknown>,
  rule: CompiledRule,
  path: string,
  place: number,
) => MatchName | null;

/** One file and the rules that run on it. */
export class FileScan {
  private readonly report: FileReport;
  private readonly lines: LineIndex;
  private readonly shared: SharedTexts;
  private readonly parsed = new Map<string, ParsedText | null>();
  private readonly unmatchedIds: FileReport['unmatchedSuppressions'] = [];
  /** Keys of what is among the findings already. */
  private readonly reported = new Set<string>();
  private knownSearched: RequirementText | null = null;
  /** Where values were not told apart, by bound and rule. */
  private readonly coarse = new Map<string, { ruleId: string; bound: Bound; names: Set<string> }>();
  private recalledIssues: readonly ScanIssue[] = [];
  private matchCount = 0;
  /** By rule id. */
  private readonly matchCounts = new Map<string, number>();
  private readonly file: ScanFile;
  private readonly compiled: CompiledRules;
  private readonly languages: LoadedLanguages;
  private readonly options: ScannerOptions;
  private readonly prepared = new Map<CompiledRule, Prepared>();
  /** What items of taint rules match. */
  private readonly found = new Map<CompiledItem<unknown>, readonly SpecMatch<unknown>[]>();

  constructor(file: ScanFile, compiled: CompiledRules, languages: LoadedLanguages, options: ScannerOptions) {
    this.file = file;
    this.compiled = compiled;
    this.languages = languages;
    this.options = options;
    this.lines = new LineIndex(file.text);
    this.shared = new SharedTexts(file.text);
    this.report = {
      path: file.path,
      findings: [],
      issues: [],
      unmatchedSuppressions: this.unmatchedIds,
      allowances: [],
      timing: { parse: 0, match: 0, rules: {} },
    };
  }

  /** Runs the rules whose requirements the file meets. */
  run(index: RuleIndex, excluded: ReadonlySet<number>): FileReport {
    const candidates = index
      .candidates(this.searched)
      .filter((rule) => !excluded.has(rule.index) && this.options.applies(rule.rule, this.file));
    for (const language of [...this.file.languages, ...TEXT_LANGUAGES]) {
      const rules = candidates.filter(({ rule }) => rule.languages.includes(language));
      if (rules.length > 0) this.tryScanAs(language, rules);
    }
    return this.finish();
  }

  get path(): string {
    return this.file.path;
  }

  get text(): string {
    return this.file.text;
  }

  /** The text as requirements look at it; looking for its words takes a tenth of the time that parsing does. */
  get searched(): RequirementText {
    this.knownSearched ??= requirementText(this.file.text, this.words());
    return this.knownSearched;
  }

  private words(): Set<string> {
    const { text, languages } = this.file;
    const words = wordsOf(text);
    for (const name of languages) {
      for (const word of this.languages.get(name)?.language.decoratorWords(text) ?? []) words.add(decoratorWord(word));
    }
    return words;
  }

  /** Whether a rule is about the file. */
  isFor({ rule }: CompiledRule): boolean {
    return this.languageFor(rule) !== null && this.options.applies(rule, this.file);
  }

  /** What following data knows of the language that the file is in for a rule; null where it has none. */
  flowLanguage({ rule }: CompiledRule): FlowLanguage | null {
    const language = this.languageFor(rule);
    return language === null ? null : (this.languages.get(language)?.language.flow ?? null);
  }

  private languageFor({ languages }: Rule): string | null {
    return this.file.languages.find((name) => languages.includes(name) && this.languages.has(name)) ?? null;
  }

  /** Parses the file for rules in taint mode that follow data through all files together. */
  prepareTaint(rules: readonly CompiledRule[]): void {
    const { text } = this.file;
    const byLanguage = new Map<string, Prepared>();
    for (const rule of rules) {
      const language = this.isFor(rule) ? this.languageFor(rule.rule) : null;
      const parsed = language === null ? null : this.parse(language);
      if (language === null || parsed === null) continue;
      let prepared = byLanguage.get(language);
      if (prepared === undefined) {
        const target = { language, text, start: 0, end: text.length, roots: [parsed.tree.root] };
        prepared = { target, parsed, matches: new Map(), parseTime: 0 };
        byLanguage.set(language, prepared);
      }
      this.prepared.set(rule, prepared);
    }
  }

  /**
   * Looks for items of prepared rules, for all rules in one walk, unless it is known what they match. What the leaves of
   * the items match is not kept: in a whole project it would take more memory than all else. An item that fails on the
   * file is an issue and matches nothing.
   */
  matchItems(
    rules: readonly CompiledRule[],
    itemsOf: (rule: CompiledRule) => readonly CompiledItem<unknown>[],
    nameOf: NameOfMatch | null,
  ): void {
    if (rules.length === 0) return;
    const { searched } = this;
    for (const prepared of new Set(this.prepared.values())) {
      const own = rules
        .filter((rule) => this.prepared.get(rule) === prepared)
        .map((rule) => ({
          rule,
          items: itemsOf(rule).filter((item) => !this.found.has(item) && meetsRequirement(item.requirement, searched)),
        }));
      const leaves = new Set(own.flatMap(({ items }) => items.flatMap(leavesOfItem)));
      this.options.onProgress(MATCHING_ALL);
      prepared.matches = this.matchLeaves(leaves, prepared.target, prepared.parsed);
      for (const { rule, items } of own) {
        const matches = this.formulaMatches(rule, prepared, this.hostFor(rule, prepared));
        const matchesOf = this.itemMatches(matches, nameOf && ((item, place) => nameOf(item, rule, this.path, place)));
        for (const item of items) {
          try {
            matchesOf(item);
          } catch (error) {
            this.ruleFailed(rule.rule, error);
          }
        }
      }
      prepared.matches = new Map();
    }
  }

  /** What has been found of the items of a rule; nothing where it does not apply. */
  matchesFound(rule: CompiledRule): TaintMatchesOf {
    if (!this.prepared.has(rule)) return () => [];
    return <Spec>(item: CompiledItem<Spec>) => (this.found.get(item) ?? []) as readonly SpecMatch<Spec>[];
  }

  /** Forgets what has been found of items. */
  forget(items: readonly CompiledItem<unknown>[]): void {
    for (const item of items) this.found.delete(item);
  }

  /** The functions of the file, for a rule that was prepared; none where it does not apply. */
  functions(compiled: CompiledRule): readonly FunctionBody[] {
    return this.prepared.get(compiled)?.parsed?.flow.functions('complete') ?? [];
  }

  /** What items of taint rules match; of those that several rules share it is known after the first. */
  private itemMatches(
    matchesOf: MatchesOf,
    nameOf: ((item: CompiledItem<unknown>, place: number) => MatchName | null) | null,
  ): TaintMatchesOf {
    return <Spec>(item: CompiledItem<Spec>): readonly SpecMatch<Spec>[] => {
      const known = this.found.get(item) as readonly SpecMatch<Spec>[] | undefined;
      if (known !== undefined) return known;
      const { spec, formula, isFocused, isShared } = item;
      const { path } = this.file;
      const found = distinctMatches(matchesOf(formula)).map((match, place): SpecMatch<Spec> => {
        const { id, key } = nameOf?.(item, place) ?? { id: this.compiled.nextMatchId(), key: '' };
        return { id, key, path, spec, match, isFocused, isShared };
      });
      this.found.set(item, found);
      return found;
    };
  }

  /** Reports flows that end, or begin, in this file; `lines` and texts of other files come from `fileOf`. */
  addFlows(compiled: CompiledRule, flows: readonly Flow[], fileOf: (path: string) => TraceFile): void {
    const prepared = this.prepared.get(compiled);
    if (prepared === undefined) return;
    const byMatch = new Map(flows.map((flow) => [flow.match, flow]));
    const host = this.hostFor(compiled, prepared);
    this.report.findings.push(...this.findings(compiled, [...byMatch.keys()], byMatch, prepared.target, host, fileOf));
  }

  unify(compiled: CompiledRule, a: Binding, b: Binding): boolean {
    const prepared = this.prepared.get(compiled);
    return prepared !== undefined && this.hostFor(compiled, prepared).unify(a, b);
  }

  /** For traces that go through this file. */
  get traceFile(): TraceFile {
    return { path: this.file.path, text: this.file.text, lines: this.lines };
  }

  /** Matching recurses as deeply as the code is nested, where parsing may not have. */
  private tryScanAs(language: string, rules: readonly CompiledRule[]): void {
    try {
      this.scanAs(language, rules);
    } catch (error) {
      if (error instanceof RangeError) this.tooDeep('matched');
      else this.issue('internal-error', 'error', `matching failed: ${messageOf(error)}`);
    }
  }

  private tooDeep(what: 'parsed' | 'matched'): void {
    this.issue('syntax-error', 'warn', `the code is nested too deeply to be ${what}`);
  }

  private scanAs(language: string, rules: readonly CompiledRule[]): void {
    const started = this.options.now();
    const prepared = this.prepare(language, rules);
    for (const rule of rules) this.evaluate(rule, prepared);
    this.report.timing.match += this.options.now() - started - prepared.parseTime;
  }

  /** Parses the file and matches the tree patterns of all rules. */
  private prepare(language: string, rules: readonly CompiledRule[]): Prepared {
    const { text } = this.file;
    const target: MatchTarget = { language, text, start: 0, end: text.length, roots: null };
    let parsed: ParsedText | null = null;
    const started = this.options.now();
    if (!TEXT_LANGUAGES.has(language)) {
      parsed = this.parse(language);
      if (parsed !== null) target.roots = [parsed.tree.root];
    }
    const parseTime = this.options.now() - started;
    this.options.onProgress(MATCHING_ALL);
    return { target, parsed, matches: this.matchLeaves(leavesToWalk(rules), target, parsed), parseTime };
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
      const { path, text } = this.file;
      parsed = this.options.parsedAhead?.take(path, text, language) ?? parseText(text, loaded, path);
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

  /** Tree patterns in one walk, but for those whose words the file lacks. */
  private matchLeaves(wanted: Iterable<Leaf>, target: MatchTarget, parsed: ParsedText | null): LeafMatches {
    const matches: LeafMatches = new Map();
    if (parsed === null || target.roots === null) return matches;
    const leaves = new Map<number, Leaf>();
    for (const leaf of wanted) {
      if (this.compiled.leaves.mayMatch(leaf, this.searched.words)) leaves.set(leaf.id, leaf);
      else matches.set(leaf.id, []);
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

  private evaluate(compiled: CompiledRule, prepared: Prepared): void {
    const { rule } = compiled;
    this.options.onProgress(compiled.index);
    const started = this.options.timeRules ? this.options.now() : 0;
    try {
      const host = this.hostFor(compiled, prepared);
      const matchesOf = this.formulaMatches(compiled, prepared, host);
      const flows = this.flows(compiled, prepared, host, matchesOf);
      const found = compiled.formula === null ? [...flows.keys()] : matchesOf(compiled.formula);
      const fileOf = (): TraceFile => this.traceFile;
      this.report.findings.push(...this.findings(compiled, found, flows, prepared.target, host, fileOf));
    } catch (error) {
      this.ruleFailed(rule, error);
    }
    if (this.options.timeRules) {
      const { rules } = this.report.timing;
      rules[rule.id] = (rules[rule.id] ?? 0) + this.options.now() - started;
    }
  }

  private hostFor({ rule }: CompiledRule, { parsed }: Prepared): FileHost {
    return new FileHost(this.compiled.leaves, this.languages, parsed, this.shared, rule.options);
  }

  private formulaMatches({ rule }: CompiledRule, { target, matches }: Prepared, host: FileHost): MatchesOf {
    const leafMatches = (leaf: Leaf): readonly RangeMatch[] => {
      const known = matches.get(leaf.id);
      if (known === null) throw new MatchLimitError();
      if (known !== undefined) return known;
      const found = host.matchLeaf(leaf, target, NO_BINDINGS);
      matches.set(leaf.id, found);
      return found;
    };
    return (formula) => {
      const result = evaluateFormula(formula, target, host, leafMatches);
      for (const problem of result.problems) this.conditionIssue(rule, problem.message, problem.start, problem.end);
      return result.matches;
    };
  }

  /** Of a taint rule, within the file. */
  private flows(
    compiled: CompiledRule,
    { parsed }: Prepared,
    host: FileHost,
    matchesOf: MatchesOf,
  ): Map<RangeMatch, Flow> {
    const flows = new Map<RangeMatch, Flow>();
    const { taint } = compiled;
    if (taint === null || parsed === null) return flows;
    const { flow } = parsed;
    const taintHost: TaintHost = {
      matches: this.itemMatches(matchesOf, null),
      unify: (a, b) => host.unify(a, b),
      functions: (style) => flow.functions(style),
      program: () => flow.program,
      calls: () => flow.calls,
      summaries: () => flow.summaries(taint),
      globals: () => flow.onceAssigned,
      reached: (body, bound) => this.reached(compiled.rule, body, bound),
    };
    for (const found of analyzeFile(taint, this.options.depth, taintHost)) {
      flows.set(found.match, found);
    }
    return flows;
  }

  /** A bound of the data-flow analysis was reached in a function. */
  reached({ id: ruleId }: Rule, body: BoundedFunction, bound: Bound): void {
    const name = body.name === '' ? 'the top level' : `\`${body.name}\``;
    const why = LOST_FLOWS[bound];
    if (why !== undefined) {
      this.issue('incomplete-flow', 'warn', `not all flows through ${name} were followed: ${why}`, { ruleId });
      return;
    }
    const key = `${bound}\0${ruleId}`;
    const known = this.coarse.get(key);
    if (known === undefined) this.coarse.set(key, { ruleId, bound, names: new Set([name]) });
    else known.names.add(name);
  }

  /** Rules that take everything for a source reach such bounds in hundreds of functions: one issue names them all. */
  private coarseIssues(): void {
    for (const { ruleId, bound, names } of this.coarse.values()) {
      this.issue('coarse-flow', 'info', `${COARSE_FLOWS[bound]} ${[...names].sort(compareTexts).join(', ')}`, {
        ruleId,
      });
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
    fileOf: (path: string) => TraceFile,
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
      return [makeFinding({ compiled, match, message, flow, fileOf, target, host, lines, path, blake2b512 })];
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

  /** What has gone wrong so far, also in an earlier run that needs no repeating. */
  get issues(): ScanIssue[] {
    return distinctIssues([...this.recalledIssues, ...this.report.issues]);
  }

  /** What went wrong in looking for what is not looked for again. */
  recallIssues(issues: readonly ScanIssue[]): void {
    this.recalledIssues = [...this.recalledIssues, ...issues];
  }

  /** The report, with findings in order and suppressions applied. */
  finish(): FileReport {
    this.limitMatches();
    this.report.issues = this.issues;
    this.coarseIssues();
    this.report.findings.sort(compareFindings);
    if (this.options.suppressions) this.suppress();
    return this.report;
  }

  private suppress(): void {
    const { findings } = this.report;
    this.report.allowances = readAllowances(this.lines, this.file.languages);
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

/** Bounds behind which flows are lost, and why. */
const LOST_FLOWS: Partial<Record<Bound, string>> = {
  visits: 'it is too large',
  'call-depth': 'the calls that lead to it are nested too deeply',
  rounds: 'it takes part in too many calls that lead back to it',
};

/** Bounds behind which values are told apart less well. */
const COARSE_FLOWS: Partial<Record<Bound, string>> = {
  variants: 'too many sorts of objects and functions to tell them apart are given to',
  taints: 'data of too many sources to tell them apart comes together in',
};

/** Parsing a file again, for another search, finds the same faults in it again. */
function distinctIssues(issues: readonly ScanIssue[]): ScanIssue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}

/** Leaves of rules to look for in one walk. */
function leavesToWalk(rules: readonly CompiledRule[]): Set<Leaf> {
  return new Set(rules.flatMap(({ leaves, requirement }) => leaves.filter((leaf) => isWalked(leaf, requirement))));
}

/** Leaves of an item to look for in one walk with others. */
function leavesOfItem({ leaves, formula }: CompiledItem<unknown>): Leaf[] {
  const certain = certainLeaves(formula).filter(({ kind }) => kind === 'pattern');
  return [...leaves.filter((leaf) => isWalked(leaf)), ...certain];
}

/** What matches everywhere is matched when it is asked for: most often another part of the rule rules it out. */
function isWalked({ kind, isCommon }: Leaf, requirement?: Requirement): boolean {
  return kind === 'pattern' && !(isCommon && requirement !== null);
}

/** Report order (semantics 04 §7). */
function compareFindings(a: Finding, b: Finding): number {
  return a.start.offset - b.start.offset || a.end.offset - b.end.offset || compareTexts(a.ruleId, b.ruleId);
}
