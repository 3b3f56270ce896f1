import { describe, expect, test } from 'vitest';
import { pairFiles, pairTests } from './pair-tests.ts';
import type { TestTarget } from './test-suite.ts';

/** Suites as `config: target target>fixed program(target …)`; targets of a program as they lie in its folder. */
const spell = (suites: ReturnType<typeof pairTests>) =>
  suites.map(({ config, targets, programs }) => {
    const spelled = [
      ...targets.map(spellTarget),
      ...programs.map(({ folder, targets: files }) => {
        const inside = files.map((file) => spellTarget(file).replaceAll(`${folder}/`, ''));
        return `${folder}(${inside.join(' ')})`;
      }),
    ];
    return `${config}: ${spelled.join(' ')}`.trim();
  });

const spellTarget = ({ path, fixed }: TestTarget) => (fixed === null ? path : `${path}>${fixed}`);

const together = (files: string[], root = '.') => spell(pairTests({ root, files }, { root, files }));

describe('rules beside their tests', () => {
  test.each<[string[], string[]]>([
    [['a/r.yaml', 'a/r.py', 'a/s.py', 'r.py'], ['a/r.yaml: a/r.py']],
    [['r.yml', 'r.jsx', 'r.tsx', 'r.foo.py', 'r'], ['r.yml: r r.foo.py r.jsx r.tsx']],
    [
      ['r.yaml', 'r.test.yaml', 'r.other.yaml'],
      ['r.other.yaml: r.test.yaml', 'r.yaml: r.test.yaml'],
    ],
    [['a/r.yaml', 'a/r/x.py', 'a/r/deep/y.py', 'a/rr/z.py'], ['a/r.yaml: a/r/x.py a/r/deep(y.py)']],
    [['r.yaml', 'r.py', 'r.fixed.py'], ['r.yaml: r.py>r.fixed.py']],
    [['r.yaml', 'r.py', 'r.js', 'r.fixed.js'], ['r.yaml: r.js>r.fixed.js r.py']],
    [['r.yaml', 'r.test.yaml', 'r.test.fixed.yaml'], ['r.yaml: r.test.yaml>r.test.fixed.yaml']],
    [['r.yaml', 'r.test.yaml', 'r.fixed.test.yaml'], ['r.yaml: r.test.yaml>r.fixed.test.yaml']],
    [['r.yaml', 'r.a.py', 'r.b.py', 'r.b.fixed.py'], ['r.yaml: r.a.py>r.b.fixed.py r.b.py>r.b.fixed.py']],
    [
      ['r.yaml', 'r.yml', 'r.py'],
      ['r.yaml: r.py', 'r.yml: r.py'],
    ],
    [
      ['a/r.yaml', 'a/r/shop/__init__.py', 'a/r/shop/db/rows.py', 'a/r/shop/views.py', 'a/r/shop/views.fixed.py'],
      ['a/r.yaml: a/r/shop(__init__.py db/rows.py views.py>views.fixed.py)'],
    ],
    [['r.yaml', 'r/one/x.py', 'r/two/x.py', 'r/two/x.test.yaml'], ['r.yaml: r/one(x.py) r/two(x.py x.test.yaml)']],
    [['lonely.yaml'], ['lonely.yaml:']],
    [['x.py', 'x.fixed.py', 'x.test.yaml'], []],
  ])('%j', (files, expected) => {
    expect(together(files)).toEqual(expected);
  });
});

test('rules and tests in folders of their own', () => {
  const rules = { root: 'rules', files: ['rules/a/r.yaml', 'rules/s.yaml'] };
  const targets = { root: 'tests', files: ['tests/a/r.py', 'tests/r.py', 'tests/s.go', 'tests/s.yaml'] };
  expect(spell(pairTests(rules, targets))).toEqual(['rules/a/r.yaml: tests/a/r.py', 'rules/s.yaml: tests/s.go']);
});

test('a program far from its rules', () => {
  const rules = { root: 'rules', files: ['rules/a/r.yaml'] };
  const targets = { root: '../tests/', files: ['../tests/a/r/shop/app.py', '../tests/a/r/x.py'] };
  expect(spell(pairTests(rules, targets))).toEqual(['rules/a/r.yaml: ../tests/a/r/x.py ../tests/a/r/shop(app.py)']);
});

describe('guardrails', () => {
  const files = [
    'g/guardrail.yaml',
    'g/rules.yaml',
    'g/lesson.md',
    'g/tests/login.py',
    'g/tests/login.fixed.py',
    'g/tests/login.old.py',
    'g/tests/login.old.fixed.py',
    'g/tests/deep/values.yaml',
    'g/tests/rules.py',
    'other.yaml',
    'other.py',
  ];

  test('every file in tests/ tests all rules of the folder, and those of a folder in it together', () => {
    expect(together(files)).toEqual([
      'g: g/tests/login.old.py>g/tests/login.old.fixed.py g/tests/login.py>g/tests/login.fixed.py g/tests/rules.py g/tests/deep(values.yaml)',
      'other.yaml: other.py',
    ]);
  });

  test('rules come from the YAML files of the folder itself, but for the one that describes it', () => {
    const [suite] = pairTests({ root: '.', files }, { root: '.', files });
    expect(suite?.ruleFiles).toEqual(['g/rules.yaml']);
  });

  test('the folder itself can be named', () => {
    const own = ['guardrail.yml', 'tests/a.py'];
    expect(together(own)).toEqual(['.: tests/a.py']);
  });
});

test('a rule file and a target named outright', () => {
  expect(spell([pairFiles('x/rule.yaml', 'y/any.py', ['y/any.py', 'y/any.fixed.py', 'y/other.fixed.py'])])).toEqual([
    'x/rule.yaml: y/any.py>y/any.fixed.py',
  ]);
});
