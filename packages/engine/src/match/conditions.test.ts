import { expect, test } from 'vitest';
import {
  all,
  analyze,
  any,
  compare,
  focus,
  has,
  hasName,
  hasType,
  inside,
  matches,
  not,
  regex,
  search,
  where,
} from './testing/fake-formulas.ts';
import { FakeHost } from './testing/fake-host.ts';
import { testFormulas } from './testing/formula-cases.ts';

// The answers are Semgrep's where not said otherwise.
testFormulas({
  'metavariable-regex': [
    [
      where('f($X)', matches('$X', 'abc')),
      'f("abc") f(abc) f(xabc) f(abcd)',
      ['1:10 f(abc) $X=abc', '1:25 f(abcd) $X=abcd'],
    ],
    [where('f($X)', matches('$X', 'abc$')), 'f(abc) f(abcd)', ['1:1 f(abc) $X=abc']],
    [where('f($X)', matches('$X', '"abc')), 'f("abc")', ['1:1 f("abc") $X="abc"']],
    [where('f("$X")', matches('$X', 'abc')), 'f("abc") f("xabc")', ['1:1 f("abc") $X=abc']],
    [where('f("$X")', matches('$X', 'a\\n$')), 'f("a\\n")', ['1:1 f("a\\n") $X=a\n']],
    [where('f("$X")', matches('$X', '^$')), 'f("") f("a")', ['1:1 f("") $X=']],
    [where('f($X)', matches('$X', '(?i)ABC')), 'f(abc)', ['1:1 f(abc) $X=abc']],
    [where('f($...A)', matches('$...A', '^a, b$')), 'f(a, b) f(a,b)', ['1:1 f(a, b) $...A=a, b']],
    [where('f($...A)', matches('$...A', '^$')), 'f()', []],
    [where(any('f($X)', 'g($Y)'), matches('$X', 'a')), 'f(a) g(a)', ['1:1 f(a) $X=a']],
    [where(regex('k.(\\w+)'), matches('$1', 'a')), 'k.abc', []],
    [where(regex('k.(?<K>\\w+)'), matches('$K', 'a')), 'k.abc k.b', ['1:1 k.abc $1=abc $K=abc']],
  ],
  'captures of metavariable-regex': [
    // Semgrep shows other text for numbered captures, and wrong places where escapes were decoded.
    [
      where('f("$X")', matches('$X', '(?<H>\\w+)@(\\w+)')),
      'f("joe@ex")',
      ['1:1 f("joe@ex") $1=joe $2=ex $H=joe $X=joe@ex'],
    ],
    [
      focus(where('f("$X")', matches('$X', '\\w+@(?<H>\\w+)')), ['$H']),
      'f("joe@ex")',
      ['1:8 ex $1=ex $H=ex $X=joe@ex'],
    ],
    [focus(where('f("$X")', matches('$X', '\\s(?<H>.)')), ['$H']), 'f("\\n1")', ['1:4 \\n1 $1=1 $H=1 $X=\n1']],
    [focus(where('f($X)', matches('$X', '..(?<H>.)', true)), ['$H']), 'f("abc")', ['1:6 c $1=c $H=c $X="abc"']],
    [
      where('f("$X")', matches('$X', '(?<C>.)')),
      'f("ab")',
      ['1:1 f("ab") $1=a $C=a $X=ab', '1:1 f("ab") $1=b $C=b $X=ab'],
    ],
    [where('f("$X")', matches('$X', '(?<A>a)?b')), 'f("b")', ['1:1 f("b") $X=b']],
    [where('f("$X", $A)', matches('$X', '(?<A>a)')), 'f("ab", c)', ['1:1 f("ab", c) $1=a $A=a $X=ab']],
    // Invisible to later conditions, visible to a conjunction around.
    [where('f("$X")', matches('$X', '(?<H>\\w+)'), matches('$H', 'joe')), 'f("joe")', []],
    [
      where(all(where('f("$X")', matches('$X', '(?<H>\\w+)'))), matches('$H', 'joe')),
      'f("joe") f("jim")',
      ['1:1 f("joe") $1=joe $H=joe $X=joe'],
    ],
    [
      all(where('f("$X")', matches('$X', '(?<A>.)')), inside('k("$A", ...)')),
      'k("zz", f("ab")) k("a", f("ab"))',
      ['1:25 f("ab") $1=a $A=a $X=ab'],
    ],
    [
      where('f("$X", "$Y")', matches('$X', '(?<A>a)'), matches('$Y', '(?<B>b)')),
      'f("a", "b")',
      ['1:1 f("a", "b") $1=a $A=a $X=a $Y=b', '1:1 f("a", "b") $1=b $B=b $X=a $Y=b'],
    ],
  ],
  'metavariable-pattern': [
    [
      where('f($X)', has('$X', 'g(...)')),
      'f(g(1)) f(h(g(1))) f(1) g(f(g)) f("g(1)")',
      ['1:1 f(g(1)) $X=g(1)', '1:9 f(h(g(1))) $X=h(g(1))'],
    ],
    [
      where('f($X)', has('$X', 'g($Y)')),
      'f(h(g(1), g(2)))',
      ['1:1 f(h(g(1), g(2))) $X=h(g(1), g(2)) $Y=1', '1:1 f(h(g(1), g(2))) $X=h(g(1), g(2)) $Y=2'],
    ],
    [where('f($X)', has('$X', 'g($Y)'), matches('$Y', '1')), 'f(g(1))', []],
    [focus(where('f($X)', has('$X', 'g($Y)')), ['$Y']), 'f(g(1))', ['1:5 1 $X=g(1) $Y=1']],
    [where('f($X, $Y)', has('$X', 'g($Y)')), 'f(g(1), 1) f(g(1), 2)', ['1:1 f(g(1), 1) $X=g(1) $Y=1']],
    [where('f($X)', has('$X', '$X')), 'f(g(1))', ['1:1 f(g(1)) $X=g(1)']],
    [where('f($X)', has('$X', 'g($X)')), 'f(g(1))', []],
    [
      where(all('f($X)', inside('def($F, ...)')), has('$X', all('g($F)'))),
      'def(q, f(g(q)), f(g(r)))',
      ['1:8 f(g(q)) $F=q $X=g(q)'],
    ],
    // Without a positive part, the text of the metavariable is what may be removed.
    [where('f($X)', has('$X', all(not('g(...)')))), 'f(g(1)) f(h(g(1)))', ['1:9 f(h(g(1))) $X=h(g(1))']],
    [where('f($X)', has('$X', not('g(...)'))), 'f(g(1)) f(h(g(1)))', ['1:9 f(h(g(1))) $X=h(g(1))']],
    [
      where('f($X)', has('$X', all(not(inside('g(...)'))))),
      'f(g(1)) f(1) g(f(1))',
      ['1:9 f(1) $X=1', '1:16 f(1) $X=1'],
    ],
    [where('f($X)', has('$X', all(not(regex('g'))))), 'f(g(1)) f(h(g(1))) f(1) f("g")', ['1:20 f(1) $X=1']],
    [
      where('f($X, $B)', has('$X', all('g(...)', not('g($B)')))),
      'f(g(1), 1) f(g(1), 5)',
      ['1:12 f(g(1), 5) $B=5 $X=g(1)'],
    ],
    // Regular expressions see the source, quotes included; what is around it is invisible.
    [where('f($X)', has('$X', regex('^.bc'))), 'f("abc") f(abc) f(xabc)', ['1:10 f(abc) $X=abc']],
    [where('f($X)', has('$X', all(inside('f(...)')))), 'f(1) f(f(1))', ['1:6 f(f(1)) $X=f(1)']],
    [
      where('f($X)', has('$X', '$Q')),
      'f(g(1))',
      ['1:1 f(g(1)) $Q=g $X=g(1)', '1:1 f(g(1)) $Q=g(1) $X=g(1)', '1:1 f(g(1)) $Q=1 $X=g(1)'],
    ],
    [
      where('f($X, $B)', has('$X', where('g($A)', compare('$A > $B')))),
      'f(g(1), 0) f(g(1), 5)',
      ['1:1 f(g(1), 0) $A=1 $B=0 $X=g(1)'],
    ],
    [
      where('f($X)', has('$X', focus(where('g($Y)', matches('$Y', '1'), has('$Y', '11')), ['$Y']))),
      'f(g(11)) f(g(12))',
      ['1:1 f(g(11)) $X=g(11) $Y=11'],
    ],
    // Several sets of bindings are not combined.
    [
      where('f($X, $Y)', has('$X', 'g($A)'), has('$Y', 'g($A)')),
      'f(g(1), g(2))',
      ['1:1 f(g(1), g(2)) $A=1 $X=g(1) $Y=g(2)', '1:1 f(g(1), g(2)) $A=2 $X=g(1) $Y=g(2)'],
    ],
    [
      where('f("$X")', has('$X', 'abc')),
      'f("abc")',
      ['problem at 0: $X is not bound to code; say with `language` what its text is written in'],
    ],
    [where('f($...A)', has('$...A', 'g(...)')), 'f(g(1), 2) f(1)', ['problem at 0: $...A is not bound to code']],
    [
      where(any('f($X)', 'g($Y)'), has('$X', '1')),
      'f(1) g(1)',
      ['1:1 f(1) $X=1', 'problem at 5: $X is not bound by the pattern'],
    ],
  ],
  'metavariable-pattern in another language': [
    [
      where('f("$X")', has('$X', 'alert($Y)', 'javascript')),
      'f("alert(1)")\nf("q(alert(2))")\nf("alert(")',
      [
        '1:1 f("alert(1)") $X=alert(1) $Y=1',
        '2:1 f("q(alert(2))") $X=q(alert(2)) $Y=2',
        'problem at 31: the text of $X could not be parsed as javascript',
      ],
    ],
    [
      where('f($X)', has('$X', 'alert(1)', 'javascript')),
      'f("alert(1)") f(alert(1))',
      ['1:1 f("alert(1)") $X="alert(1)"'],
    ],
    // Semgrep is off by the quote here.
    [
      focus(where('f($X)', has('$X', 'alert($Y)', 'javascript')), ['$Y']),
      'f("alert(1)")',
      ['1:10 1 $X="alert(1)" $Y=1'],
    ],
    [
      focus(where('f("$X")', has('$X', 'alert($Y)', 'javascript')), ['$Y']),
      'f("\\nalert(1)")',
      ['1:4 \\nalert(1) $X=\nalert(1) $Y=1'],
    ],
    [
      where('h("$X", $V)', has('$X', 'foo($V)', 'javascript')),
      'h("foo(a)", a) h("foo(a)", b)',
      ['1:1 h("foo(a)", a) $V=a $X=foo(a)'],
    ],
    [
      where('h("$X", $V)', has('$X', where('foo($W)', compare('str($V) == str($W)')), 'javascript')),
      'h("foo(a)", a)',
      ['1:1 h("foo(a)", a) $V=a $W=a $X=foo(a)'],
    ],
    [where('h("$X")', has('$X', 'foo($V)', 'php')), 'h("foo(1)")', ['1:1 h("foo(1)") $V=1 $X=foo(1)']],
    [
      where('f("$X")', has('$X', regex('^.bc'), 'regex')),
      'f("abc") f("xabc") f("x\\nabc")',
      ['1:1 f("abc") $X=abc', '1:20 f("x\\nabc") $X=x\nabc'],
    ],
    [where('f($X)', has('$X', regex('^.bc'), 'regex')), 'f("abc") f(abc)', ['1:1 f("abc") $X="abc"']],
    [where(regex('v.(\\w+)'), has('$1', regex('b(?<Y>.)'), 'regex')), 'v.abc v.xyz', ['1:1 v.abc $1=abc $Y=c']],
    [where('f($...A)', has('$...A', regex('g.*2'), 'generic')), 'f(g(1), 2) f(1)', ['1:1 f(g(1), 2) $...A=g(1), 2']],
    [where('f($X)', has('$X', regex('^"'), 'generic')), 'f("abc")', []],
  ],
  'metavariable-comparison': [
    [where('f($X)', compare('$X > 2')), 'f(1) f(5) f("5") f(x)', ['1:6 f(5) $X=5']],
    [
      where('f("$X")', compare('int($X) > 5')),
      'f("7") f("3") f("x") f("0x7")',
      ['1:1 f("7") $X=7', '1:22 f("0x7") $X=0x7'],
    ],
    [where('f($X)', compare('$X > 2', /* strip */ true)), 'f("5") f(x)', ['1:1 f("5") $X="5"']],
    [
      where('f($X, $Y)', compare('str($X) == str($Y)')),
      'f(a, a) f(1, "1") f(a, b)',
      ['1:1 f(a, a) $X=a $Y=a', '1:9 f(1, "1") $X=1 $Y="1"'],
    ],
    [where('f($X, $Y)', compare('$X == $Y')), 'f(a, a) f(1, 1)', ['1:9 f(1, 1) $X=1 $Y=1']],
    [where('f($X)', compare('$Y == 1 or 1 == 1')), 'f(1)', []],
    [where('f($...A)', compare('str($...A) == "1, 2"')), 'f(1, 2) f(1)', ['1:1 f(1, 2) $...A=1, 2']],
    [where(regex('k(?<V>\\d)'), compare('$V == "7"')), 'k7 k8', ['1:1 k7 $1=7 $V=7']],
    [where(regex('k(?<V>\\d)'), compare('$V == 7')), 'k7', []],
    [where('f($X)', compare('$X == 9')), 'f(int("9"))', ['1:1 f(int("9")) $X=int("9")']],
  ],
  'the other conditions': [
    [
      where('f($X)', hasName('$X')),
      'f(1) f(2)',
      ['problem at 0: metavariable-name needs to know all names of the project'],
    ],
    [where('f($X)', analyze('$X', 'entropy_v2')), 'f(1)', ['problem at 0: there is no analyzer entropy_v2']],
    [
      where('f($X)', analyze('$X', 'entropy')),
      'f("qJ8xZ0vR3kT9wY2mB7nL5pC1dF6gH4") f("hello")',
      ['1:1 f("qJ8xZ0vR3kT9wY2mB7nL5pC1dF6gH4") $X="qJ8xZ0vR3kT9wY2mB7nL5pC1dF6gH4"'],
    ],
    [where('f("$X")', analyze('$X', 'redos')), 'f("(a+)+$") f("a+")', ['1:1 f("(a+)+$") $X=(a+)+$']],
    [where('f($X)', analyze('$X', 'redos')), 'f("(a+)+$") f("a+")', ['1:1 f("(a+)+$") $X="(a+)+$"']],
    [where(regex('v.(\\S+)'), analyze('$1', 'redos')), 'v.a', []],
  ],
});

test('constants of names are values in comparisons and, where asked for, in regular expressions', () => {
  const host = new FakeHost();
  host.constants = {
    N: { kind: 'int', value: 512n },
    S: { kind: 'string', value: 'abc' },
    U: { kind: 'unknown', type: 'int' },
  };
  const text = 'f(N) f(S) f(U) f("abc")';
  const found = (...conditions: Parameters<typeof where>[1][]) => {
    return search(where('f($X)', ...conditions), text, { host }).map((line) => line.split(' ')[1]);
  };
  expect(found(compare('$X < 1024'))).toEqual(['f(N)']);
  expect(found(compare('$X == "abc"'))).toEqual(['f(S)', 'f("abc")']);
  expect(found(compare('str($X) == "U"'))).toEqual(['f(U)']);
  expect(found(matches('$X', '^abc$', /* constantPropagation */ true))).toEqual(['f(S)', 'f("abc")']);
  expect(found(matches('$X', '^[SU5]', /* constantPropagation */ true))).toEqual(['f(N)', 'f(U)']);
  expect(found(matches('$X', '^[SU5]'))).toEqual(['f(S)', 'f(U)']);
});

test('types come from the engine, and there are none in text', () => {
  const host = new FakeHost();
  host.types = { a: 'str', b: 'int' };
  expect(search(where('f($X)', hasType('$X', 'str', 'bytes')), 'f(a) f(b) f(1)', { host })).toEqual(['1:1 f(a) $X=a']);
  const inText = where(regex('k(?<X>.)'), hasType('$X', 'str'));
  expect(search(inText, 'ka', { language: 'generic' })).toEqual(['problem at 0: there are no types in generic text']);
});

test('numbers of generic mode are integers, and its patterns need no language', () => {
  const words = regex('k (?<X>\\w+)');
  const generic = { language: 'generic' };
  expect(search(where(words, compare('$X > 5')), 'k 7, k 3, k 0x10, k abc', generic)).toEqual([
    '1:1 k 7 $1=7 $X=7',
    '1:11 k 0x10 $1=0x10 $X=0x10',
  ]);
  expect(search(where(words, has('$X', regex('b'))), 'k abc', generic)).toEqual(['1:1 k abc $1=abc $X=abc']);
  const unparsed = where(words, has('$X', regex('b')));
  expect(search(unparsed, 'k abc', { language: 'regex' })[0]).toMatch(/^problem at 0: \$X is not bound to code/);
});

test('a problem is reported once, with its first match', () => {
  const formula = any(where('f($X)', hasName('$X')), where('g("$X")', has('$X', 'a')));
  expect(search(formula, 'f(1) f(2) g("a") g("b")')).toEqual([
    'problem at 0: metavariable-name needs to know all names of the project',
    'problem at 10: $X is not bound to code; say with `language` what its text is written in',
  ]);
});
