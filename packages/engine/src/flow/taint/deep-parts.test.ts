import { describe, expect, test } from 'vitest';
import { taintLines } from '../../testing/taint-lines.ts';

/** Parts that are too deep for their paths to be told apart: each is as what leads to it, and not as what stands beside it. */
const CASES: Record<string, Record<string, string>> = {
  'of what a function is given': {
    'the field': 'def show(a):\n  sink(a.b.c.d.e.x)  # reported\ndef f(a):\n  a.b.c.d.e.x = src()\n  show(a)',
    'another field': 'def show(a):\n  sink(a.b.c.d.e.y)\ndef f(a):\n  a.b.c.d.e.x = src()\n  show(a)',
    'another field on the way': 'def show(a):\n  sink(a.b.c.d.n.x)\ndef f(a):\n  a.b.c.d.e.x = src()\n  show(a)',
    'what it belongs to':
      'def show(a):\n  sink(a.b.c.d.e)  # reported\n  sink(a.b.c)  # reported\ndef f(a):\n  a.b.c.d.e.x = src()\n  show(a)',
    'a field of it': 'def show(a):\n  sink(a.b.c.d.e.x)  # reported\ndef f(a):\n  a.b.c.d = src()\n  show(a)',
    'a field of it that is known':
      'def show(a):\n  sink(a.b.c.d.x)\n  sink(a.b.c.d.y)  # reported\ndef f(a):\n  a.b.c.d = src()\n  a.b.c.d.x = 1\n  show(a)',
    'an element': "def show(a):\n  sink(a.b.c['d'].x)  # reported\ndef f(a):\n  a.b.c['d'].x = src()\n  show(a)",
    'another element': "def show(a):\n  sink(a.b.c['e'].x)\ndef f(a):\n  a.b.c['d'].x = src()\n  show(a)",
    'any element':
      "def show(a, k):\n  sink(a.b.c.d[k].x)  # reported\n  sink(a.b.c.d[k].y)\ndef f(a):\n  a.b.c.d['d'].x = src()\n  show(a, 1)",
    'two functions deep':
      'def one(d):\n  sink(d.e.g.h.x)  # reported\n  sink(d.e.g.h.y)\ndef show(a):\n  one(a.b.c.d)\ndef f(a):\n  a.b.c.d.e.g.h.x = src()\n  show(a)',
    'what it returns':
      'def get(a):\n  return a.b.c.d.e\ndef f(a):\n  a.b.c.d.e.x = src()\n  sink(get(a).x)  # reported\n  sink(get(a).y)',
    'through a call of itself':
      'def show(n):\n  sink(n.x)  # reported\n  sink(n.y)\n  show(n.next)\ndef f(n):\n  n.next.next.next.next.next.x = src()\n  show(n)',
    'by more names than are told apart':
      'def show(a):\n  sink(a.b.c.d.e.f.g.h.i.j.k.x)  # reported\ndef f(a):\n  a.b.c.d.e.f.g.h.i.j.k.x = src()\n  show(a)',
    'in objects that know each other':
      'class M:\n  def __init__(self, s):\n    self.all = {}\n    self.x = src()\n    self.y = s.y\n  def open(self, k):\n    if k in self.all:\n      self.all[k].show()\n    self.all[k] = C(self)\nclass C:\n  def __init__(self, m):\n    self.m = m\n  def show(self):\n    sink(self.m.x)  # reported\n    sink(self.m.y)\ndef f(s):\n  m = M(s)\n  m.open(1)\n  m.open(2)',
  },
  'of a variable': {
    'another field': 'def f(a):\n  a.b.c.d.e.g.x = src()\n  sink(a.b.c.d.e.g.x)  # reported\n  sink(a.b.c.d.e.g.y)',
  },
};

describe.each(Object.keys(CASES))('%s', (group) => {
  test.each(Object.keys(CASES[group] ?? {}))('%s', (name) => {
    const { found, expected } = taintLines(CASES[group]?.[name] ?? '');
    expect(found).toEqual(expected);
  });
});
