import { languageNamed, type Rule, SUPPORTED_MODES, TEXT_LANGUAGES } from '@lockstep/engine';
import { compileRulePaths } from '../../targets/rule-paths.ts';
import { languagesOfTarget, selectLanguages } from '../../targets/select-language.ts';
import type { Target } from '../../targets/target.ts';
import type { ScanRequest } from '../../workers/scan-request.ts';

/**
 * What is to be scanned: the targets that at least one rule wants, by its languages and `paths`, each with the
 * languages it is to be parsed as (semantics 10 §5). These are what reports call scanned.
 */
export function planScan(rules: readonly Rule[], targets: readonly Target[]): ScanRequest[] {
  const groups = groupRules(rules);
  return targets.flatMap((target) => {
    const fileLanguages = languagesOfTarget(target);
    const languages = new Set<string>();
    for (const group of groups) {
      const selected = selectLanguages(group.languages, fileLanguages, target);
      if (selected.length > 0 && group.selects(target.rulePath)) for (const name of selected) languages.add(name);
    }
    return languages.size === 0 ? [] : [requestOf(target, [...languages])];
  });
}

/** Whether a file without a known extension may be of interest to a rule. */
export function takesAnyFile(rules: readonly Rule[]): boolean {
  return rules.some(({ languages }) => languages.some((name) => TEXT_LANGUAGES.has(name)));
}

function requestOf({ path, absolutePath, rulePath, sizeBytes }: Target, languages: string[]): ScanRequest {
  const parsed = languages.filter((name) => !TEXT_LANGUAGES.has(name)).sort();
  return { path, absolutePath, rulePath, bytes: sizeBytes, languages: parsed, content: null, onlyRules: null };
}

/** Rules that want the same files; of thousands of rules few groups remain, as most name a language and no paths. */
interface RuleGroup {
  languages: readonly string[];
  selects(rulePath: string): boolean;
}

function groupRules(rules: readonly Rule[]): RuleGroup[] {
  const groups = new Map<string, RuleGroup>();
  for (const rule of rules) {
    const languages = SUPPORTED_MODES.has(rule.mode) ? rule.languages.filter(canMatch) : [];
    const key = JSON.stringify([languages, rule.paths]);
    if (languages.length === 0 || groups.has(key)) continue;
    const paths = compileRulePaths(rule.paths);
    if (paths.ok) groups.set(key, { languages, selects: paths.selects });
  }
  return [...groups.values()];
}

function canMatch(language: string): boolean {
  return TEXT_LANGUAGES.has(language) || languageNamed(language) !== null;
}
