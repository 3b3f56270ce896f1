import { expect, test } from 'vitest';
import { syntacticContext, syntacticIds } from './syntactic-id.ts';

// Answers of Semgrep's own recipe in Python.
test.each([
  ['  a = 1  # nosem', 'a = 1'],
  ['  a = 1 # nosemgrep: x, y', 'a = 1'],
  ['\tif a:\n\t\tb\n\n\tc', 'if a:\n\tb\n\nc'],
  ['    a\n  b\n      c', 'a\nb\n    c'],
  ['  foo(\n    1, # nosem\n   \n  )', 'foo(\n  1, # nosem\n\n)'],
  ['a // NOSEM: x because', 'a'],
  ['a # nosem because', 'a # nosem because'],
  [' a # nosem:  x', 'a # nosem:  x'],
  ['a /* nosem */', 'a /* nosem */'],
  ['', ''],
])('context of %j', (lines, expected) => {
  expect(syntacticContext(lines)).toBe(expected);
});

// The ids Semgrep 1.182 gives these findings in its GitLab report.
test('syntactic ids count equal findings', () => {
  const findings = [
    { ruleId: 'my-info', path: 'bidi.py', lines: 'bar("\u202e")' },
    { ruleId: 'my-eval', path: 'sub/a.py', lines: 'eval( x  +  1 )' },
    { ruleId: 'my-eval', path: './sub/a.py', lines: '  eval( x  +  1 )  # nosem' },
  ];
  expect(syntacticIds(findings)).toEqual([
    '669a6b0d7f145eba73dc18fdb8561b7f',
    '704fa879d7cf38d5b148194937dc38c0',
    'ac81edd1dca7e540d49f37056016519b',
  ]);
});
