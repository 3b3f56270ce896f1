import { loadRules } from '@lockstep/engine';
import { expect, test } from 'vitest';
import { languagesOfRules } from './languages-of-rules.ts';

test.each([
  ['languages: [python], pattern: f', ['python']],
  ['languages: [generic], pattern: f', []],
  ['languages: [js], pattern: f', []],
  [
    `languages: [generic], patterns: [{pattern: $X}, {pattern-either: [{pattern: $Y}, {patterns: [{pattern: $X},
      {pattern-not: g}, {metavariable-pattern: {metavariable: $X, language: python, pattern: f}}]}]}]`,
    ['python'],
  ],
])('%s', (rule, names) => {
  const { rules, problems } = loadRules(`rules: [{id: r, severity: INFO, message: m, ${rule}}]`, 'rules.yaml');
  expect(problems).toEqual([]);
  expect(languagesOfRules(rules)).toEqual(names);
});
