import { expect, test } from 'vitest';
import { ruleMatches } from '../../testing/load-engine.ts';
import type { FlowDepth } from '../depth.ts';

/** A place, or a call, that is a source as a whole: what it belongs to is none. */
const SOURCES = [{ pattern: '$X.secret' }, { pattern: '$X.ask(...)' }];

const CASES: Record<string, string> = {
  'a field': 'def f(r):\n  sink(r.secret)  # reported\n  sink(r)\n  sink(r.other)',
  'the object before': 'def f(r):\n  use(r.secret + sink(r))',
  'a field of the field': 'def f(r):\n  sink(r.a.secret.b)  # reported\n  sink(r.a.c)',
  'what a method of the name returns': 'def f(r):\n  sink(r.secret())  # reported',
  'the object of a method of the name':
    'class R:\n  def secret(self):\n    sink(self.a)\n    return 1\ndef f():\n  r = R()\n  r.secret()',
  'what a method of the name is given': 'class R:\n  def secret(self, x):\n    sink(x)\ndef f():\n  R().secret(1)',
  'the object of a call': 'class R:\n  def ask(self):\n    sink(self.a)\ndef f(r: R):\n  r.ask()',
  'what the call returns': 'class R:\n  def ask(self):\n    return 1\ndef f(r: R):\n  sink(r.ask())  # reported',
};

test.each(Object.keys(CASES))('%s', (name) => {
  const code = CASES[name] ?? '';
  expect(reportedLines(code)).toEqual(expectedLines(code));
});

test.each(['function', 'file'] as const)('returned where unknown functions are safe, at depth %s', (depth) => {
  const options = { taint_assume_safe_functions: true };
  const code = 'def f(r):\n  sink(r.secret())  # reported\n  sink(r.other())';
  expect(reportedLines(code, options, depth)).toEqual(expectedLines(code));
});

function reportedLines(code: string, options: Record<string, boolean> = {}, depth: FlowDepth = 'file'): number[] {
  const rule = { mode: 'taint', options, 'pattern-sources': SOURCES, 'pattern-sinks': [{ pattern: 'sink(...)' }] };
  return [...new Set(ruleMatches(rule, code, depth).map(({ line }) => line))].sort((a, b) => a - b);
}

function expectedLines(code: string): number[] {
  return code.split('\n').flatMap((line, i) => (line.endsWith('# reported') ? [i + 1] : []));
}
