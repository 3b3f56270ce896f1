import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAnnotations } from './annotations.ts';

/** `+a,b`: expected; `-`: absent; `~`: tolerated. */
const SIGNS = { expected: '+', absent: '-', tolerated: '~' };
const spell = (text: string) => parseAnnotations(text).map(({ verdict, ids }) => SIGNS[verdict] + ids.join(','));

test.each<[string, string[]]>([
  ['# ruleid: a', ['+a']],
  ['#ruleid:a', ['+a']],
  ['//ruleid:a,b', ['+a,b']],
  ['  // ruleid: a , b', ['+a,b']],
  ['# ruleid : a', ['+a']],
  ['#  ruleid: a', ['+a']],
  ['<!-- ruleid: a -->', ['+a']],
  ['<!--ok:a-->', ['-a']],
  ['(* ok: a *)', ['-a']],
  ['/* ruleid: a */', ['+a']],
  ['{/* ruleid: a.b-c */}', ['+a.b-c']],
  ['<!-- ruleid: a*/ -->', ['+a']],
  ['# todoruleid: a', ['~a']],
  ['# todook: a', ['~a']],
  ['foo(a: 1)  # ruleid: a', ['+a']],
  ['/* ruleid: a */ foo() /* ok: b */', ['+a', '-b']],
  ['# proruleid: a', ['~a']],
  ['# deepruleid: a', ['~a']],
  ['# deeptodoruleid: a', ['~a']],
  ['# prook: a', []],
  ['# deepok: a', []],
  ['# ruleid: deepok: a', ['+a']],
  ['# ruleid:prook:a, b', ['+a,b']],
  ['# ok: deepruleid: a', ['~a']],
  ['# ok: deepok: a', ['-a']],
  ['# todoruleid: deepruleid: a', ['~a']],
  ['# RULEID: a', []],
  ['ok: true', []],
  ['ruleid: a', []],
  ['# see ruleid: a', []],
  ['# ruleid:', []],
  ['# ruleid: ,', []],
  ['# ruleid a', []],
  ['# ok: this is fine', ['-this is fine']],
])('%j', (line, expected) => {
  expect(spell(line)).toEqual(expected);
});

test('lines are counted from one, with any line break', () => {
  expect(parseAnnotations('x\r\n# ruleid: a\r\ny\n# ok: b')).toEqual([
    { verdict: 'expected', ids: ['a'], line: 2 },
    { verdict: 'absent', ids: ['b'], line: 4 },
  ]);
});

test('what a comment lists comes back', () => {
  const id = fc.stringMatching(/^[a-z][a-z0-9._-]{0,8}$/);
  const comment = fc.constantFrom<[string, string]>(
    ['# ', ''],
    ['//', ''],
    ['/* ', ' */'],
    ['<!-- ', ' -->'],
    ['(*', '*)'],
  );
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 4 }), comment, fc.nat(5), (ids, [open, close], above) => {
      const text = `${'\n'.repeat(above)}  ${open}ruleid: ${ids.join(', ')}${close}\nfoo()`;
      expect(parseAnnotations(text)).toEqual([{ verdict: 'expected', ids, line: above + 1 }]);
    }),
  );
});
