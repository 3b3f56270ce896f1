import { expect, test } from 'vitest';
import { lockstep } from './testing/lockstep.ts';
import { EVAL_RULE, pythonRule, ruleFile } from './testing/sample-rules.ts';
import { sharedFolder } from './testing/shared-folder.ts';

const cwd = sharedFolder({
  'eval.yaml': EVAL_RULE,
  'broken-pattern.yaml': ruleFile(pythonRule('broken', '"eval(("'), pythonRule('eval', 'eval($X)')),
  'broken-yaml.yaml': 'rules: [\n',
  'schema.yaml': 'rules:\n  - id: no-pattern\n    languages: [python]\n    severity: ERROR\n    message: m\n',
  'language.yaml': EVAL_RULE.replace('python', 'pythn'),
  'ruby.yaml': EVAL_RULE.replace('python', 'ruby'),
  'glob.yaml': ruleFile(pythonRule('eval', 'eval($X)', ['paths:', '  include: ["[a"]'])),
  'empty/.keep': '',
  'bad.py': 'eval(input())\n',
  'clean.py': 'print()\n',
  'partial.py': 'x = eval\n\ny = = 3\n',
  'idle.py': 'eval(1)  # nosemgrep: other\n',
  'latin.py': Buffer.from('s = "caf\xe9"\n', 'latin1'),
});

const EVAL = ['--config', 'eval.yaml'];

/** What is run, the exit code, and what standard error has to say (or, with `out:`, standard output). */
const CASES: [args: string[], code: number, says: RegExp][] = [
  [[...EVAL, 'clean.py'], 0, /^0 findings/],
  [[...EVAL, 'bad.py'], 0, /^\n1 finding: 1 error/],
  [[...EVAL, '--error', 'clean.py'], 0, /^0 findings/],
  [[...EVAL, '--error', 'bad.py'], 1, /1 finding/],
  [[...EVAL, '--error', '--exclude-rule', 'eval', 'bad.py'], 0, /--exclude-rule\n.*no rule is left of 1/],
  [[...EVAL, '--severity', 'LOW', 'bad.py'], 0, /--severity LOW\n.*no rule is left of 1[\s\S]*incomplete/],
  [[...EVAL, '--strict', 'clean.py', 'latin.py'], 0, /file is not valid UTF-8/],

  [[...EVAL, 'partial.py'], 0, /parsed only in part/],
  [[...EVAL, '--strict', 'partial.py'], 3, /parsed only in part/],
  [[...EVAL, '--strict', '--error', 'partial.py', 'bad.py'], 1, /parsed only in part/],
  [['--config', 'ruby.yaml', 'clean.py'], 0, /1 rule needs what this version cannot do yet/],
  [['--config', 'ruby.yaml', '--strict', 'clean.py'], 2, /1 rule needs what this version cannot do yet/],
  [[...EVAL, 'idle.py'], 0, /1 finding/],
  [[...EVAL, '--strict', 'idle.py'], 2, /1 finding/],

  [['--config', 'broken-pattern.yaml', 'bad.py'], 2, /broken\n.*broken-pattern\.yaml:6:14: the pattern cannot be used/],
  [['--config', 'broken-pattern.yaml', '--error', 'bad.py'], 1, /1 finding/],
  [['--config', 'glob.yaml', 'bad.py'], 2, /glob/],
  [['-l', 'python', '-e', 'eval((', 'bad.py'], 2, /the pattern cannot be used/],

  [['--config', 'nowhere.yaml', 'bad.py'], 7, /path `nowhere\.yaml` does not exist/],
  [['--config', 'empty', 'bad.py'], 7, /empty holds no rule files/],
  [['--config', 'p/python', 'bad.py'], 7, /works offline by design/],
  [['--config', 'broken-yaml.yaml', 'bad.py'], 7, /broken-yaml\.yaml:\d+:\d+: error: .*\[yaml-syntax\]/],
  [['--config', 'schema.yaml', 'bad.py'], 7, /schema\.yaml:2:5: error: .*\[no-formula\]/],
  [[...EVAL, '--config', 'schema.yaml', '--error', 'bad.py'], 7, /Nothing was scanned/],
  [['--config', 'language.yaml', 'bad.py'], 8, /unknown language `pythn`[\s\S]*did you mean `python`\?/],
  [['--config', 'lockstep:nothing', 'bad.py'], 7, /there is no such guardrail/],

  [[...EVAL, 'nowhere.py'], 2, /Invalid scanning root: nowhere\.py/],
  [[...EVAL, '--include', '!a', '.'], 2, /Invalid --include pattern/],
  [[...EVAL, '--baseline-commit', 'HEAD', '.'], 2, /A baseline needs a git repository/],
];

test.concurrent.each(CASES)('scan %j → %i', async (args, code, says) => {
  const result = await lockstep(['scan', ...args], { cwd });
  expect(result).toMatchObject({ code });
  expect(result.stderr).toMatch(says);
});

/** One line on standard error, nothing on standard output. */
const USAGE_ERRORS: [args: string[], message: string][] = [
  [['--jsn', '.'], "error: unknown option '--jsn'\n(Did you mean --json?)"],
  [['--config'], "error: option '-c, --config <path>' argument missing"],
  [[...EVAL, '-e', 'x', '-l', 'py'], 'error: --config and --pattern cannot be used together'],
  [['-e', 'eval($X)'], 'error: --pattern needs --lang: the language that it is written in'],
  [['-l', 'python'], 'error: --lang is for --pattern, which is missing'],
  [['-e', 'x', '-l', 'pyton'], 'error: unknown language: pyton (did you mean `python`?)'],
  [[...EVAL, '--json', '--sarif'], 'error: Only one output format can be chosen: --json, --sarif. Use --<format>-output=FILE for more.'], // biome-ignore format: one row a case
  [[...EVAL, '-q', '-v'], 'error: --quiet and --verbose cannot be used together'],
  [[...EVAL, '--severity', 'error'], "error: option '--severity <severity>' argument 'error' is invalid. Allowed choices are INFO, WARNING, ERROR, LOW, MEDIUM, HIGH, CRITICAL."], // biome-ignore format: one row a case
  [[...EVAL, '-j', 'many'], "error: option '-j, --jobs <number>' argument 'many' is invalid. Expected a whole number."],
  [[...EVAL, '--depth', 'deep'], "error: option '--depth <depth>' argument 'deep' is invalid. Allowed choices are function, file, project."], // biome-ignore format: one row a case
  [[...EVAL, '--max-target-bytes', '1x'], "error: option '--max-target-bytes <size>' argument '1x' is invalid. Expected a number of bytes, or a size such as 1.5MB."], // biome-ignore format: one row a case
];

test.concurrent.each(USAGE_ERRORS)('%j is refused', async (args, message) => {
  const result = await lockstep(args, { cwd });
  expect(result).toEqual({ code: 2, stdout: '', stderr: `${message}\n` });
});

test('what Semgrep pipelines pass is accepted', async () => {
  const flags =
    '--metrics=off --disable-version-check --oss-only --pro-intrafile --optimizations all --no-rewrite-rule-ids ' +
    '--semgrepignore-v2 --x-tr --x-parmap-cores --use-git-ignore --no-error --enable-nosem --max-match-context-size 5 ' +
    '--timeout-threshold 0 --max-memory 0 --no-force-color --dataflow-traces --taint-intrafile --max-target-bytes=2MB -f eval.yaml';
  const result = await lockstep(['--error', ...flags.split(' '), 'bad.py'], { cwd });
  expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining('bad.py:1:1') });
});

test('an aborted run still prints its report', async () => {
  const { code, stdout } = await lockstep(['scan', '--json', '--config', 'schema.yaml', '.'], { cwd });
  expect(code).toBe(7);
  expect(JSON.parse(stdout)).toMatchInlineSnapshot(`
    {
      "engine_requested": "OSS",
      "errors": [
        {
          "code": 4,
          "level": "error",
          "long_msg": "expected a formula: \`pattern\`, \`pattern-regex\`, \`patterns\` or \`pattern-either\`",
          "message": "schema.yaml:2:5: expected a formula: \`pattern\`, \`pattern-regex\`, \`patterns\` or \`pattern-either\`",
          "rule_id": "no-pattern",
          "short_msg": "Invalid rule schema",
          "spans": [
            {
              "end": {
                "col": 7,
                "line": 2,
                "offset": -1,
              },
              "file": "schema.yaml",
              "start": {
                "col": 5,
                "line": 2,
                "offset": -1,
              },
            },
          ],
          "type": "InvalidRuleSchemaError",
        },
        {
          "code": 7,
          "level": "error",
          "message": "invalid configuration file found (1 configs were invalid)",
          "type": "SemgrepError",
        },
      ],
      "lockstep": {
        "completeness": {
          "complete": false,
          "issues": {},
          "problems": {
            "no-formula": 1,
          },
          "skipped": {},
        },
        "suppressed": 0,
      },
      "paths": {
        "scanned": [],
      },
      "profiling_results": [],
      "results": [],
      "skipped_rules": [],
      "version": "0.1.0",
    }
  `);
});

test('-q keeps what went wrong for good', async () => {
  const { code, stdout, stderr } = await lockstep(['-q', '--config', 'schema.yaml', '.'], { cwd });
  expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
  expect(stderr).toContain('schema.yaml:2:5');
});

test('help and version', async () => {
  const runs = await Promise.all(
    [[], ['--help'], ['scan', '--help'], ['test', '-h'], ['help', 'validate'], ['--version']].map((args) =>
      lockstep(args, { cwd }),
    ),
  );
  expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(runs.map(() => [0, '']));
  const [bare, help, scan, test, validate, version] = runs.map(({ stdout }) => stdout);
  expect(bare).toBe(help);
  for (const text of [scan, test, validate]) expect(text).toContain('Examples:');
  expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
});
