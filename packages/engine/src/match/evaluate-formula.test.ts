import { expect, test } from 'vitest';
import {
  all,
  any,
  anywhere,
  as,
  compare,
  fix,
  focus,
  has,
  inside,
  matches,
  not,
  regex,
  search,
  where,
} from './testing/fake-formulas.ts';
import { FakeHost } from './testing/fake-host.ts';
import { testFormulas } from './testing/formula-cases.ts';

// The answers are Semgrep's, for the same formulas on Python.
testFormulas({
  'leaves and alternatives': [
    ['f($X)', 'f(1) f(1, 2)\ng(f(a))', ['1:1 f(1) $X=1', '2:3 f(a) $X=a']],
    [regex('(?<N>\\w)(\\d)'), 'a1', ['1:1 a1 $1=a $2=1 $N=a']],
    [any('f($X)', 'f($Y)'), 'f(1)', ['1:1 f(1) $X=1', '1:1 f(1) $Y=1']],
    [any('f($X)', 'f($X)'), 'f(1)', ['1:1 f(1) $X=1']],
    [inside('f(1)'), 'f(1)', ['1:1 f(1)']],
  ],
  conjunctions: [
    // The smaller range survives, whichever pattern it belongs to.
    [all('f(...)', 'g(...)'), 'f(g(1))\ng(f(2))\nh(f(g(f(3))))', ['1:3 g(1)', '2:3 f(2)', '3:5 g(f(3))', '3:7 f(3)']],
    [
      all('f(...)', 'f($X)'),
      'f(1)\nf(1,2)\nf(f(1))',
      ['1:1 f(1) $X=1', '3:1 f(f(1)) $X=f(1)', '3:3 f(1) $X=f(1)', '3:3 f(1) $X=1'],
    ],
    [all('f(...)', 'z()'), 'f(1)', []],
    [all('f($X)', 'g($X, ...)'), 'g(1, f(1))\ng(2, f(1))', ['1:6 f(1) $X=1']],
  ],
  inside: [
    [
      all(inside('def($F, ...)'), 'g($X)'),
      'def(a, g(1), def(b, g(2))) g(3)',
      ['1:8 g(1) $F=a $X=1', '1:21 g(2) $F=a $X=2', '1:21 g(2) $F=b $X=2'],
    ],
    // An inside smaller than the pattern does not count.
    [all('f(...)', inside('g(...)')), 'f(g(1))\ng(f(1))', ['2:3 f(1)']],
    [all(inside('f(...)'), inside('g(...)')), 'f(g(1))\ng(f(2))\nf(1)', ['1:3 g(1)', '2:3 f(2)']],
    [all('f($X)', inside('f(1)')), 'f(1)\nf(2)', ['1:1 f(1) $X=1']],
    [all('z($F)', inside('def($F, ...)')), 'def(a, def(b, z(a), z(b), z(c)))', ['1:15 z(a) $F=a', '1:21 z(b) $F=b']],
    [all('f(...)', inside(any('g(...)', 'h(...)'))), 'g(f(1))\nh(f(2))\nf(3)', ['1:3 f(1)', '2:3 f(2)']],
    [
      all(any(inside('g(...)'), 'h(...)'), 'f(...)'),
      'g(f(1))\nh(f(2))\nf(3)\nf(g(4))\nf(h(5))',
      ['1:3 f(1)', '2:3 f(2)', '5:3 h(5)'],
    ],
    [
      all('f(...)', any('h(...)', inside('g(...)'))),
      'g(f(1))\nh(f(2))\nf(3)\nf(g(4))\nf(h(5))',
      ['1:3 f(1)', '2:3 f(2)', '5:3 h(5)'],
    ],
    [all(all(inside('h(...)')), 'f(...)'), 'h(f(1))\nf(h(1))', ['1:3 f(1)']],
    [all(any(inside('h(...)'), inside('g(...)'))), 'g(f(1))', ['1:1 g(f(1))']],
  ],
  'regular expressions': [
    [all('f(...)', regex('192\\.168')), 'f("192.168.1.1")\ng("192.168.1.1")', ['1:4 192.168']],
    [all('f(...)', regex('x f.*')), 'x f(192)', ['1:3 f(192)']],
    // Ranges that merely overlap have nothing in common.
    [all('f(...)', regex('x f')), 'x f(192)', []],
    [all(inside('f(...)'), regex('(a)b'), regex('(.)b')), 'f("ab")', ['1:4 ab $1=a']],
    [all('f("$V", ...)', regex('v.(?<V>\\w+)')), 'f("ab", "v.ab")\nf("ab", "v.b")', ['1:10 v.ab $1=ab $V=ab']],
  ],
  negatives: [
    [all('f(...)', not('f(1)')), 'f(1)\nf(2)\nf(f(1))', ['2:1 f(2)', '3:1 f(f(1))']],
    [all('f(...)', not('g(...)')), 'f(g(1))\ng(f(1))', ['1:1 f(g(1))', '2:3 f(1)']],
    [all('f($X, $Y)', not('f($X, $X)')), 'f(1, 1)\nf(1, 2)', ['2:1 f(1, 2) $X=1 $Y=2']],
    [all('f(...)', not('f($A, $A)')), 'f(1, 1)\nf(1, 2)', ['2:1 f(1, 2)']],
    [all('f($X)', not(inside('def($X, ...)'))), 'def(a, f(a), f(b))', ['1:14 f(b) $X=b']],
    [all('f(...)', not(inside('f(1)'))), 'f(1)\nf(f(1))\nf(2)', ['2:1 f(f(1))', '3:1 f(2)']],
    [all('f(...)', not(regex('bad'))), 'f(bad)\nf(good)\nxbad', ['2:1 f(good)']],
    [all('f(...)', not(regex('x f.*'))), 'x f(bad)\ny f(bad)', ['2:3 f(bad)']],
    [all('f(...)', not(regex('x f'))), 'x f(bad)', ['1:3 f(bad)']],
    [all('f("$V", ...)', not(regex('v.(?<V>\\w+)'))), 'f("ab", "v.ab")\nf("ab", "v.b")', ['2:1 f("ab", "v.b") $V=ab']],
    [all('f(...)', not(any('f(1)', 'f(2)'))), 'f(1)\nf(2)\nf(3)', ['3:1 f(3)']],
    [all('f(...)', not(anywhere('import($X)'))), 'import(os)\nf(1)', []],
    [all('f($X)', not(anywhere('import($X)'))), 'import(os)\nf(1)', []],
    [all('f(...)', not(anywhere('import(re)'))), 'import(os)\nf(1)', ['2:1 f(1)']],
    // What a negative does depends on what survives in it.
    [all('f(...)', not(all(inside('g(...)')))), 'g(f(1))\nf(2)', ['2:1 f(2)']],
    [all('f(...)', not(all(inside('g(...)'), 'f(...)'))), 'g(f(1))\nf(2)', ['2:1 f(2)']],
    [all('f(...)', not(all(regex('2')))), 'f(1)\nf(2)', ['1:1 f(1)']],
    [all('f(...)', not(all('f(...)', regex('2')))), 'f(1)\nf(2)', ['1:1 f(1)']],
    [all('f(...)', not(all(regex('f.2.'), inside('f(...)')))), 'f(1)\nf(2)\nf(f(2))', ['1:1 f(1)']],
    [all('f(...)', not(all('k()', inside('f(...)')))), 'f(1)\nf(k())', ['1:1 f(1)', '2:1 f(k())']],
    [all('f(...)', not(any(inside('g(...)'), 'f(1)'))), 'f(1)\nf(2)\ng(f(3))', ['2:1 f(2)']],
    [all('f(...)', not(inside(all(regex('2'))))), 'f(1)\nf(2)', ['1:1 f(1)', '2:1 f(2)']],
    [
      all('f($X)', not(inside(all('g($X, ...)', not('g($X, 1, ...)'))))),
      'g(a, f(a))\ng(a, 1, f(a))\ng(b, f(a))',
      ['2:9 f(a) $X=a', '3:6 f(a) $X=a'],
    ],
    [all(any('f($X, ...)', 'f(..., $Y)'), not('f($X, $Y)')), 'f(1, 2)\nf(1)', ['2:1 f(1) $X=1', '2:1 f(1) $Y=1']],
  ],
  selectors: [
    [
      all('$X', inside('f(...)')),
      'f(g(1), b) c',
      ['1:1 f $X=f', '1:1 f(g(1), b) $X=f(g(1), b)', '1:3 g $X=g', '1:3 g(1) $X=g(1)', '1:5 1 $X=1', '1:9 b $X=b'],
    ],
    [all('$X', 'a'), 'f(a, g(a))', ['1:3 a $X=a', '1:8 a $X=a']],
    [all(inside('f($X, ...)'), '$X'), 'f(a, g(a), b)', ['1:3 a $X=a', '1:8 a $X=a']],
    [all('$X', 'g($X)'), 'g(a)', ['1:3 a $X=a']],
    [all('$X', '$X', inside('f(...)')), 'f(a)', ['1:1 f $X=f', '1:1 f(a) $X=f(a)', '1:3 a $X=a']],
    [
      all('$X', '$Y', inside('f(...)')),
      'f(a)',
      [
        '1:1 f $X=f $Y=f',
        '1:1 f $X=f $Y=f(a)',
        '1:1 f $X=f(a) $Y=f',
        '1:1 f(a) $X=f(a) $Y=f(a)',
        '1:3 a $X=f(a) $Y=a',
        '1:3 a $X=a $Y=f(a)',
        '1:3 a $X=a $Y=a',
      ],
    ],
    [all('$X', not(inside('f(...)'))), 'f(a)\nb', ['2:1 b $X=b']],
    [all('$X'), 'f(a)', ['1:1 f $X=f', '1:1 f(a) $X=f(a)', '1:3 a $X=a']],
    [all('"$X"', inside('g(...)')), 'g(a, "b") "c"', ['1:6 "b" $X=b']],
    [all('$X', regex('g.a')), 'f(g(a))', ['1:3 g $X=g', '1:5 a $X=a']],
  ],
  anywhere: [
    [
      all('f($X)', anywhere('import($M)')),
      'import(os)\nf(1)\nimport(re)',
      ['2:1 f(1) $M=os $X=1', '2:1 f(1) $M=re $X=1'],
    ],
    [all('f($X)', anywhere('import($X)')), 'import(os)\nf(os)\nf(re)', ['2:1 f(os) $X=os']],
    [
      all(anywhere('import($M)'), 'def($F, ...)'),
      'def(a, import(os))\ndef(b)',
      ['1:1 def(a, import(os)) $F=a $M=os', '1:8 import(os) $F=a $M=os', '2:1 def(b) $F=b $M=os'],
    ],
    [all(inside('def($F, ...)'), anywhere('import(os)')), 'def(a, import(os))\ndef(b)', ['1:8 import(os) $F=a']],
  ],
  focus: [
    [focus('f($X, $Y)', ['$X']), 'f(1, 2)', ['1:3 1 $X=1 $Y=2']],
    [focus('f($X, $Y)', ['$X', '$Y']), 'f(1, 2)', ['1:3 1 $X=1 $Y=2', '1:6 2 $X=1 $Y=2']],
    [focus('f($X, $Y)', ['$X'], ['$Y']), 'f(1, 2)', []],
    [
      focus(all('f($A)', inside('g($B)')), ['$A'], ['$B']),
      'g(f(1))\ng(f(f(2)))',
      ['1:5 1 $A=1 $B=f(1)', '2:5 f(2) $A=f(2) $B=f(f(2))', '2:7 2 $A=2 $B=f(f(2))'],
    ],
    [
      focus(all('f($A)', inside('g($B)')), ['$B']),
      'g(f(1))\ng(x(f(1)))',
      ['1:3 f(1) $A=1 $B=f(1)', '2:5 f(1) $A=1 $B=x(f(1))'],
    ],
    [focus(all('f($A)', anywhere('import($M)')), ['$M']), 'import(os)\nf(1)', []],
    [focus('f($X)', ['$B', '$X']), 'f(1)', ['1:3 1 $X=1']],
    [focus('f($X)', ['$X'], ['$B']), 'f(1)', []],
    [focus('f($...A)', ['$...A']), 'f(a, b)\nf()', ['1:3 a, b $...A=a, b']],
    [focus('f("$X")', ['$X']), 'f("ab")\nf("")', ['1:4 ab $X=ab', '2:4  $X=']],
    [focus(regex('v(\\d)'), ['$1']), 'v7', ['1:2 7 $1=7']],
    // Negatives of the same conjunction see the whole match, those around it the focused one.
    [focus(all('f($X)', not('f(1)')), ['$X']), 'f(1)\nf(2)', ['2:3 2 $X=2']],
    [all(focus('f($X)', ['$X']), not('f(1)'), not('2')), 'f(1)\nf(2)\nf(3)', ['1:3 1 $X=1', '3:3 3 $X=3']],
    [all('z($Q)', inside(focus('foo($A, $B)', ['$A']))), 'foo(z(1), 2)\nfoo(2, z(1))', ['1:5 z(1) $A=z(1) $B=2 $Q=1']],
    // A focused match is a plain one, whatever it was before.
    [all('f(...)', not(focus('f($X)', ['$X']))), 'f(1)', ['1:1 f(1)']],
    [all('f(...)', not(focus(regex('f.(2).'), ['$1']))), 'f(2)', ['1:1 f(2)']],
    [all('f(...)', not(focus(inside('g($X)'), ['$X']))), 'g(f(1))\ng(h(f(2)))', ['2:5 f(2)']],
    [all(focus(inside('g($X)'), ['$X']), 'f(...)'), 'g(f(1))\nf(g(1))', ['1:3 f(1) $X=f(1)', '2:5 1 $X=1']],
  ],
  'as and fix': [
    [all(as('f(...)', '$M'), inside('g($X)')), 'g(f(1))', ['1:3 f(1) $M=f(1) $X=f(1)']],
    [all(as('f(...)', '$M'), inside('g($M, ...)')), 'g(f(1), 2)\ng(2, f(1))', ['1:3 f(1) $M=f(1)']],
    [as(focus('f($X)', ['$X']), '$M'), 'f(1)', ['1:3 1 $M=1 $X=1']],
    [as(regex('a(b)'), '$M'), 'ab', ['1:1 ab $1=b $M=ab']],
    [as('f($X)', '$X'), 'f(1)', ['1:1 f(1) $X=f(1)']],
    [as(where('f($X)', compare('str($M) == "f(1)"')), '$M'), 'f(1)', []],
    [any(fix('f($X)', 'a'), 'g($X)'), 'f(1) g(2)', ['1:1 f(1) $X=1 fix=a', '1:6 g(2) $X=2']],
    [fix(any(fix('f(1)', 'a')), 'b'), 'f(1)', ['1:1 f(1) fix=b']],
    [all(fix('f($X)', 'a'), inside('g(...)')), 'g(f(1))', ['1:3 f(1) $X=1 fix=a']],
    [all('f($X)', inside(fix('g(...)', 'a'))), 'g(f(1))', ['1:3 f(1) $X=1']],
    [all(fix('f($X)', 'a'), fix('f(1)', 'c')), 'f(1)', ['1:1 f(1) $X=1 fix=c']],
    [all('f($X)', fix(regex('f.1.'), 'c')), 'f(1)', ['1:1 f(1) $X=1 fix=c']],
    [any('f(1)', fix('f(1)', 'a')), 'f(1)', ['1:1 f(1) fix=a']],
  ],
});

test('the order of positives does not matter where none is inside another', () => {
  const parts = ['f($X)', inside('g($Y, ...)'), regex('1'), not('f(2)'), inside('h(...)')];
  const text = 'h(g(a, f(1), f(2)), f(1)) g(b, f(1))';
  const expected = ['1:10 1 $X=1 $Y=a'];
  for (let turn = 0; turn < parts.length; turn++) {
    parts.push(parts.shift()!);
    expect(search(all(...parts), text)).toEqual(expected);
  }
});

test('leaves that cannot matter are not matched', () => {
  const host = new FakeHost();
  const formula = all(any('a()', 'b()'), 'missing()', not('c()'), inside('d()'), '$X');
  expect(search(where(formula, has('$X', 'e()'), matches('$X', '')), 'a(b(c(d(e()))))', { host })).toEqual([]);
  expect(host.matched).toEqual(['missing()']);
});
