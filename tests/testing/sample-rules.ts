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

/** A rule file with a taint rule from `source()` to `sink(...)`; `options` as within braces. */
export function flowRule(options: string): string {
  const rule = [
    '  - id: flow',
    '    languages: [python]',
    '    severity: ERROR',
    '    message: flows',
    '    mode: taint',
    `    options: { ${options} }`,
    '    pattern-sources: [{ pattern: source() }]',
    '    pattern-sinks: [{ pattern: sink(...) }]',
    '',
  ];
  return ruleFile(rule.join('\n'));
}
