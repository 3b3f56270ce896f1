import type { IssueCode, ScanIssue } from '@lockstep/engine';
import { expect, test } from 'vitest';
import { errorTypeName, semgrepError } from './semgrep-errors.ts';

const position = { line: 1, column: 2, offset: 1 };

const issue = (code: IssueCode, over: Partial<ScanIssue> = {}): ScanIssue => ({
  code,
  level: 'warn',
  message: 'what',
  remedy: '',
  path: 'a.py',
  ruleId: 'r',
  spans: [{ start: position, end: position }],
  ...over,
});

test.each<[IssueCode, number, string]>([
  ['syntax-error', 3, 'Syntax error'],
  ['partial-parsing', 3, 'Syntax error'],
  ['timeout', 2, 'Timeout'],
  ['file-timeout', 2, 'Timeout'],
  ['out-of-memory', 2, 'Out of memory'],
  ['too-many-matches', 2, 'Too many matches'],
  ['regex-error', 2, 'Internal matching error'],
  ['rule-error', 2, 'Rule parse error'],
  ['incompatible-rule', 0, 'Incompatible rule'],
  ['unsupported-rule', 0, 'Missing plugin'],
  ['unreadable-file', 2, 'SemgrepWarning'],
  ['condition-error', 2, 'Internal matching error'],
  ['internal-error', 2, 'Fatal error'],
])('%s is %i, %s', (code, expectedCode, name) => {
  const error = semgrepError(issue(code));
  expect(error.code).toBe(expectedCode);
  expect(errorTypeName(error.type)).toBe(name);
});

test('whatever is not known is left out', () => {
  expect(semgrepError(issue('internal-error', { path: null, ruleId: null, spans: [], remedy: 'Report it.' }))).toEqual({
    code: 2,
    level: 'warn',
    type: 'Fatal error',
    message: 'what\nReport it.',
  });
});

test('an incompatible rule says with what', () => {
  const rule = { id: 'r', message: '', severity: 'INFO' as const, metadata: {}, minVersion: null, maxVersion: '1.0.0' };
  expect(semgrepError(issue('incompatible-rule'), rule, '1.182.0').type).toEqual([
    'IncompatibleRule',
    { rule_id: 'r', this_version: '1.182.0', max_version: '1.0.0' },
  ]);
});
