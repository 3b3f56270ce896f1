import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadRules } from '../rules/load-rules.ts';
import { asFiles, FLOW_RULE, type ProgramTexts, placesIn } from '../testing/flow-program.ts';
import { programs } from '../testing/generate-programs.ts';
import { languages, scannerOptions } from '../testing/load-engine.ts';
import type { KnownSummaries } from './known-summaries.ts';
import { Scanner } from './scanner.ts';

interface Scanned {
  places: string[];
  summaries: KnownSummaries | null;
}

/** What is found in a program, where summaries are known from another that was scanned before. */
function scan(texts: ProgramTexts, summaries: KnownSummaries | null = null): Scanned {
  const { rules } = loadRules(JSON.stringify({ rules: [FLOW_RULE] }), 'rules.yaml');
  const scanner = new Scanner(rules, languages, { ...scannerOptions, depth: 'project' });
  const report = scanner.scanProject(asFiles(texts), new Set(), { ends: () => null, summaries, keepsSummaries: true });
  return { places: placesIn(report.reports), summaries: report.summaries };
}

/** After the change of a program, as if nothing had been known of it. */
function expectChangeToBeSeen(before: ProgramTexts, after: ProgramTexts): void {
  const { summaries } = scan(before);
  expect(scan(after, JSON.parse(JSON.stringify(summaries))).places).toEqual(scan(after).places);
}

const TABLES = 'TABLE = {}\ndef register(name):\n  def wrap(fn):\n    TABLE[name] = fn\n    return fn\n  return wrap\n';
const PROGRAM = {
  'a.py': 'from tables import TABLE\ndef run(k, x):\n  TABLE[k](x)\ndef f(k):\n  run(k, src())',
  'tables.py': TABLES,
  'c.py': 'from tables import register\n@register("a")\ndef one(q):\n  sink(q)\ndef two(q):\n  sink(q)',
};
const REGISTRY = {
  'a.py': 'from b import registry\ndef f(k):\n  registry.run(src())',
  'b.py':
    'class Registry:\n  def __init__(self):\n    self.kept = []\n  def add(self, fn):\n    self.kept.append(fn)\n  def run(self, x):\n    for one in self.kept:\n      one(x)\n',
  'd.py': 'from b import Registry\nregistry = Registry()',
  'c.py': 'from d import registry\ndef one(q):\n  sink(q)\n',
};

const CHANGES: Record<string, [before: ProgramTexts, change: ProgramTexts, found: string[]]> = {
  'another function is registered': [
    PROGRAM,
    { 'c.py': PROGRAM['c.py'].replace('def two', '@register("b")\ndef two') },
    ['c.py:4', 'c.py:7'],
  ],
  'none is any more': [PROGRAM, { 'c.py': PROGRAM['c.py'].replace('@register("a")\n', '') }, []],
  'one in a new file is': [
    PROGRAM,
    { 'd.py': 'import tables\n@tables.register("c")\ndef three(q):\n  sink(q)' },
    ['c.py:4', 'd.py:4'],
  ],
  'the decorator registers nothing': [PROGRAM, { 'tables.py': TABLES.replace('TABLE[name] = fn', 'pass') }, []],
  'a method of an object registers': [
    { ...REGISTRY, 'a.py': REGISTRY['a.py'].replace('from b', 'from d') },
    { 'c.py': 'from d import registry\ndef one(q):\n  sink(q)\nregistry.add(one)' },
    ['c.py:3'],
  ],
  'its name is rare enough for objects of any name': [
    {
      ...REGISTRY,
      'a.py': REGISTRY['a.py'].replace('from b', 'from d'),
      'c.py': 'from b import Registry\ndef one(q):\n  sink(q)\ndef set_up(r: Registry):\n  r.add(one)',
      'e.py': 'def add():\n  pass\n'.repeat(9),
    },
    { 'e.py': '' },
    ['c.py:3'],
  ],
  'the object is of a derived class': [
    {
      ...REGISTRY,
      'a.py': REGISTRY['a.py'].replace('from b', 'from d'),
      'c.py': 'from d import registry\ndef one(q):\n  sink(q)\nregistry.add(one)',
      'd.py': 'class Own:\n  pass\nregistry = Own()',
    },
    { 'd.py': 'from b import Registry\nclass Own(Registry):\n  pass\nregistry = Own()' },
    ['c.py:3'],
  ],
};

test('what is named in very many files is not looked for', () => {
  const using = (count: number): ProgramTexts => {
    const users = Array.from({ length: count }, (_, i) => [`u${i}.py`, 'from tables import register\n'] as const);
    return { ...PROGRAM, ...Object.fromEntries(users) };
  };
  expect(scan(using(62)).places).toEqual(['c.py:4']);
  expect(scan(using(63)).places).toEqual([]);
  expectChangeToBeSeen(using(62), using(63));
  expectChangeToBeSeen(using(63), using(62));
});

test.each(Object.entries(CHANGES))(
  'a change is seen in what was known before: %s',
  (_name, [before, change, found]) => {
    const after = { ...before, ...change };
    expect(scan(after).places).toEqual(found);
    expectChangeToBeSeen(before, after);
    expectChangeToBeSeen(after, before);
  },
);

test('any change is seen in what was known before', { timeout: 60_000 }, () => {
  const paths = fc.subarray(['m0.py', 'm1.py', 'm2.py', 'tables.py'], { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(programs, programs, paths, (before, other, changed) => {
      const change = Object.fromEntries(changed.map((path) => [path, other[path] ?? '']));
      expectChangeToBeSeen(before, { ...before, ...change });
    }),
    { numRuns: 100 },
  );
});
