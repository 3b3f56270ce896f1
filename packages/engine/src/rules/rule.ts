/**
 * The validated form of a rule: what the loader produces and the compiler consumes.
 * Every field is always set; the legacy operators and the `match:` syntax have become one `Formula`.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type Severity =
  | 'ERROR'
  | 'WARNING'
  | 'INFO'
  | 'CRITICAL'
  | 'HIGH'
  | 'MEDIUM'
  | 'LOW'
  | 'INVENTORY'
  | 'EXPERIMENT';

/** A place in a rule file: 1-based line and column (in characters) of the value, and its YAML path. */
export interface RuleLocation {
  file: string;
  line: number;
  column: number;
  /** e.g. `rules.0.patterns.2.pattern-not` */
  path: string;
}

export type Formula =
  | { kind: 'pattern'; text: string; location: RuleLocation }
  | { kind: 'regex'; text: string; location: RuleLocation }
  | {
      kind: 'all';
      parts: Formula[];
      /** In written order; applied after all parts. */
      conditions: Condition[];
      /** One entry per `focus-metavariable`; several names in one entry are a union. */
      focus: string[][];
      location: RuleLocation;
      /** `as:` of the `match:` syntax. */
      as: string | null;
      /** `fix:` of the `match:` syntax. */
      fix: string | null;
    }
  | { kind: 'any'; parts: Formula[]; location: RuleLocation }
  | { kind: 'not'; part: Formula; location: RuleLocation }
  | { kind: 'inside'; part: Formula; location: RuleLocation }
  | { kind: 'anywhere'; part: Formula; location: RuleLocation };

/** Metavariable names keep their sigils: `$X`, `$...ARGS`, `$1`. */
export type Condition =
  | { kind: 'regex'; metavariable: string; regex: string; constantPropagation: boolean; location: RuleLocation }
  | { kind: 'pattern'; metavariable: string; formula: Formula; language: string | null; location: RuleLocation }
  | { kind: 'comparison'; comparison: string; strip: boolean; location: RuleLocation }
  | { kind: 'analysis'; metavariable: string; analyzer: string; location: RuleLocation }
  | { kind: 'type'; metavariable: string; types: string[]; language: string | null; location: RuleLocation }
  | { kind: 'name'; metavariable: string; location: RuleLocation };

export interface FixRegex {
  regex: string;
  replacement: string;
  /** null: all occurrences. */
  count: number | null;
}

/** Engine options with their defaults (semantics 01 §1.7), names in camel case. */
export interface RuleOptions {
  constantPropagation: boolean;
  symbolicPropagation: boolean;
  acMatching: boolean;
  commutativeBoolop: boolean;
  symmetricEq: boolean;
  vardefAssign: boolean;
  flddefAssign: boolean;
  attrExpr: boolean;
  unifyIdsStrictly: boolean;
  arrowIsFunction: boolean;
  letIsVar: boolean;
  goDeeperExpr: boolean;
  goDeeperStmt: boolean;
  implicitDeepExprstmt: boolean;
  implicitEllipsis: boolean;
  implicitReturn: boolean;
  decoratorsOrderMatters: boolean;
  xmlSingletonLooseMatching: boolean;
  xmlAttrsImplicitEllipsis: boolean;
  xmlChildrenOrdered: boolean;
  genericEngine: 'spacegrep' | 'aliengrep';
  genericEllipsisMaxSpan: number;
  genericCommentStyle: 'c' | 'cpp' | 'shell' | null;
  genericMultiline: boolean;
  genericCaseless: boolean;
  genericBraces: [string, string][] | null;
  genericExtraBraces: [string, string][];
  genericExtraWordCharacters: string[];
  /** An option of ours: names of models, whose items the taint specification has received. */
  models: string[];
  /** Options the search engine does not interpret (taint, interfile …), verbatim. */
  other: Record<string, Json>;
}

/** Taint items (semantics 01 §1.5, 05 §5.3) with their defaults; `requires` expressions are kept as text. */
export interface TaintSpec {
  sources: TaintSource[];
  sinks: TaintSink[];
  sanitizers: TaintSanitizer[];
  propagators: TaintPropagator[];
}

export interface TaintSource {
  formula: Formula;
  exact: boolean;
  /** `only`: the matched occurrence itself is not tainted. */
  bySideEffect: boolean | 'only';
  control: boolean;
  /** `__SOURCE__` if not written. */
  label: string;
  requires: string | null;
  location: RuleLocation;
}

export interface TaintSink {
  formula: Formula;
  exact: boolean;
  atExit: boolean;
  /** An expression over all taints, or one for each metavariable; null: `__SOURCE__`. */
  requires: string | { metavariable: string; requires: string }[] | null;
  location: RuleLocation;
}

export interface TaintSanitizer {
  formula: Formula;
  exact: boolean;
  bySideEffect: boolean;
  notConflicting: boolean;
  /** Of a test: what is clean where it holds, or where it does not, and nowhere else. Empty: what matches is clean. */
  cleaned: readonly CleanedByTest[];
  location: RuleLocation;
}

/** An extension of ours: `clean-if-true: $X`, `clean-if-false: $X` */
export interface CleanedByTest {
  metavariable: string;
  holds: boolean;
}

export interface TaintPropagator {
  formula: Formula;
  from: string;
  to: string;
  bySideEffect: boolean;
  label: string | null;
  requires: string | null;
  replaceLabels: string[] | null;
  location: RuleLocation;
}

/** The files that a rule is about, as globs. */
export interface RulePaths {
  /** Empty: all. */
  include: string[];
  exclude: string[];
  /** What has narrowed it since it was written: of each list, one has to match as well. */
  narrowed: string[][];
}

export interface Rule {
  id: string;
  message: string;
  severity: Severity;
  /** Canonical language names, in written order, without repeats. */
  languages: string[];
  mode: 'search' | 'taint' | 'extract' | 'join' | 'step';
  /** null for modes other than search and extract, and for rules without a pattern of ours (supply chain). */
  formula: Formula | null;
  /** Trimmed. */
  fix: string | null;
  fixRegex: FixRegex | null;
  paths: RulePaths;
  options: RuleOptions;
  metadata: { [key: string]: Json };
  /** The parts of a taint rule; null in other modes. */
  taint: TaintSpec | null;
  minVersion: string | null;
  maxVersion: string | null;
  /**
   * The rule's patterns as one string, whose hash tells findings apart (semantics 11 §2, "formula string"),
   * metavariables not yet replaced.
   */
  formulaString: string;
  location: RuleLocation;
}
