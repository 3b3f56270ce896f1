/**
 * What the packages above may use of the engine; everything else may change without notice. A bundler keeps of it
 * what is used (no module here does anything by being loaded).
 */
export { compareTexts } from './compare-texts.ts';
export type { Allowance } from './findings/allowances.ts';
export type { Anchor } from './findings/anchor.ts';
export type {
  Finding,
  MetavariableValue,
  Position,
  PropagatedValue,
  Trace,
  TraceEnd,
  TraceStep,
} from './findings/finding.ts';
export { fingerprint, numberFingerprints } from './findings/fingerprint.ts';
export { fixFile } from './findings/fix-file.ts';
export { LineIndex } from './findings/line-index.ts';
export { syntacticId, syntacticIds } from './findings/syntactic-id.ts';
export type { FlowDepth } from './flow/depth.ts';
export { allLanguages, findLanguage, languagesOfFile, languagesOfShebang } from './languages/language-table.ts';
export { languageNamed, TEXT_LANGUAGES } from './languages/languages.ts';
export { messageOf } from './message-of.ts';
export { type LoadedLanguages, loadLanguages } from './patterns/loaded-languages.ts';
export { closestName, didYouMean } from './rules/closest-name.ts';
export { FileContext } from './rules/file-context.ts';
export { formatProblem } from './rules/format-problem.ts';
export { LineIndex as RuleFileLines } from './rules/line-index.ts';
export { loadModels } from './rules/load-models.ts';
export { type LoadResult, loadRules } from './rules/load-rules.ts';
export type { Model } from './rules/model.ts';
export type { RuleProblem } from './rules/problem.ts';
export { readYaml } from './rules/read-yaml.ts';
export type { Condition, Formula, Json, Rule, RulePaths, Severity } from './rules/rule.ts';
export { SEMGREP_VERSION } from './rules/version-range.ts';
export { findEntry, type YamlEntry, type YamlMap, type YamlNode } from './rules/yaml-tree.ts';
export { SUPPORTED_MODES } from './scan/compile-rules.ts';
export type { KnownEnds } from './scan/known-ends.ts';
export { ParsedAhead } from './scan/parsed-ahead.ts';
export { MATCHING_ALL, PARSING } from './scan/progress.ts';
export type { FileReport, IssueCode, ScanIssue } from './scan/report.ts';
export { RuleSieve } from './scan/rule-sieve.ts';
export { followsFiles, type ProjectKnowledge, type ProjectReport, type ScanFile, Scanner } from './scan/scanner.ts';
export { initSyntax } from './syntax/parser.ts';
