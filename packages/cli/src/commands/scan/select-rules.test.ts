import { loadRules, type Severity } from '@lockstep/engine';
import { expect, test } from 'vitest';
import { selectRules } from './select-rules.ts';

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
