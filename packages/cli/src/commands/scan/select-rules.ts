import type { Rule, Severity } from '@lockstep/engine';

/** Leaves out the rules that `--severity` and `--exclude-rule` do not want. */
export function selectRules(
  rules: readonly Rule[],
  { severities, excludeRules }: { severities: readonly Severity[]; excludeRules: readonly string[] },
): Rule[] {
  return rules.filter(({ id, severity }) => {
    if (severities.length > 0 && !severities.includes(severity)) return false;
    return !excludeRules.some((excluded) => isNamed(id, excluded));
  });
}

/**
 * Semgrep wants the whole id, which depends on the folder that the rule's file lies in; here its end will do, as it
 * does in suppression comments: `my-rule` for `rules.python.my-rule`.
 */
function isNamed(id: string, name: string): boolean {
  return id === name || id.endsWith(`.${name}`);
}
