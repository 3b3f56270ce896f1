import { Labels } from '../flow/taint/labels.ts';
import { taintOptions } from '../flow/taint/taint-options.ts';
import type { CompiledItem, CompiledTaint } from '../flow/taint/taint-rule.ts';
import { TEXT_LANGUAGES } from '../languages/languages.ts';
import { type CompiledFormula, type CompileLeaf, compileFormula, type FormulaProblem } from '../match/formula.ts';
import { allOf, anyOf, type Requirement, requirementOf } from '../match/requirement.ts';
import type { Leaf } from '../match/target.ts';
import type { LoadedLanguages } from '../patterns/loaded-languages.ts';
import type { Rule, TaintSpec } from '../rules/rule.ts';
import { type CompiledRegex, compileRegex } from '../text/pcre.ts';
import { LeafCompiler } from './compile-leaf.ts';
import { type CompileItem, SharedItems, type TaintItem } from './compile-taint-item.ts';
import type { ScanIssue } from './report.ts';

/** Modes that the engine runs. */
export const SUPPORTED_MODES: ReadonlySet<Rule['mode']> = new Set(['search', 'taint']);

/** A rule ready to run. */
export interface CompiledRule {
  rule: Rule;
  /** Position among the rules given to the scan. */
  index: number;
  formula: CompiledFormula | null;
  /** Of a taint rule, in place of a formula. */
  taint: CompiledTaint | null;
  /** Leaves to match on a file, all rules' in one walk. */
  leaves: readonly Leaf[];
  requirement: Requirement;
  /** The expression of `fix-regex`. */
  fixRegex: CompiledRegex | null;
}

export interface CompiledRules {
  rules: CompiledRule[];
  leaves: LeafCompiler;
  issues: ScanIssue[];
  /** Numbers matches of taint rules' items. */
  nextMatchId(): number;
}

/**
 * Compiles the rules that this engine can run. A rule with a problem becomes an issue and stops no other; rules whose
 * languages the engine does not have, and modes other than search, are reported as left out.
 */
export function compileRules(rules: readonly Rule[], languages: LoadedLanguages): CompiledRules {
  const leaves = new LeafCompiler(languages);
  const issues: ScanIssue[] = [];
  const compiled: CompiledRule[] = [];
  const items = new SharedItems((leaf) => leaves.requirement(leaf));
  rules.forEach((rule, index) => {
    const unsupported = unsupportedReason(rule, languages);
    if (unsupported !== null) {
      issues.push(unsupportedIssue(rule, unsupported));
      return;
    }
    const compileLeaf = leaves.forRule(rule, patternLanguage(rule, languages));
    const result =
      rule.taint === null
        ? compileSearch(rule, compileLeaf)
        : compileTaint(rule, rule.taint, items.of(rule, compileLeaf));
    if (result === null) return;
    if (!result.ok) {
      for (const problem of result.problems) issues.push(ruleIssue(rule, problem, 'rule-error', 'error'));
      return;
    }
    const fixRegex = rule.fixRegex === null ? null : compileRegex(rule.fixRegex.regex, { multiline: false });
    if (fixRegex?.kind === 'problem') {
      const message = `the regular expression of \`fix-regex\` is not valid: ${fixRegex.message}`;
      issues.push(ruleIssue(rule, { message, remedy: '', location: rule.location }, 'rule-error', 'error'));
      return;
    }
    for (const warning of result.warnings) issues.push(ruleIssue(rule, warning, 'rule-warning', 'info'));
    compiled.push({
      rule,
      index,
      formula: result.formula,
      taint: result.taint,
      leaves: result.leaves,
      requirement: requirementOfRule(result, (leaf) => leaves.requirement(leaf)),
      fixRegex,
    });
  });
  let lastMatchId = 0;
  return { rules: compiled, leaves, issues, nextMatchId: () => ++lastMatchId };
}

interface CompiledPatterns {
  ok: true;
  formula: CompiledFormula | null;
  taint: CompiledTaint | null;
  leaves: readonly Leaf[];
  warnings: FormulaProblem[];
}

type PatternCompilation = CompiledPatterns | { ok: false; problems: FormulaProblem[] };

function compileSearch(rule: Rule, compileLeaf: CompileLeaf): PatternCompilation | null {
  if (rule.formula === null) return null;
  const result = compileFormula(rule.formula, compileLeaf);
  return result.ok ? { ...result, taint: null } : result;
}

/** All problems of all items are found, not only the first. */
function compileTaint(rule: Rule, spec: TaintSpec, compileItem: CompileItem): PatternCompilation {
  const leaves: Leaf[] = [];
  const warnings: FormulaProblem[] = [];
  const problems: FormulaProblem[] = [];
  const items = <Spec extends TaintItem>(specs: readonly Spec[]): CompiledItem<Spec>[] =>
    specs.flatMap((spec) => {
      const result = compileItem(spec);
      if (!result.ok) {
        problems.push(...result.problems);
        return [];
      }
      leaves.push(...result.item.leaves);
      warnings.push(...result.warnings);
      return [result.item];
    });
  const taint: CompiledTaint = {
    sources: items(spec.sources),
    sinks: items(spec.sinks),
    sanitizers: items(spec.sanitizers),
    propagators: items(spec.propagators),
    asksForParts: spec.sinks.some(({ requires }) => Array.isArray(requires)),
    options: taintOptions(rule.options.other),
    labels: new Labels(),
  };
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, formula: null, taint, leaves: [...new Set(leaves)], warnings };
}

/** A taint rule needs a source and a sink. */
function requirementOfRule({ formula, taint }: CompiledPatterns, ofLeaf: (leaf: Leaf) => Requirement): Requirement {
  if (formula !== null) return requirementOf(formula, ofLeaf);
  const ends = taint === null ? [] : [taint.sources, taint.sinks];
  return allOf(ends.map((items) => anyOf(items.map(({ requirement }) => requirement))));
}

/** Patterns are parsed with the first language of the list that the engine has. */
function patternLanguage(rule: Rule, languages: LoadedLanguages): string {
  return rule.languages.find((name) => TEXT_LANGUAGES.has(name) || languages.has(name)) ?? rule.languages[0] ?? '';
}

function unsupportedReason(rule: Rule, languages: LoadedLanguages): string | null {
  if (!SUPPORTED_MODES.has(rule.mode)) return `its mode, ${rule.mode}, is not supported yet`;
  const isKnown = rule.languages.some((name) => TEXT_LANGUAGES.has(name) || languages.has(name));
  return isKnown ? null : `its language (${rule.languages.join(', ')}) is not supported yet`;
}

function unsupportedIssue(rule: Rule, reason: string): ScanIssue {
  return {
    code: 'unsupported-rule',
    level: 'info',
    message: `the rule was left out: ${reason}`,
    remedy: '',
    path: null,
    ruleId: rule.id,
    spans: [],
  };
}

function ruleIssue(
  rule: Rule,
  problem: FormulaProblem,
  code: 'rule-error' | 'rule-warning',
  level: 'error' | 'info',
): ScanIssue {
  const { file, line, column } = problem.location;
  return {
    code,
    level,
    message: `${file}:${line}:${column}: ${problem.message}`,
    remedy: problem.remedy,
    path: null,
    ruleId: rule.id,
    spans: [],
  };
}
