import { expect, test } from 'vitest';
import { readAllowances } from './allowances.ts';
import { LineIndex } from './line-index.ts';

function read(text: string, ...languages: string[]) {
  return readAllowances(new LineIndex(text), languages).map(({ start, end: _end, ...rest }) => ({
    line: start.line,
    ...rest,
  }));
}

const PLAIN = {
  line: 1,
  below: null,
  names: ['no-eval'],
  reason: 'old',
  owner: null,
  approvedBy: null,
  until: null,
  fault: null,
};

test.each([
  'x  # lockstep: allow no-eval -- old',
  'x #lockstep:allow  no-eval  --  old  ',
  'x # LOCKSTEP: Allow no-eval — old',
  'x // lockstep: allow no-eval -- old\r',
  'x /* lockstep: allow no-eval -- old */ y',
  'x -- lockstep: allow no-eval -- old',
  '<x/> <!-- lockstep: allow no-eval -- old -->',
  'x {# lockstep: allow no-eval -- old #}',
  'x (* lockstep: allow no-eval -- old *)',
  '(x) ; lockstep: allow no-eval -- old',
  'x % lockstep: allow no-eval -- old',
])('%j', (text) => {
  const [first] = read(text.replace(' */ y', ' */'));
  expect(first).toEqual(PLAIN);
});

test.each([
  ['a, b.c ,d-1 -- why', { names: ['a', 'b.c', 'd-1'], reason: 'why' }],
  ['a -- why (until 2027-01-31)', { reason: 'why', until: '2027-01-31' }],
  [
    'a -- why (until 2027-01-31, owner @acme/web, approved by Ada)',
    { owner: '@acme/web', approvedBy: 'Ada', until: '2027-01-31' },
  ],
  ['a -- why (see RFC 1)', { reason: 'why (see RFC 1)', until: null }],
  ['a -- a -- b', { reason: 'a -- b' }],
  ['a', { reason: '', fault: null }],
  ['a --', { reason: '', fault: null }],
  ['a -- (until 2027-01-31)', { reason: '', until: '2027-01-31' }],
  ['a because of b', { fault: 'its reason does not follow after `--`' }],
  ['-- why', { names: [], fault: 'it names no guardrail' }],
  ['', { names: [], fault: 'it names no guardrail' }],
  ['a -- why (until soon)', { fault: '`soon` is not a date, write it as `2027-01-31`' }],
  ['a -- why (until 2027-02-31)', { until: null, fault: '`2027-02-31` is not a date, write it as `2027-01-31`' }],
])('allow %j', (content, expected) => {
  expect(read(`f() # lockstep: allow ${content}`)).toMatchObject([expected]);
});

test('no other words, and none within others', () => {
  expect(read('lockstep: allow a -- b')).toEqual([]);
  expect(read('# lockstep: allowed a -- b')).toEqual([]);
  expect(read('# lockstep allow a -- b')).toEqual([]);
});

test('alone on its line, it is about what is below, beyond further comments', () => {
  const text = '\n  # lockstep: allow a -- b\n  # as was agreed\n  # lockstep: allow c -- d\n  f()\n';
  expect(read(text).map(({ line, below }) => [line, below])).toEqual([
    [2, 5],
    [4, 5],
  ]);
});

test('in Python, only in comments', () => {
  const text = `x = "# lockstep: allow a -- b"\n'''\n# lockstep: allow a -- b\n'''\ny = '\\'' # lockstep: allow c -- "d"\n`;
  expect(read(text, 'python').map(({ names }) => names)).toEqual([['c']]);
  expect(read(text)).toHaveLength(3);
});
