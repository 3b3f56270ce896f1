import { describe, expect, test } from 'vitest';
import { completenessOf } from './completeness.ts';
import { exitCode } from './exit-code.ts';
import { createPalette } from './palette.ts';
import { setupErrors } from './setup-errors.ts';
import { fromConfigProblem, fromGitProblem, fromRuleProblem, fromTargetProblem, isFatal } from './setup-problem.ts';
import { formatSummary } from './summary.ts';
import { emptyReport, SAMPLE_PROBLEMS, sampleReport } from './testing/sample-report.ts';

const report = { ...emptyReport(), problems: SAMPLE_PROBLEMS };
const only = (...codes: string[]) => ({
  ...emptyReport(),
  problems: SAMPLE_PROBLEMS.filter(({ code }) => codes.includes(code)),
});

test('for people', () => {
  const text = formatSummary(report, { palette: createPalette(false), width: 80, verbose: true });
  expect(text).toMatchInlineSnapshot(`
    "What failed
      missing.yaml
          There is no such file
          Check it.
      rules.yaml:3:7
          Something about yaml-syntax
      list.yaml
          Something about not-a-mapping
      rules.yaml:6:5, rule r1
          \`pattrn\` is not an operator ␛[2J
          did you mean \`pattern\`?
      rules.yaml:9:1, rule r2
          Something about unknown-language
      rules.yaml:12:1, rule r3
          Something about bad-version
      rules.yaml, rule r3
          Something about unknown-option
          did you mean \`x\`?
      nowhere
          Something about invalid-root
      secret/
          Something about unreadable-folder
      git
          Something about unknown-revision

    0 findings
    3 files scanned with 4 rules
    incomplete: not everything was looked at, see above
    "
  `);
});

test('warnings are for --verbose', () => {
  const text = formatSummary(report, { palette: createPalette(false), width: 80, verbose: false });
  expect(text).not.toContain('unknown-option');
  expect(text).toContain('unknown-language');
});

test('in the words of Semgrep', () => {
  expect(setupErrors(SAMPLE_PROBLEMS).map((error) => JSON.stringify(error))).toMatchInlineSnapshot(`
    [
      "{"code":2,"level":"error","type":"SemgrepError","message":"missing.yaml: There is no such file\\nCheck it."}",
      "{"code":5,"level":"error","type":"SemgrepError","message":"rules.yaml:3:7: Something about yaml-syntax"}",
      "{"code":2,"level":"error","type":"SemgrepError","message":"list.yaml: Something about not-a-mapping"}",
      "{"code":4,"level":"error","type":"InvalidRuleSchemaError","rule_id":"r1","message":"rules.yaml:6:5: \`pattrn\` is not an operator \\u001b[2J\\ndid you mean \`pattern\`?","long_msg":"\`pattrn\` is not an operator \\u001b[2J","short_msg":"Invalid rule schema","spans":[{"file":"rules.yaml","start":{"line":6,"col":5,"offset":-1},"end":{"line":6,"col":11,"offset":-1}}]}",
      "{"code":8,"level":"error","type":"UnknownLanguageError","rule_id":"r2","message":"rules.yaml:9:1: Something about unknown-language","long_msg":"Something about unknown-language","short_msg":"invalid language","spans":[{"file":"rules.yaml","start":{"line":9,"col":1,"offset":-1},"end":{"line":9,"col":3,"offset":-1}}]}",
      "{"code":2,"level":"error","type":"Rule parse error","rule_id":"r3","message":"rules.yaml:12:1: Something about bad-version","spans":[{"file":"rules.yaml","start":{"line":12,"col":1,"offset":-1},"end":{"line":12,"col":3,"offset":-1}}]}",
      "{"code":2,"level":"error","type":"SemgrepError","message":"nowhere: Something about invalid-root"}",
      "{"code":2,"level":"warn","type":"SemgrepWarning","message":"secret/: Something about unreadable-folder"}",
      "{"code":2,"level":"error","type":"SemgrepError","message":"Something about unknown-revision"}",
      "{"code":7,"level":"error","type":"SemgrepError","message":"invalid configuration file found (3 configs were invalid)"}",
    ]
  `);
});

test('they make a scan incomplete', () => {
  expect(completenessOf(report)).toMatchObject({
    complete: false,
    problems: { 'unknown-language': 1, 'yaml-syntax': 1 },
  });
  expect(completenessOf(only('unreadable-folder')).complete).toBe(false);
  expect(completenessOf(only('unknown-option')).complete).toBe(true);
});

test('problems of every part of the setup become one kind', () => {
  const place = { line: 1, column: 2, endLine: 3, endColumn: 4 };
  const rule = { file: 'f.yaml', path: 'rules.0', ruleId: 'r', message: 'm', suggestion: 's', ...place };
  const other = { subject: 'x', message: 'm', remedy: 'r' };
  expect([
    fromRuleProblem({ ...rule, code: 'bad-id', level: 'error', stage: 'schema' }),
    fromConfigProblem({ ...other, code: 'config-empty', level: 'warning' }),
    fromTargetProblem({ ...other, code: 'invalid-root', level: 'fatal' }),
    fromGitProblem({ code: 'git-missing', message: 'm', remedy: 'r' }),
  ]).toEqual([
    {
      stage: 'schema',
      code: 'bad-id',
      level: 'error',
      message: 'm',
      remedy: 's',
      subject: 'f.yaml',
      place,
      ruleId: 'r',
    },
    { stage: 'config', code: 'config-empty', level: 'warning', ...other, place: null, ruleId: null },
    { stage: 'target', code: 'invalid-root', level: 'error', ...other, place: null, ruleId: null },
    { stage: 'git', code: 'git-missing', level: 'error', ...other, subject: null, place: null, ruleId: null },
  ]);
});

test('all but broken rules and warnings are fatal', () => {
  expect(SAMPLE_PROBLEMS.filter((problem) => !isFatal(problem)).map(({ code }) => code)).toEqual([
    'bad-version',
    'unknown-option',
    'unreadable-folder',
  ]);
});

describe('exit codes', () => {
  const plain = { failOnFindings: false, strict: false };
  const { findings, issues, unmatchedSuppressions } = sampleReport();
  const issuesOf = (...codes: string[]) => issues.filter(({ code }) => codes.includes(code));
  const suppressed = findings.map((finding) => ({ ...finding, ignored: true }));
  const unsupported = issuesOf('incompatible-rule').map((issue) => ({ ...issue, code: 'unsupported-rule' as const }));
  const timeout = issuesOf('partial-parsing').map((issue) => ({ ...issue, code: 'timeout' as const }));

  test.each([
    [0, 'nothing', emptyReport(), plain],
    [0, 'findings', { ...emptyReport(), findings }, plain],
    [1, 'findings with --error', { ...emptyReport(), findings }, { ...plain, failOnFindings: true }],
    [
      0,
      'suppressed findings with --error',
      { ...emptyReport(), findings: suppressed },
      { ...plain, failOnFindings: true },
    ],
    [2, 'a broken rule', { ...emptyReport(), issues }, plain],
    [2, 'a rule that could not be read', only('bad-version'), plain],
    [
      1,
      'findings and a broken rule with --error',
      { ...emptyReport(), findings, issues },
      { ...plain, failOnFindings: true },
    ],
    [0, 'a warning about a rule', only('unknown-option'), plain],
    [0, 'a syntax error', { ...emptyReport(), issues: issuesOf('partial-parsing') }, plain],
    [
      3,
      'a syntax error with --strict',
      { ...emptyReport(), issues: issuesOf('partial-parsing') },
      { ...plain, strict: true },
    ],
    [2, 'a time-out with --strict', { ...emptyReport(), issues: timeout }, { ...plain, strict: true }],
    [2, 'an idle suppression with --strict', { ...emptyReport(), unmatchedSuppressions }, { ...plain, strict: true }],
    [0, 'a rule that is not supported', { ...emptyReport(), issues: unsupported }, plain],
    [
      2,
      'a rule that is not supported with --strict',
      { ...emptyReport(), issues: unsupported },
      { ...plain, strict: true },
    ],
    [
      0,
      'a rule for another version with --strict',
      { ...emptyReport(), issues: issuesOf('incompatible-rule') },
      { ...plain, strict: true },
    ],
    [7, 'no configuration', only('config-not-found'), plain],
    [7, 'broken YAML', only('yaml-syntax'), plain],
    [7, 'a schema error and an unknown language', only('unknown-operator', 'unknown-language'), plain],
    [8, 'an unknown language', only('unknown-language'), plain],
    [2, 'a missing scan root', only('invalid-root'), plain],
    [2, 'an unknown revision', only('unknown-revision'), plain],
  ])('%i for %s', (expected, _, subject, options) => {
    expect(exitCode(subject, options)).toBe(expected);
  });
});
