import { loadRules, type Severity } from '@lockstep/engine';
import { expect, test } from 'vitest';
import { noRuleLeft, selectRules } from './select-rules.ts';

const RULES = loadRules(
  `rules:
  - {id: a.b.one, languages: [python], severity: ERROR, message: m, pattern: f}
  - {id: two, languages: [python], severity: HIGH, message: m, pattern: f}
  - {id: another-two, languages: [python], severity: INFO, message: m, pattern: f}
`,
  'rules.yaml',
).rules;

test.each<[Severity[], string[], string[]]>([
  [[], [], ['a.b.one', 'two', 'another-two']],
  [['ERROR'], [], ['a.b.one']],
  [['HIGH', 'INFO'], [], ['two', 'another-two']],
  [[], ['a.b.one'], ['two', 'another-two']],
  [[], ['b.one', 'two'], ['another-two']],
  [[], ['ne', 'a.b'], ['a.b.one', 'two', 'another-two']],
  [['INFO'], ['another-two'], []],
])('severities %j without %j', (severities, excludeRules, ids) => {
  expect(selectRules(RULES, { severities, excludeRules }).map(({ id }) => id)).toEqual(ids);
});

test.each<[Severity[], string[], string, string]>([
  [['LOW', 'WARNING'], [], '--severity LOW, WARNING', 'The rules are of severity ERROR, HIGH, INFO.'],
  [[], ['one', 'two', 'another-two'], '--exclude-rule', ''],
  [['ERROR'], ['one'], '--severity ERROR and --exclude-rule', 'The rules are of severity ERROR, HIGH, INFO.'],
])('severities %j without %j leave none', (severities, excludeRules, subject, remedy) => {
  expect(selectRules(RULES, { severities, excludeRules })).toEqual([]);
  expect(noRuleLeft(RULES, { severities, excludeRules })).toMatchObject({
    level: 'warning',
    message: 'no rule is left of 3: nothing was looked for',
    subject,
    remedy,
  });
});
