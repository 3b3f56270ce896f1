import { expect, test } from 'vitest';
import { makeFolder } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { commitFiles, repositoryWithBranch } from './testing/ci-repository.ts';
import { lockstep, lockstepJson, outline } from './testing/lockstep.ts';
import { EVAL_RULE, pythonRule, ruleFile } from './testing/sample-rules.ts';

/** Six assignments in every order and distance, none of which leads to the last line: hours of backtracking. */
const HANGING_PATTERN = `|
      $A = $B
      ...
      $C = $D
      ...
      $E = $F
      ...
      $G = $H
      ...
      $I = $J
      ...
      $K = $L
      ...
      end($A, $C, $E, $G, $I, $K, $B)`;

function hangingCode(variables: number): string {
  return [...Array.from({ length: variables }, (_, at) => `v${at} = w${at}`), 'end(1, 2, 3, 4, 5, 6, 7)', ''].join(
    '\n',
  );
}

const RULES = ruleFile(
  pythonRule('eval', 'eval($X)'),
  pythonRule('hang', HANGING_PATTERN),
  pythonRule('exec', 'exec($X)'),
);

async function scan(cwd: string, ...args: string[]) {
  const report = await lockstepJson(['--config', 'rules.yaml', '--timeout', '2', ...args, '.'], { cwd });
  const issues = report.errors.map(({ type, path, rule_id: rule, message }) => ({ type, path, rule, message }));
  return { code: report.code, findings: outline(report), issues };
}

const HANG = {
  type: 'Timeout',
  path: 'hang.py',
  rule: 'hang',
  message:
    'the rule took more than 2 s on this file and was stopped; the others went on\n' +
    'Simplify the rule, exclude the file, or raise --timeout.',
};

test('a rule that hangs on a file is stopped and named; the rest goes on', async () => {
  const cwd = makeFolder({
    'rules.yaml': RULES,
    'a.py': 'eval(x)\n',
    'hang.py': `eval(x)\n${hangingCode(60)}exec(y)\n`,
    'z.py': 'exec(x)\n',
  });
  const expected = {
    code: 0,
    findings: ['a.py:1 eval', 'hang.py:1 eval', 'hang.py:63 exec', 'z.py:1 exec'],
    issues: [HANG],
  };
  expect(await scan(cwd)).toEqual(expected);
  expect(await scan(cwd, '--strict', '-j', '1')).toEqual({ ...expected, code: 2 });
});

test('a file on which too many rules hang is given up', async () => {
  const rules = [1, 2, 3].map((at) => pythonRule(`hang${at}`, HANGING_PATTERN.replace('end(', `end${at}(`)));
  const code = hangingCode(60).replace('end(', 'end1(');
  const more = code.slice(code.indexOf('end1('));
  const cwd = makeFolder({
    'rules.yaml': ruleFile(pythonRule('eval', 'eval($X)'), ...rules),
    'hang.py': `eval(x)\n${code}${more.replace('1(', '2(')}${more.replace('1(', '3(')}`,
    'other.py': 'eval(x)\n',
  });
  const { findings, issues } = await scan(cwd, '--timeout-threshold', '2');
  expect(findings).toEqual(['other.py:1 eval']);
  expect(issues.map(({ rule, message }) => `${rule}: ${message.split('\n', 1)[0]}`)).toEqual([
    'undefined: 2 rules ran out of time on this file; it was given up',
    'hang1: the rule took more than 2 s on this file and was stopped; the others went on',
    'hang2: the rule took more than 2 s on this file and was stopped; the others went on',
  ]);
});

test('a regular expression that backtracks without end gives up by itself', async () => {
  const cwd = makeFolder({
    'rules.yaml': ruleFile(
      pythonRule('regex', 'x').replace('pattern: x', "pattern-regex: '(a+)+(b|c\\1)+!'"),
      pythonRule('eval', 'eval($X)'),
    ),
    'a.py': `eval(x)\ns = "${'a'.repeat(5000)}"\n`,
  });
  const { code, findings, issues } = await scan(cwd, '--timeout', '30');
  expect({ code, findings }).toEqual({ code: 0, findings: ['a.py:1 eval'] });
  expect(issues).toMatchInlineSnapshot(`
    [
      {
        "message": "a regular expression of the rule took too many steps on this file",
        "path": "a.py",
        "rule": "regex",
        "type": "Internal matching error",
      },
    ]
  `);
});

test('a thread that runs out of memory takes only its file with it', async () => {
  const cwd = makeFolder({
    'rules.yaml': RULES,
    'big.py': `eval(x)\n${'f(a, b, c, d, e, g, h, i, j)\n'.repeat(30_000)}`,
    'small.py': 'eval(x)\n',
  });
  const { code, findings, issues } = await scan(cwd, '--max-memory', '20', '--timeout', '60');
  expect({ code, findings }).toEqual({ code: 0, findings: ['small.py:1 eval'] });
  expect(issues).toMatchObject([{ type: 'Out of memory', path: 'big.py' }]);
});

test('too little memory to scan at all', async () => {
  const cwd = makeFolder({ 'rules.yaml': RULES, 'big.py': 'x = 1\n'.repeat(50_000) });
  const { code, stdout, stderr } = await lockstep(['--config', 'rules.yaml', '--max-memory', '2', '.'], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error: there is too little memory to scan anything \(--max-memory\): [^\n]+\n$/);
});

test('a file of a change that takes too long to parse costs itself, also where it is parsed before there are rules', async () => {
  const root = repositoryWithBranch({ 'rules.yaml': EVAL_RULE, 'a0.py': 'x = 1\n' });
  const small = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`a${at}.py`, `eval(${at})\n`]));
  // Strings that end where others begin: the parser's way of finding its feet again is quadratic.
  const slow = `eval(x)\n${'a{"'.repeat(130_000)}\n`;
  commitFiles(root, { ...small, 'slow.py': slow });
  const report = await lockstepJson(['ci', '--base', 'main', '--config', 'rules.yaml', '--timeout', '1'], {
    cwd: root,
  });
  expect(outline(report)).toHaveLength(12);
  expect(report.errors.map(({ type, path, message }) => `${type} ${path} ${message}`)).toEqual([
    'Timeout slow.py parsing the file took more than 1 s; it was not scanned\nExclude the file, or raise --timeout.',
  ]);
});
