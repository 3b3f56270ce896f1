import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../rules/load-rules.ts';
import { pythonProgram } from '../testing/generate-python.ts';
import { ruleFile } from '../testing/generate-rules.ts';
import { languages, ruleMatches, scannerOptions, scanText } from '../testing/load-engine.ts';
import { MATCHING_ALL, PARSING } from './progress.ts';
import { Scanner, type ScannerOptions } from './scanner.ts';

/** Rules `r0`, `r1`, … of these keys. */
function rulesOf(...keys: Record<string, unknown>[]): string {
  const defaults = { languages: ['python'], message: 'm', severity: 'ERROR' };
  return JSON.stringify({ rules: keys.map((own, i) => ({ id: `r${i}`, ...defaults, ...own })) });
}

function scannerOf(rules: string, options: Partial<ScannerOptions> = {}): Scanner {
  return new Scanner(loadRules(rules, 'rules.yaml').rules, languages, { ...scannerOptions, ...options });
}

function pythonFile(text: string): { path: string; text: string; languages: string[] } {
  return { path: 'a.py', text, languages: ['python'] };
}

test('a finding, whole', () => {
  const rules = rulesOf({
    pattern: 'os.system($X, ...)',
    message: 'do not run $X',
    fix: 'run($X)',
    metadata: { cwe: ['CWE-78'] },
  });
  const code = 'from os import system as s\ndef f(é):\n    return s(é + "x",\n        1)  # run\n';
  expect(scanText(rules, 'src/a.py', code)).toMatchInlineSnapshot(`
    {
      "findings": [
        {
          "anchor": {
            "identity": "890aac64e96ea8f7",
            "lastLine": 4,
            "symbol": "f",
          },
          "end": {
            "column": 11,
            "line": 4,
            "offset": 71,
          },
          "fingerprint": "187b32e1d223e1657ef5f58057598b5f0338b19094a2a2ee663d6112d620c3343853b849f964c00d581f76ad4b6c208f55d9fe21e750990f3450e1ca5e087152",
          "fix": "run(é + "x")",
          "ignored": false,
          "lines": "    return s(é + "x",
            1)  # run",
          "message": "do not run é + "x"",
          "metadata": {
            "cwe": [
              "CWE-78",
            ],
          },
          "metavariables": {
            "$X": {
              "abstractContent": "é+"x"",
              "content": "é + "x"",
              "end": {
                "column": 22,
                "line": 3,
                "offset": 59,
              },
              "propagated": null,
              "start": {
                "column": 14,
                "line": 3,
                "offset": 51,
              },
            },
          },
          "path": "src/a.py",
          "ruleId": "r0",
          "severity": "ERROR",
          "start": {
            "column": 12,
            "line": 3,
            "offset": 49,
          },
          "trace": null,
        },
      ],
      "issues": [],
      "problems": [],
    }
  `);
});

describe('rules that cannot run are reported and stop no other', () => {
  test.each([
    [{ pattern: 'f(' }, 'rule-error'],
    [{ 'pattern-regex': '(' }, 'rule-error'],
    [{ pattern: 'f()', 'fix-regex': { regex: '(', replacement: '' } }, 'rule-error'],
    [{ patterns: [{ pattern: 'f($X)' }, { 'metavariable-regex': { metavariable: '$X', regex: '(' } }] }, 'rule-error'],
    [{ languages: ['ruby'], pattern: 'f()' }, 'unsupported-rule'],
  ])('%j', (keys, code) => {
    const { findings, issues } = scanText(rulesOf(keys, { pattern: 'f()' }), 'a.py', 'f()\n');
    expect(issues.map((issue) => [issue.code, issue.ruleId])).toEqual([[code, 'r0']]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['r1']);
  });

  test('a pattern nested beyond measure', () => {
    const patterns = [`${'f('.repeat(5000)}${')'.repeat(5000)}`, `${'-'.repeat(5000)}1`, `${'a + '.repeat(5000)}a`];
    for (const pattern of patterns) {
      const { findings, issues } = scanText(rulesOf({ pattern }, { pattern: 'f()' }), 'a.py', 'f()\n');
      expect(issues.map((issue) => [issue.code, issue.ruleId])).toEqual([['rule-error', 'r0']]);
      expect(findings.map(({ ruleId }) => ruleId)).toEqual(['r1']);
    }
  });
});

describe('code that cannot be parsed', () => {
  test('in part: the rest is matched', () => {
    const { findings, issues } = scanText(rulesOf({ pattern: 'f($X)' }), 'a.py', 'f(1)\nx = = 2\nf(3)\n');
    expect(findings.map(({ start }) => start.line)).toEqual([1, 3]);
    expect(issues.map(({ code, spans }) => [code, spans.map(({ start }) => start.line)])).toEqual([
      ['partial-parsing', [2]],
    ]);
  });

  test('at all: text is matched still', () => {
    const rules = rulesOf({ pattern: 'f($X)' }, { languages: ['regex'], 'pattern-regex': 'f\\(' });
    const { findings, issues } = scanText(rules, 'a.py', '((((f(');
    expect([findings.map(({ ruleId }) => ruleId), issues.map(({ code }) => code)]).toEqual([['r1'], ['syntax-error']]);
  });
});

test('more than ten thousand matches are dropped, and the rule that has most of them is named', () => {
  const rules = rulesOf({ languages: ['regex'], 'pattern-regex': 'a' }, { languages: ['regex'], 'pattern-regex': 'b' });
  const { findings, issues } = scanText(rules, 'a.txt', `b${'a'.repeat(10_000)}`);
  expect(findings).toEqual([]);
  expect(issues.map(({ code, ruleId }) => [code, ruleId])).toEqual([['too-many-matches', 'r0']]);
});

describe('work that is not done', () => {
  function progressOf(rules: string, text: string): number[] {
    const progress: number[] = [];
    scannerOf(rules, { onProgress: (index) => progress.push(index) }).scan(pythonFile(text));
    return progress;
  }

  test.each([
    ['no rule can match: not parsed', 'g()', []],
    ['one rule can: parsed, matched, that rule evaluated', 'f(1)', [PARSING, MATCHING_ALL, 1]],
    ['a word in a comment counts', 'g()  # f', [PARSING, MATCHING_ALL, 1]],
  ])('%s', (_, text, expected) => {
    expect(progressOf(rulesOf({ pattern: 'h()' }, { pattern: 'f($X)' }), text)).toEqual(expected);
  });

  test('excluded rules, and those that do not apply to the file', () => {
    const rules = rulesOf({ pattern: 'f()' }, { pattern: 'f()' }, { pattern: 'f()' });
    const scanner = scannerOf(rules, { applies: ({ id }) => id !== 'r2' });
    const found = scanner.scan(pythonFile('f()'), new Set([0])).findings;
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['r1']);
  });

  test('a file of another language is for text rules only', () => {
    const rules = rulesOf({ pattern: 'f()' }, { languages: ['generic'], pattern: 'f()' });
    const { findings } = scannerOf(rules).scan({ path: 'a.rb', text: 'f()', languages: ['ruby'] });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['r1']);
  });
});

describe('findings', () => {
  test('in the order of their places, then by rule, each once', () => {
    const rules = rulesOf(
      { id: 'b', pattern: 'f($X)' },
      { id: 'a', pattern: 'f(...)' },
      { id: 'c', 'pattern-either': [{ pattern: 'f(1)' }, { pattern: 'f(2)' }, { pattern: 'f(...)' }] },
    );
    const { findings } = scanText(rules, 'a.py', 'f(f(1))\nf(2)\n');
    expect(findings.map(({ ruleId, start }) => `${ruleId} ${start.line}:${start.column}`)).toEqual([
      'a 1:1',
      'b 1:1',
      'c 1:1',
      'a 1:3',
      'b 1:3',
      'c 1:3',
      'a 2:1',
      'b 2:1',
      'c 2:1',
    ]);
  });

  test('count once where a message does not tell them apart', () => {
    const code = 'f(1, 2)';
    expect(scanText(rulesOf({ pattern: 'f(..., $X, ...)' }), 'a.py', code).findings).toHaveLength(1);
    expect(ruleMatches({ pattern: 'f(..., $X, ...)' }, code)).toHaveLength(2);
  });

  test('are marked where a comment suppresses them', () => {
    const code = 'f()  # nosemgrep\nf()  # nosemgrep: r0\nf()  # nosemgrep: other\nf()\n';
    const ignored = (suppressions: boolean) =>
      scannerOf(rulesOf({ pattern: 'f()' }), { suppressions })
        .scan(pythonFile(code))
        .findings.map((finding) => finding.ignored);
    expect(ignored(true)).toEqual([true, true, false, false]);
    expect(ignored(false)).toEqual([false, false, false, false]);
  });

  test('and suppressions that fit none are listed', () => {
    const { unmatchedSuppressions } = scannerOf(rulesOf({ pattern: 'f()' })).scan(
      pythonFile('f()  # nosemgrep: other\n'),
    );
    expect(unmatchedSuppressions).toEqual([{ path: 'a.py', line: 1, id: 'other', ruleId: 'r0' }]);
  });
});

test('time is measured per rule where asked for', () => {
  let now = 0;
  const options = { now: () => now++, timeRules: true };
  const { timing } = scannerOf(rulesOf({ pattern: 'f()' }, { pattern: 'f(1)' }), options).scan(pythonFile('f()'));
  expect(Object.keys(timing.rules)).toEqual(['r0', 'r1']);
  expect(timing.parse).toBeGreaterThan(0);
  expect(timing.match).toBeGreaterThan(0);
});

test('what rules out rules before matching rules out none that match', { timeout: 60_000 }, () => {
  const property = fc.property(ruleFile, pythonProgram, (yaml, code) => {
    // Rules of text would match the words that are added.
    fc.pre(!/regex|generic|analysis/.test(yaml));
    const words = yaml.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
    const found = (text: string) => {
      const { findings } = scannerOf(yaml).scan(pythonFile(text));
      return findings.map(({ ruleId, start, end, message }) => [ruleId, start, end, message]);
    };
    expect(found(code)).toEqual(found(`${code}# ${words.join(' ')}\n`));
  });
  fc.assert(property, { numRuns: 40 });
});
