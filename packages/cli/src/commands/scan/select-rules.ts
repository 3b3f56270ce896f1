import type { Rule, Severity } from '@lockstep/engine';
import type { SetupProblem } from '../../reports/setup-problem.ts';

/** `--severity` and `--exclude-rule`. */
export interface RuleSelection {
  /** Empty: all. */
  severities: readonly Severity[];
  excludeRules: readonly string[];
}

/** Leaves out the rules that the flags do not want. */
export function selectRules(rules: readonly Rule[], { severities, excludeRules }: RuleSelection): Rule[] {
  return rules.filter(({ id, severity }) => {
    if (severities.length > 0 && !severities.includes(severity)) return false;
    return !excludeRules.some((excluded) => isNamed(id, excluded));
  });
}

/** For flags that leave none of the rules: such a scan looks for nothing, and must not look clean. */
export function noRuleLeft(rules: readonly Rule[], { severities, excludeRules }: RuleSelection): SetupProblem {
  const flags = [
    ...(severities.length === 0 ? [] : [`--severity ${severities.join(', ')}`]),
    ...(excludeRules.length === 0 ? [] : ['--exclude-rule']),
  ];
  const present = [...new Set(rules.map(({ severity }) => severity))].sort().join(', ');
  return {
    stage: 'config',
    code: 'no-rule-left',
    level: 'warning',
    message: `no rule is left of ${rules.length}: nothing was looked for`,
    remedy: severities.length === 0 ? '' : `The rules are of severity ${present}.`,
    subject: flags.join(' and '),
    place: null,
    ruleId: null,
  };
}

/**
 * Semgrep wants the whole id, which depends on the folder that the rule's file lies in; here its end will do, as it
 * does in suppression comments: `my-rule` for `rules.python.my-rule`.
 */
function isNamed(id: string, name: string): boolean {
  return id === name || id.endsWith(`.${name}`);
}
