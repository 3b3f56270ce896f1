import { expect, test } from 'vitest';
import { formatProblem } from './format-problem.ts';
import type { RuleProblem } from './problem.ts';

const PROBLEM: RuleProblem = {
  code: 'wrong-type',
  level: 'error',
  stage: 'schema',
  message: 'expected a string',
  suggestion: '',
  file: 'f.yaml',
  line: 2,
  column: 4,
  endLine: 2,
  endColumn: 6,
  path: 'rules.0',
  ruleId: null,
};

test('a place in a long line is shown with what surrounds it', () => {
  const source = `a\n${'x'.repeat(200)}HERE${'y'.repeat(200)}`;
  const text = formatProblem({ ...PROBLEM, column: 201, endColumn: 205 }, source);
  expect(text).toMatchInlineSnapshot(`
    "f.yaml:2:201: error: expected a string [wrong-type]
      2 | xxxxxxxxxxxxxxxxxxxxHEREyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy
        |                     ^^^^"
  `);
});

test('a place that spans lines is underlined to the end of the first', () => {
  expect(formatProblem({ ...PROBLEM, endLine: 4, endColumn: 1 }, 'a\nb: c d  \ne\nf')).toMatchInlineSnapshot(`
    "f.yaml:2:4: error: expected a string [wrong-type]
      2 | b: c d  
        |    ^^^"
  `);
});

test('tabs take one column, other control characters are shown as escapes', () => {
  expect(formatProblem({ ...PROBLEM, file: 'f\n.yaml' }, 'a\n\tb:\u001b[31m\r\n')).toMatchInlineSnapshot(`
    "f\\u{a}.yaml:2:4: error: expected a string [wrong-type]
      2 |  b:\\u{1b}[31m
        |    ^^"
  `);
});

test('a place beyond the text shows no line', () => {
  expect(formatProblem({ ...PROBLEM, line: 9, endLine: 9 }, 'a\n')).toBe(
    'f.yaml:9:4: error: expected a string [wrong-type]',
  );
});
