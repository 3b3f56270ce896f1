/** A rule file with one rule for Python; `extra` lines are added to the rule. */
export function pythonRule(id: string, pattern: string, extra: string[] = []): string {
  return [`  - id: ${id}`, '    languages: [python]', '    severity: ERROR', `    message: do not ${id}`]
    .concat(
      `    pattern: ${pattern}`,
      extra.map((line) => `    ${line}`),
      '',
    )
    .join('\n');
}

export function ruleFile(...rules: string[]): string {
  return `rules:\n${rules.join('')}`;
}

export const EVAL_RULE = ruleFile(pythonRule('eval', 'eval($X)'));
