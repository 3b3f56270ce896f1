import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { fingerprint, fingerprintText, numberFingerprints } from './fingerprint.ts';

const blake2b512 = (text: string) => createHash('blake2b512').update(text, 'utf8').digest('hex');
const value = (abstractContent: string) => ({ abstractContent });

describe('fingerprintText', () => {
  const source = { formulaString: 'eval($X) import $XY', path: './src//a.py', ruleId: 'rules.my-eval' };

  it('spells the tuple as Python does', () => {
    expect(fingerprintText({ ...source, metavariables: { $X: value("it's") } })).toBe(
      "(\"eval(it's) import it'sY\", PosixPath('src/a.py'), 'rules.my-eval')",
    );
  });
  it('replaces the longest names first', () => {
    expect(fingerprintText({ ...source, metavariables: { $X: value('x'), $XY: value('xy') } })).toBe(
      "('eval(x) import xy', PosixPath('src/a.py'), 'rules.my-eval')",
    );
  });
  it('takes what a metavariable holds literally', () => {
    expect(fingerprintText({ ...source, metavariables: { $X: value('$&$1') } })).toContain("'eval($&$1) import");
  });
});

// Hashed by Semgrep's own recipe in Python.
test.each([
  [
    { formulaString: 'eval($X)', path: 'src/a.py', ruleId: 'my-eval', metavariables: { $X: value('x+1') } },
    '5a7fd6f7732a135a856b764907bef6da09088ac581e3c9156088164a8d2a389d777a538076e13cd3c9848b113ec8f3ee6e488221c58d326d0ae91c4784e31c06',
  ],
  [
    { formulaString: "it's $X \n", path: './a b.py', ruleId: 'r', metavariables: {} },
    'e0fda545859badae5c3f9e9884e83f0e2b8839db523e0a42a84fb8c5900c8e05f850ef80dfe7038474527c0ecbdb5ebe3a891860898d58d5c8fea9fe79ca6b50',
  ],
])('fingerprint %#', (source, expected) => {
  expect(fingerprint(source, blake2b512)).toBe(expected);
});

test('equal fingerprints are numbered in report order', () => {
  const findings = ['a', 'b', 'a', 'a', 'b'].map((fingerprint) => ({ fingerprint }));
  expect(numberFingerprints(findings)).toEqual(['a_0', 'b_0', 'a_1', 'a_2', 'b_1']);
});
