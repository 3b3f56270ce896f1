import { describe, expect, test } from 'vitest';
import { ruleMatches } from '../../testing/load-engine.ts';

const RULE = {
  mode: 'taint',
  'pattern-sources': [{ pattern: 'src()' }],
  'pattern-sanitizers': [
    { pattern: '"/" in $X', 'clean-if-false': '$X' },
    { pattern: '"/" not in $X', 'clean-if-true': '$X' },
    { pattern: 'same($X, $Y)', 'clean-if-true': '$X', 'clean-if-false': '$Y' },
    { pattern: 'any($C in $X for $C in $BAD)', 'clean-if-false': '$X' },
  ],
  'pattern-sinks': [{ pattern: 'sink(...)' }],
};

/** The body of a function in which `t` is tainted. */
const CASES: Record<string, string> = {
  'early return': 'if "/" in t:\n  return\nsink(t)',
  'early raise': 'if "/" in t:\n  raise ValueError\nsink(t)',
  'on the other branch': 'if "/" in t:\n  sink(t)  # reported\nelse:\n  sink(t)\nsink(t)  # reported',
  'the opposite test': 'if "/" not in t:\n  sink(t)\nsink(t)  # reported',
  'not a test of this rule': 'if "x" in t:\n  return\nsink(t)  # reported',
  not: 'if not "/" in t:\n  sink(t)\nelse:\n  sink(t)  # reported',
  or: 'if p or "/" in t:\n  return\nsink(t)',
  and: 'if p and "/" in t:\n  return\nsink(t)  # reported',
  'in the same expression': 'p = "/" in t or sink(t)\nq = "/" in t and sink(t)  # reported',
  conditional: 'x = t if "/" not in t else ""\nsink(x)',
  comprehension: 'sink([x for x in t if "/" not in x])\nsink([x for x in t if "/" in x])  # reported',
  loop: 'while "/" in t:\n  t = t[1:]\nsink(t)',
  'assert, which an option leaves out': 'assert "/" not in t\nsink(t)  # reported',
  field: 'o.f = t\nif "/" in o.f:\n  return\nsink(o.f)\nsink(t)  # reported',
  'written afterwards': 'if "/" in t:\n  return\nt = src()\nsink(t)  # reported',
  'made before': 'x = t + "a"\nif "/" in t:\n  return\nsink(x)  # reported',
  'two places': 'u = src()\nif same(t, u):\n  sink(t)\n  sink(u)  # reported\nelse:\n  sink(t)  # reported\n  sink(u)',
  'inner test': 'if any(c in t for c in "/."):\n  return\nsink(t)',
  'result of another test': 'if f("/" in t):\n  return\nsink(t)  # reported',
};

describe('sanitizers that are tests', () => {
  test.each(Object.entries(CASES))('%s', (_name, body) => {
    const code = `def f(p, o):\n  t = src()\n${body.replace(/^/gm, '  ')}\n`;
    const expected = code.split('\n').flatMap((line, i) => (line.endsWith('# reported') ? [i + 1] : []));
    expect([...new Set(ruleMatches(RULE, code).map(({ line }) => line))].sort((a, b) => a - b)).toEqual(expected);
  });
});
