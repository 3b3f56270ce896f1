import { describe, expect, test } from 'vitest';
import { taintLines } from '../../testing/taint-lines.ts';

/** The body of a function in which `t` is tainted. */
function inFunction(body: string): string {
  return `OPEN = ['a', 'b']\nFIXED = frozenset({'a', 'b'})\nSWITCH = False\nOPEN.append(more())\ndef f(p):\n  t = src()\n${body.replace(/^/gm, '  ')}\n`;
}

const CASES: Record<string, Record<string, string>> = {
  'a branch that is never taken': {
    arithmetic: "n = 86\nif 7 * 42 - n > 200:\n  x = 'safe'\nelse:\n  x = t\nsink(x)",
    'the other one': "n = 106\nif 7 * 42 - n > 200:\n  x = 'safe'\nelse:\n  x = t\nsink(x)  # reported",
    elif: 'n = 2\nif n == 1:\n  sink(t)\nelif n == 2:\n  sink(t)  # reported\nelse:\n  sink(t)',
    conditional: "n = 1\nx = 'safe' if n > 0 else t\nsink(x)",
    'string index': "k = 'ABC'[1]\nif k == 'A':\n  sink(t)\nsink(t)  # reported",
    length: "if len('abc') > 3:\n  sink(t)",
    'and, or, not':
      'd = False\nif d and p:\n  sink(t)\nif not d or p:\n  sink(t)  # reported\nd and sink(t)\np and sink(t)  # reported',
    'in a literal': "m = 'w'\nif m in ('r', 'rb'):\n  sink(t)\nif m in 'rw':\n  sink(t)  # reported",
    none: 'd = None\nif d is not None:\n  sink(t)',
    'never entered loop': 'go = False\nwhile go:\n  sink(t)',
    'endless loop': 'while 1:\n  if p:\n    return\nsink(t)',
    'nested function': 'if False:\n  def g():\n    sink(src())  # reported',
    'a copy': 'a = 1\nb = a + 1\nif b == 3:\n  sink(t)',
    'f-string': "v = 2\nif f'v{v}' == 'v3':\n  sink(t)",
    'same on both branches': 'if p:\n  n = 1\nelse:\n  n = 1\nif n == 2:\n  sink(t)',
  },
  'a branch that may be taken': {
    parameter: 'if p == 1:\n  sink(t)  # reported',
    'different values': 'n = 1\nif p:\n  n = 2\nif n == 2:\n  sink(t)  # reported',
    'counted in a loop': 'n = 0\nwhile n < 3:\n  n += 1\nif n == 3:\n  sink(t)  # reported',
    'loop variable': 'n = 0\nfor n in p:\n  if n == 3:\n    sink(t)  # reported\n    break',
    'written by a nested function': 'n = 1\ndef g():\n  nonlocal n\n  n = 2\ng()\nif n == 2:\n  sink(t)  # reported',
    'set where an exception is caught':
      "try:\n  n = d['k']\n  n = 1\nexcept KeyError:\n  n = 2\nif n == 2:\n  sink(t)  # reported",
    'before the exception': 'n = 1\ntry:\n  n = 2\n  g()\n  n = 1\nexcept E:\n  if n == 2:\n    sink(t)  # reported',
    'suppressed exception': 'n = 1\nwith suppress(E):\n  g()\n  n = 2\nif n == 1:\n  sink(t)  # reported',
    'switch of the file': 'if SWITCH:\n  sink(t)  # reported',
    'assigned in an expression': 'n = 1\nif (n := p) == 2:\n  sink(t)  # reported',
    'deleted and bound': 'n = 1\nfor i, n in p:\n  pass\nif n == 2:\n  sink(t)  # reported',
    imported: 'n = 1\nwith open(p) as n:\n  if n == 2:\n    sink(t)  # reported',
    'bytes and strings': "n = b'a'\nif n != 'a':\n  sink(t)  # reported",
  },
  match: {
    'constant subject':
      "k = 'ABC'[1]\nmatch k:\n  case 'A':\n    sink(t)\n  case 'B' | 'C':\n    sink(t)  # reported\n  case _:\n    sink(t)\nsink(t)  # reported",
    default: 'match 3:\n  case 1:\n    sink(t)\n  case _:\n    sink(t)  # reported',
    guard: 'match 3:\n  case 3 if p:\n    pass\n  case _:\n    sink(t)  # reported',
    'negative number': 'match 1:\n  case -1:\n    pass\n  case _:\n    sink(t)  # reported',
    'unknown subject': "match p:\n  case 'a':\n    sink(t)  # reported\n  case 'b':\n    sink(t)  # reported",
    'all arms return': "match 'a':\n  case 'a':\n    return\nsink(t)",
    'subject that fits is clean': "match t:\n  case 'a' | 'b':\n    sink(t)\n  case x:\n    sink(x)  # reported",
    parts: 'match t:\n  case [x, {"k": y}]:\n    sink(x)  # reported\n    sink(y)  # reported',
  },
  'what has been checked': {
    'literal set': "if t in {'a', 'b'}:\n  sink(t)\nelse:\n  sink(t)  # reported\nsink(t)  # reported",
    'early return': "if t not in ('a', 'b'):\n  return\nsink(t)",
    'early end': "import sys\nif t not in ('a', 'b'):\n  sys.exit(1)\nsink(t)",
    'early abort': "from flask import abort as refuse\nif t not in ('a', 'b'):\n  refuse(404)\nsink(t)",
    'abort that is caught':
      "import flask\ntry:\n  if t not in ('a', 'b'):\n    flask.abort(404)\nexcept E:\n  sink(t)  # reported",
    'a method of that name': "if t not in ('a', 'b'):\n  p.abort()\nsink(t)  # reported",
    'early raise': "if t not in ('a', 'b'):\n  raise ValueError(t)\nsink(t)",
    'constant of the file': 'if t not in FIXED:\n  return\nsink(t)',
    'container that grows': 'if t not in OPEN:\n  return\nsink(t)  # reported',
    'container of a parameter': 'if t not in p:\n  return\nsink(t)  # reported',
    'container with an unknown': "if t in ('a', p):\n  sink(t)  # reported",
    'a string is no list of values': "if t in 'abc':\n  sink(t)  # reported",
    'equal to a constant': "if t == 'a':\n  sink(t)\nif t != 'a':\n  sink(t)  # reported",
    'one of two': "if t == 'a' or t == 'b':\n  sink(t)\nif t == 'a' or p:\n  sink(t)  # reported",
    both: "if p and t == 'a':\n  sink(t)",
    negated: 'if not t.isdigit():\n  return\nsink(t)',
    spelling: "if t.lower() in ['a', 'b']:\n  sink(t)",
    'letters and digits': 'if t.isalnum():\n  sink(t)',
    'no such method': 'if t.isprintable():\n  sink(t)  # reported',
    number: 'if isinstance(t, (int, float)):\n  sink(t)\nif isinstance(t, str):\n  sink(t)  # reported',
    'own field': "o.a = t\nif o.a == 'a':\n  sink(o.a)\nsink(o.a)  # reported",
    conditional: "sink(t if t in ('a', 'b') else 'a')\nsink('a' if t in ('a', 'b') else t)  # reported",
    comprehension:
      "sink([x for x in t if x in ('a', 'b')])\nsink([x for x in t if p])  # reported\nsink([t for x in p if t == 'a'])\nsink(t)  # reported",
    'in an operand': "t in ('a', 'b') and sink(t)\nt in ('a', 'b') or sink(t)  # reported",
    'before it is checked': "sink(t)  # reported\nif t == 'a':\n  pass",
    'reassigned after': "if t == 'a':\n  t = src()\n  sink(t)  # reported",
    while: "while t != 'a':\n  sink(t)  # reported\nsink(t)",
  },
  'what leaves': {
    return: 'if p:\n  t = 1\nelse:\n  return\nsink(t)',
    raise: 'if p:\n  raise E\nelse:\n  t = 1\nsink(t)',
    'one that stays': 'if p:\n  t = 1\n  return\nsink(t)  # reported',
  },
};

for (const [topic, cases] of Object.entries(CASES)) {
  describe(topic, () => {
    test.each(Object.entries(cases))('%s', (_name, body) => {
      const { found, expected } = taintLines(inFunction(body));
      expect(found).toEqual(expected);
    });
  });
}
