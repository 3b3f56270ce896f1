import { describe, expect, test } from 'vitest';
import type { Formula } from '../rules/rule.ts';
import { type CompileLeaf, compileFormula } from './formula.ts';
import {
  all,
  any,
  anywhere,
  compare,
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

function compile(formula: Formula) {
  const languages: string[] = [];
  const enclosing: string[] = [];
  const host = new FakeHost();
  const compileLeaf: CompileLeaf = (source) => {
    languages.push(`${source.text} in ${source.language ?? 'the rule’s language'}`);
    if (source.enclosing) enclosing.push(source.text);
    return host.compileLeaf(source);
  };
  const compiled = compileFormula(formula, compileLeaf);
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join());
  const texts = (leaves: { text: string }[]) => leaves.map(({ text }) => text);
  const { leaves, selectors, nested, warnings } = compiled;
  return { leaves: texts(leaves), selectors: texts(selectors), nested: texts(nested), languages, enclosing, warnings };
}

test('leaves are told apart by when and on what they are matched', () => {
  const condition = has('$X', all('n()', '$N', where('m()', has('$Y', regex('r')))), 'go');
  const formula = where(all('$X', inside(any('a()', regex('b'))), not(anywhere('c()')), '$Y', '$X'), condition);
  expect(compile(formula)).toMatchObject({
    leaves: ['c()', 'a()', 'b', '$Y'],
    selectors: ['$X'],
    nested: ['n()', 'm()', 'r', '$N'],
  });
});

test('a metavariable alone is matched with the others', () => {
  expect(compile(all('$X', '$X'))).toMatchObject({ leaves: ['$X'], selectors: [] });
  expect(compile(all('$X', not('f()')))).toMatchObject({ leaves: ['f()', '$X'], selectors: [] });
});

test('nested formulas are compiled for their own language', () => {
  const nested = where('b()', has('$Y', 'c()'), has('$Y', regex('d'), 'regex'));
  expect(compile(where('a($X)', has('$X', 'e()'), has('$X', nested, 'bash'))).languages).toEqual([
    'a($X) in the rule’s language',
    'e() in the rule’s language',
    'b() in bash',
    'c() in bash',
    'd in regex',
  ]);
});

test('what only encloses other matches is known', () => {
  const enclosing = any('b()', all('c()', not(regex('d'))));
  const formula = where(all('a($X)', inside(enclosing), not(inside('e()')), not('f()')), has('$X', inside('g()')));
  expect(compile(formula).enclosing.sort()).toEqual(['b()', 'c()', 'd', 'e()', 'g()']);
});

describe('problems', () => {
  test.each<[Formula, string[]]>([
    [not('f()'), ['a negated pattern needs another one beside it to remove matches from']],
    [any('f()', not('g()')), ['a negated pattern needs another one beside it to remove matches from']],
    [all(not('f()')), ['there is nothing to search for: all patterns are negated']],
    [where(all('f()', all(not('g()')))), ['there is nothing to search for: all patterns are negated']],
    [all('bad('), ['bad pattern in null']],
    [all('f($X)', not(inside('bad(')), any('bad(')), ['bad pattern in null', 'bad pattern in null']],
    [where('f($X)', has('$X', 'bad(', 'bash')), ['bad pattern in bash']],
    [where('f($X)', matches('$X', '(')), ['invalid regular expression: the parenthesis is not closed']],
    [where('f($X)', compare('$X >')), ['invalid comparison: a value is missing']],
    [where('f($X)', compare('$X ? 1')), ['invalid comparison: this is not part of a Python expression (at `? 1`)']],
    [
      where(regex('(a)'), compare('$1 == 1')),
      ['invalid comparison: $1 is not allowed in a comparison; name the group, as in (?<NAME>…) (at `$1 == 1`)'],
    ],
    [
      focus('f($X, $Y)', ['$X', '$Y'], ['$X']),
      ['a focus on one of several metavariables cannot be combined with another focus'],
    ],
  ])('case %#', (formula, expected) => {
    expect(search(formula, '')).toEqual(expected.map((message) => `rule problem: ${message}`));
  });
});

test('conditions that cannot hold are pointed out', () => {
  expect(
    compile(where('f($X)', compare('$X // 2 == 1 or len($X) > 3'))).warnings.map(({ message }) => message),
  ).toEqual([
    'the comparison never holds: comparisons do not know `//`',
    'the comparison never holds: comparisons do not know `len(…)`',
  ]);
});
