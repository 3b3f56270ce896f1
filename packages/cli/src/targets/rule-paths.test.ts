import type { RulePaths } from '@lockstep/engine';
import { expect, test } from 'vitest';
import { compileRulePaths } from './rule-paths.ts';

const files = [
  '!n.py',
  '.h/a.py',
  'B/A.PY',
  'a.py',
  'b/[x].py',
  'b/q.py',
  'b/x.py',
  'b/{q,r}.py',
  'lib/src/a.py',
  'lib/src/d/a.py',
  'sp ace/a b.py',
  'src.py',
  'src/.hid.py',
  'src/a.js',
  'src/a.py',
  'src/src/z.py',
  'é/é.py',
];

function select(paths: Partial<RulePaths>): string[] {
  const compiled = compileRulePaths({ include: [], exclude: [], narrowed: [], ...paths });
  if (!compiled.ok) throw new Error(compiled.message);
  return files.filter(compiled.selects);
}

const inAnySrc = ['lib/src/a.py', 'lib/src/d/a.py', 'src/.hid.py', 'src/a.js', 'src/a.py', 'src/src/z.py'];
const inTopSrc = ['src/.hid.py', 'src/a.js', 'src/a.py', 'src/src/z.py'];

// Every row was checked against Semgrep 1.182.
test.each<[string, string[]]>([
  ['src', inAnySrc],
  ['src/', inAnySrc],
  ['src//', inAnySrc],
  ['src/**', inAnySrc],
  ['**/src', inAnySrc],
  ['/**/src', inAnySrc],
  ['/src', inTopSrc],
  ['./src', inTopSrc],
  ['//src', inTopSrc],
  ['/./src', []],
  ['../src', []],
  ['lib/../src', []],
  [' src', []],
  ['src/*.py', ['lib/src/a.py', 'src/.hid.py', 'src/a.py', 'src/src/z.py']],
  ['/src/*.py', ['src/.hid.py', 'src/a.py']],
  ['src/**/*.py', ['lib/src/a.py', 'lib/src/d/a.py', 'src/.hid.py', 'src/a.py', 'src/src/z.py']],
  ['src**', [...inAnySrc, 'src.py'].sort()],
  ['src/a.*', ['lib/src/a.py', 'src/a.js', 'src/a.py']],
  ['*/a.py', ['.h/a.py', 'lib/src/a.py', 'lib/src/d/a.py', 'src/a.py']],
  ['lib/*/a.py', ['lib/src/a.py']],
  ['/lib/**/a.py', ['lib/src/a.py', 'lib/src/d/a.py']],
  ['/*.py', ['!n.py', 'a.py', 'src.py']],
  [
    '?.py',
    ['.h/a.py', 'a.py', 'b/q.py', 'b/x.py', 'lib/src/a.py', 'lib/src/d/a.py', 'src/a.py', 'src/src/z.py', 'é/é.py'],
  ],
  ['?/?.py', ['b/q.py', 'b/x.py', 'lib/src/d/a.py', 'é/é.py']],
  ['[!a].py', ['b/q.py', 'b/x.py', 'src/src/z.py', 'é/é.py']],
  ['b/[x].py', ['b/x.py']],
  ['b/\\[x\\].py', ['b/[x].py']],
  ['b/{q,r}.py', ['b/{q,r}.py']],
  ['!n.py', ['!n.py']],
  ['*.PY', ['B/A.PY']],
  ['B', ['B/A.PY']],
  ['.*', ['.h/a.py', 'src/.hid.py']],
  ['a.py/', []],
  ['/', []],
  ['./', []],
  ['.', []],
  ['', files],
  ['*', files],
  ['/*', files],
  ['**', files],
  ['**/', files.filter((path) => path.includes('/'))],
])('include %j', (glob, expected) => {
  expect(select({ include: [glob] })).toEqual(expected);
});

test('exclude wins over include', () => {
  expect(select({ include: ['lib', 'b'], exclude: ['d', '[[]x].py'] })).toEqual([
    'b/q.py',
    'b/x.py',
    'b/{q,r}.py',
    'lib/src/a.py',
  ]);
});

test('what narrows a rule leaves of its files those that every list names', () => {
  expect(select({ include: ['src'], narrowed: [['*.py'], ['lib', 'b']] })).toEqual(['lib/src/a.py', 'lib/src/d/a.py']);
  expect(select({ narrowed: [['b']], exclude: ['x.py'] })).toEqual(['b/[x].py', 'b/q.py', 'b/{q,r}.py']);
  expect(select({ include: ['b'], narrowed: [['lib']] })).toEqual([]);
});

test('without globs every file is selected', () => {
  expect(select({})).toEqual(files);
});

test('a bad glob is a value', () => {
  expect(compileRulePaths({ include: ['src'], exclude: ['ok', '[a'], narrowed: [] })).toEqual({
    ok: false,
    list: 'exclude',
    glob: '[a',
    message: 'the [ is never closed',
  });
});
