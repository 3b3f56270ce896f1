import { type Finding, LineIndex, type ScanIssue } from '@lockstep/engine';
import { describe, expect, test } from 'vitest';
import { createPalette } from '../reports/palette.ts';
import { formatTestJson } from './format-test-json.ts';
import { formatTestText, testExitCode } from './format-test-text.ts';
import { pairTests } from './pair-tests.ts';
import { type RuleTestHost, runRuleTests } from './run-rule-tests.ts';

/** Rules of the pretend engine: `id: word` finds the word, `id: word -> fix` also replaces it. */
interface PretendRule {
  id: string;
  word: string;
  fix: string | null;
}

function readRules(text: string): PretendRule[] {
  return text
    .split('\n')
    .filter((line) => line.includes(': '))
    .map((line) => {
      const [id = '', rest = ''] = line.split(': ', 2);
      const [word = '', fix = null] = rest.split(' -> ', 2);
      return { id, word, fix };
    });
}

function findWord(rule: PretendRule, path: string, text: string): Finding[] {
  const index = new LineIndex(text);
  return [...text.matchAll(new RegExp(`\\b${rule.word}\\b`, 'g'))].map((match) => ({
    ruleId: rule.id,
    path,
    start: index.position(match.index),
    end: index.position(match.index + rule.word.length),
    message: rule.id,
    severity: 'ERROR',
    metadata: {},
    metavariables: {},
    lines: '',
    trace: null,
    fix: rule.fix,
    ignored: index.lineText(index.lineAt(match.index)).includes('nosem'),
    fingerprint: '',
    anchor: { identity: '', symbol: '', lastLine: 1 },
  }));
}

const issue = (over: Partial<ScanIssue>): ScanIssue => ({
  code: 'syntax-error',
  level: 'warn',
  message: 'broken',
  remedy: '',
  path: null,
  ruleId: null,
  spans: [],
  ...over,
});

function pretendHost(files: Record<string, string>): RuleTestHost {
  const rulesOf = (ruleFiles: string[]) => ruleFiles.flatMap((file) => readRules(files[file] ?? ''));
  return {
    loadRules: async ({ ruleFiles }) => {
      const text = ruleFiles.map((file) => files[file]).join('\n');
      if (text.includes('crash')) throw new Error('out of ideas');
      const issues = text.includes('bad')
        ? [issue({ code: 'rule-error', level: 'error', ruleId: 'bad', remedy: 'Fix it.' })]
        : [];
      return { rules: rulesOf(ruleFiles).map(({ id, fix }) => ({ id, fix, fixRegex: null })), issues };
    },
    scan: async ({ ruleFiles }, { paths }) => ({
      findings: paths.flatMap((path) => rulesOf(ruleFiles).flatMap((rule) => findWord(rule, path, files[path] ?? ''))),
      issues: paths.flatMap((path) =>
        files[path]?.includes('(((') ? [issue({ path, message: 'no end\nof it' })] : [],
      ),
    }),
    readText: async (path) => files[path] ?? '',
  };
}

async function run(files: Record<string, string>) {
  const all = { root: '.', files: Object.keys(files) };
  return runRuleTests(pairTests(all, all), pretendHost(files));
}

const text = async (files: Record<string, string>) => formatTestText(await run(files), createPalette(false));
const json = async (files: Record<string, string>) =>
  JSON.parse(formatTestJson(await run(files), (path) => `/abs/${path}`));

/** The sample that Semgrep 1.182 was asked about, in the words of the pretend engine. */
const SAMPLE = {
  'a/r1.yaml': 'r1: foo -> bar\nr2: baz\n',
  'a/r1.py':
    '# ruleid: r1\nfoo(1)\n# ok: r1\nfoo(2)\n# ruleid: r1, r2\nbaz(3)\n# todoruleid: r1\nqux(1)\n# todook: r2\nbaz(5)\nx = 1\n',
  'a/r1.fixed.py': '# ruleid: r1\nbar(1)\n# ok: r1\nfoo(2)\n# ruleid: r1, r2\nbaz(4)\n',
  'a/b/good.yaml': 'good: foo -> bar\n',
  'a/b/good.py': '# ruleid: good\nfoo(1)\n',
  'a/lonely.yaml': 'lonely: foo\n',
};

describe('the sample', () => {
  test('for people', async () => {
    expect(await text(SAMPLE)).toMatchInlineSnapshot(`
      "a/r1.yaml
        ✖ r1
          a/r1.py
            incorrect 4 │ foo(2)
            missed    6 │ baz(3)
        ✖ a/r1.py with its fixes applied is not a/r1.fixed.py
          --- a/r1.fixed.py (expected)
          +++ a/r1.py (fixed)
          @@ -2,5 +2,10 @@
           bar(1)
           # ok: r1
          -foo(2)
          +bar(2)
           # ruleid: r1, r2
          -baz(4)
          +baz(3)
          +# todoruleid: r1
          +qux(1)
          +# todook: r2
          +baz(5)
          +x = 1

      ✖ 2/3 rule checks passed
      ✖ 0/1 fix tests passed
      1 without tests:
        a/lonely.yaml
      1 with a fix that no test covers:
        a/b/good.yaml
      "
    `);
  });

  test('as JSON, like Semgrep', async () => {
    expect(await json(SAMPLE)).toEqual({
      config_missing_tests: ['a/lonely.yaml'],
      config_missing_fixtests: ['a/b/good.yaml'],
      config_with_errors: [],
      results: {
        'a/r1.yaml': {
          checks: {
            r1: {
              passed: false,
              matches: { '/abs/a/r1.py': { expected_lines: [2, 6], reported_lines: [2, 4] } },
              errors: [],
            },
            r2: {
              passed: true,
              matches: { '/abs/a/r1.py': { expected_lines: [6], reported_lines: [6] } },
              errors: [],
            },
          },
        },
        'a/b/good.yaml': {
          checks: {
            good: {
              passed: true,
              matches: { '/abs/a/b/good.py': { expected_lines: [2], reported_lines: [2] } },
              errors: [],
            },
          },
        },
      },
      fixtest_results: { 'a/r1.py': { passed: false } },
    });
  });

  test('fails', async () => {
    expect(testExitCode(await run(SAMPLE))).toBe(1);
  });
});

describe('verdicts', () => {
  test.each<[string, string, boolean]>([
    ['a finding where it is expected', '# ruleid: r\nfoo\n', true],
    ['a finding without any annotation', 'foo\n', false],
    ['nothing where one is expected', '# ruleid: r\nbar\n', false],
    ['silence where silence is wanted', '# ok: r\nbar\n', true],
    ['work to be done, done', '# todoruleid: r\nfoo\n', true],
    ['work to be done, not done', '# todoruleid: r\nbar\n', true],
    ['a false positive to be fixed, fixed', '# todook: r\nbar\n', true],
    ['a false positive to be fixed, not fixed', '# todook: r\nfoo\n', true],
    ['what a deeper analysis finds, found', '# deepruleid: r\nfoo\n', true],
    ['several findings on one line', '# ruleid: r\nfoo foo\n', true],
    ['a suppressed finding', 'foo # nosem\n', true],
    ['a suppressed finding that is expected', '# ruleid: r\nfoo # nosem\n', false],
    ['an expectation of an unknown rule', '# ruleid: rr\nbar\n', false],
    ['an all-clear for an unknown rule', '# ok: rr\nbar\n', false],
    ['prose that looks like an all-clear', '# ok: all is well\nbar\n', true],
    ['a file that does not parse', '# ruleid: r\nfoo (((\n', false],
    ['two annotations in a row', '# ruleid: r\n# ruleid: r\nfoo\n', false],
    ['nothing at all', '', true],
  ])('%s', async (_, target, passed) => {
    const [result] = await run({ 'r.yaml': 'r: foo\n', 'r.py': target });
    expect(result?.passed).toBe(passed);
  });

  test('an id of either rule file of a target is known', async () => {
    const results = await run({
      'r.yaml': 'a: foo',
      'r.yml': 'b: bar',
      'r.py': '# ruleid: a\nfoo\n# ruleid: b\nbar\n',
    });
    expect(results.map(({ passed }) => passed)).toEqual([true, true]);
  });
});

describe('fix tests', () => {
  test.each<[string, string, boolean]>([
    ['the fixed file is right', '# ruleid: r\nbar\r\n', true],
    ['the fixed file is wrong', '# ruleid: r\nbaz\n', false],
    ['suppressed findings are left alone', '# ruleid: r\nbar\nfoo # nosem\n', true],
  ])('%s', async (name, fixed, passed) => {
    const target = `# ruleid: r\nfoo\n${name.startsWith('suppressed') ? 'foo # nosem\n' : ''}`;
    const [result] = await run({ 'r.yaml': 'r: foo -> bar\n', 'r.py': target, 'r.fixed.py': fixed });
    expect(result?.passed).toBe(passed);
    expect(result?.missingFixTests).toBe(false);
  });
});

test('what cannot be run is told, and fails', async () => {
  const files = {
    'bad.yaml': 'bad: foo',
    'bad.py': '# ruleid: bad, no\u001bsuch\nfoo (((\n',
    'crash.yaml': 'crash: x',
    'crash.py': '# ok: crash\n',
  };
  expect(await text(files)).toMatchInlineSnapshot(`
    "bad.yaml
      ✖ bad: broken
          Fix it.
      ✖ bad.py: no end
          of it

    crash.yaml
      ✖ out of ideas

    ✓ 1/1 rule checks passed
    ✖ 2 with errors
    "
  `);
  const { config_with_errors, results } = await json(files);
  expect(config_with_errors).toEqual([
    { filename: 'bad.yaml', error: 'broken', output: {} },
    { filename: 'crash.yaml', error: 'out of ideas', output: {} },
  ]);
  expect(results['bad.yaml'].checks.bad).toMatchObject({ passed: false, errors: [{ code: 2 }, { code: 3 }] });
});

test('all is well', async () => {
  const files = {
    'g/guardrail.yaml': '',
    'g/rules.yaml': 'r: foo',
    'g/tests/a.py': '# ruleid: r\nfoo',
    'g/tests/b.py': '# ok: r\n',
  };
  expect(await text(files)).toMatchInlineSnapshot(`
    "✓ 1/1 rule checks passed
    "
  `);
  expect(testExitCode(await run(files))).toBe(0);
});

describe('a program', () => {
  const files = {
    'r.yaml': 'r: foo -> bar\n',
    'r/shop/views.py': '# ok: r\nbar\n',
    'r/shop/rows.py': '# ruleid: r\nfoo\n',
    'r/shop/rows.fixed.py': '# ruleid: r\nbar\n',
  };

  test('is scanned at once, and each of its files judged by its own annotations and fixes', async () => {
    const [result] = await run(files);
    expect(result).toMatchObject({ passed: true, missingTests: false, missingFixTests: false });
    expect([...(result?.checks[0]?.matches ?? [])]).toEqual([
      ['r/shop/rows.py', { expected: [2], reported: [2], missed: [], incorrect: [] }],
    ]);
  });

  test('fails where one of its files does, and says where', async () => {
    const wrong = { ...files, 'r/shop/views.py': '# ok: r\nfoo\n', 'r/shop/rows.fixed.py': '# ruleid: r\nfoo\n' };
    expect(await text(wrong)).toMatchInlineSnapshot(`
      "r.yaml
        ✖ r
          r/shop/views.py
            incorrect 2 │ foo
        ✖ r/shop/rows.py with its fixes applied is not r/shop/rows.fixed.py
          --- r/shop/rows.fixed.py (expected)
          +++ r/shop/rows.py (fixed)
          @@ -1,2 +1,2 @@
           # ruleid: r
          -foo
          +bar

      ✖ 0/1 rule checks passed
      ✖ 0/1 fix tests passed
      "
    `);
  });

  test('an id that no rule has is told by file and line', async () => {
    expect(await text({ ...files, 'r/shop/views.py': '\n# ok: rr\nbar\n' })).toContain("r/shop/views.py:2 names 'rr'");
  });

  test('that breaks is an error told once', async () => {
    const broken = { ...files, 'r/shop/views.py': 'x (((\n' };
    expect((await run(broken))[0]?.errors.map(({ path }) => path)).toEqual(['r/shop/views.py']);
  });
});

test('nothing to do', async () => {
  expect(await text({})).toMatchInlineSnapshot(`
    "No rule checks found
    "
  `);
  expect(await json({})).toMatchObject({ results: {}, fixtest_results: {} });
});
