import { describe, expect, test } from 'vitest';
import { pairFiles, pairTests } from './pair-tests.ts';

/** Suites as `config: target target>fixed`. */
const spell = (suites: ReturnType<typeof pairTests>) =>
  suites.map(({ config, targets }) => {
    const spelled = targets.map(({ path, fixed }) => (fixed === null ? path : `${path}>${fixed}`));
    return `${config}: ${spelled.join(' ')}`.trim();
  });

const together = (files: string[], root = '.') => spell(pairTests({ root, files }, { root, files }));

describe('rules beside their tests', () => {
  test.each<[string[], string[]]>([
    [['a/r.yaml', 'a/r.py', 'a/s.py', 'r.py'], ['a/r.yaml: a/r.py']],
    [['r.yml', 'r.jsx', 'r.tsx', 'r.foo.py', 'r'], ['r.yml: r r.foo.py r.jsx r.tsx']],
    [
      ['r.yaml', 'r.test.yaml', 'r.other.yaml'],
      ['r.other.yaml: r.test.yaml', 'r.yaml: r.test.yaml'],
    ],
    [['a/r.yaml', 'a/r/x.py', 'a/r/deep/y.py', 'a/rr/z.py'], ['a/r.yaml: a/r/deep/y.py a/r/x.py']],
    [['r.yaml', 'r.py', 'r.fixed.py'], ['r.yaml: r.py>r.fixed.py']],
    [['r.yaml', 'r.py', 'r.js', 'r.fixed.js'], ['r.yaml: r.js>r.fixed.js r.py']],
    [['r.yaml', 'r.test.yaml', 'r.test.fixed.yaml'], ['r.yaml: r.test.yaml>r.test.fixed.yaml']],
    [['r.yaml', 'r.test.yaml', 'r.fixed.test.yaml'], ['r.yaml: r.test.yaml>r.fixed.test.yaml']],
    [['r.yaml', 'r.a.py', 'r.b.py', 'r.b.fixed.py'], ['r.yaml: r.a.py>r.b.fixed.py r.b.py>r.b.fixed.py']],
    [
      ['r.yaml', 'r.yml', 'r.py'],
      ['r.yaml: r.py', 'r.yml: r.py'],
    ],
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

  test('every file in tests/ tests all rules of the folder', () => {
    expect(together(files)).toEqual([
      'g: g/tests/deep/values.yaml g/tests/login.old.py>g/tests/login.old.fixed.py g/tests/login.py>g/tests/login.fixed.py g/tests/rules.py',
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
