import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadModels } from '../rules/load-models.ts';
import { loadRules } from '../rules/load-rules.ts';
import { asFiles, type ProgramTexts, placesIn } from '../testing/flow-program.ts';
import { programs } from '../testing/generate-programs.ts';
import { languages, scannerOptions } from '../testing/load-engine.ts';
import type { KnownSummaries } from './known-summaries.ts';
import { MATCHING_ALL } from './progress.ts';
import type { FileReport } from './report.ts';
import { Scanner } from './scanner.ts';

const { models } = loadModels([
  {
    path: 'common.yaml',
    text: `models:
  - name: common
    description: What several rules know.
    languages: [python]
    pattern-sources: [{pattern: src()}]
    propagators: [{pattern: "$TO.m($FROM)", from: $FROM, to: $TO}]
`,
  },
]);

function flowRule(id: string, more: object): object {
  const common = { mode: 'taint', languages: ['python'], severity: 'ERROR', message: 'm of $X' };
  return { id, ...common, 'pattern-sources': [], 'pattern-sinks': [{ pattern: 'sink($X)' }], ...more };
}

const SOURCE = [{ pattern: 'src()' }];
const RULES = [
  flowRule('plain', { 'pattern-sources': SOURCE }),
  flowRule('shared', { options: { models: ['common'] }, 'pattern-sources': undefined }),
  flowRule('shared-too', {
    options: { models: ['common'] },
    'pattern-sources': undefined,
    'pattern-sanitizers': [{ pattern: 'f0(...)' }],
  }),
  flowRule('labelled', {
    'pattern-sources': [
      { pattern: 'src()', label: 'A' },
      { pattern: '$O.a', label: 'B', requires: 'A' },
    ],
    'pattern-sinks': [{ pattern: 'sink(...)', requires: 'B' }],
  }),
];

/** Scans at project depth, and counts how often all rules look for what they match in a file. */
class Scans {
  matched = 0;
  readonly #scanner: Scanner;

  constructor(...rules: object[]) {
    const { rules: loaded, problems } = loadRules(JSON.stringify({ rules }), 'rules.yaml', { models });
    expect(problems).toEqual([]);
    const onProgress = (place: number): void => {
      if (place === MATCHING_ALL) this.matched++;
    };
    this.#scanner = new Scanner(loaded, languages, { ...scannerOptions, depth: 'project', onProgress });
  }

  run(texts: ProgramTexts, summaries: KnownSummaries | null = null): { reports: Report[]; known: KnownSummaries } {
    this.matched = 0;
    const known = { ends: () => null, summaries, keepsSummaries: true };
    const report = this.#scanner.scanProject(asFiles(texts), new Set(), known);
    // What goes through a file of JSON on its way to the next run.
    return { reports: report.reports.map(withoutTimes), known: JSON.parse(JSON.stringify(report.summaries)) };
  }
}

type Report = Omit<FileReport, 'timing'>;

function withoutTimes({ timing: _, ...report }: FileReport): Report {
  return report;
}

test('summaries that are kept make no difference to what is found', { timeout: 120_000 }, () => {
  const scans = new Scans(...RULES);
  const path = fc.constantFrom('m0.py', 'm1.py', 'm2.py', 'other.py', 'm0/__init__.py');
  const edit = fc.record({ path, isRemoved: fc.boolean() });
  fc.assert(
    fc.property(programs, programs, edit, (before, other, { path, isRemoved }) => {
      const first = scans.run(before);
      const again = scans.run(before, first.known);
      expect(again.reports).toEqual(first.reports);
      const after = { ...before, [path]: other[path] ?? other['m0.py'] ?? '' };
      if (isRemoved) delete after[path];
      const fresh = scans.run(after);
      const warm = scans.run(after, again.known);
      expect(warm.reports).toEqual(fresh.reports);
      // And back, by what was known of the edited one.
      expect(scans.run(before, warm.known).reports).toEqual(first.reports);
    }),
    { numRuns: 60 },
  );
});

const PLAIN = RULES.slice(0, 1);

/** Scans a project, then an edited one by what is known of the first; holds that to what a scan finds that knows nothing. */
function found(before: ProgramTexts, after: ProgramTexts): string[] {
  const scans = new Scans(...PLAIN);
  const warm = scans.run(after, scans.run(before).known);
  expect(warm.reports).toEqual(scans.run(after).reports);
  return placesIn(warm.reports);
}

const GIVEN = {
  'takes.py': 'def take(o, x):\n  o.m(x)\n',
  'main.py': 'from kinds import Kind\nfrom takes import take\ntake(Kind(), src())\n',
};

test('a function depends on the classes of what it is given, which it need not name', () => {
  const before = { ...GIVEN, 'kinds.py': 'class Kind:\n  def n(self, x):\n    sink(x)\n' };
  const after = { ...GIVEN, 'kinds.py': 'class Kind:\n  def m(self, x):\n    sink(x)\n' };
  expect(found(before, after)).toEqual(['kinds.py:3']);
  expect(found(after, before)).toEqual([]);
});

test('a module that comes to stand nearer takes the place of another', () => {
  const before = { 'a/b.py': 'def f(x):\n  pass\n', 'c/main.py': 'from b import f\nf(src())\n' };
  const after = { ...before, 'c/b.py': 'def f(x):\n  sink(x)\n' };
  expect(found(before, after)).toEqual(['c/b.py:2']);
  expect(found(after, before)).toEqual([]);
});

test('which sorts of values are told apart depends on all who give them', () => {
  const apply = { 'z.py': 'def apply(g, x):\n  return g(x)\n' };
  const callers = Object.fromEntries(
    [0, 1, 2, 3, 4].map((i) => [
      `c${i}.py`,
      `from z import apply\ndef g${i}(v):\n  return "text"\ndef run(x):\n  sink(apply(g${i}, x))\nrun(src())\n`,
    ]),
  );
  const { 'c0.py': _, ...others } = callers;
  expect(found({ ...apply, ...callers }, { ...apply, ...others })).toEqual([]);
  expect(found({ ...apply, ...others }, { ...apply, ...callers })).toEqual(['c4.py:5']);
});

const PROJECT = {
  'main.py': 'from web import read\nfrom db import run\ndef main():\n  run(read())\n',
  'web.py': 'def read():\n  return src()\n',
  'db.py': 'from text import clean\ndef run(x):\n  sink(clean(x))\n(\n',
  'text.py': 'def clean(x):\n  return "text"\n(\n',
};

test('where nothing has changed, nothing is looked for again, and faults of files are still told', () => {
  const scans = new Scans(...PLAIN);
  const first = scans.run(PROJECT);
  const matchedAtFirst = scans.matched;
  const again = scans.run(PROJECT, first.known);
  // Where flows may begin and end is known by other means, of which this scan has none.
  const ends = 2;
  expect({ matchedAtFirst, again: scans.matched }).toEqual({ matchedAtFirst: 4 + ends, again: ends });
  expect(again.reports).toEqual(first.reports);
  expect(placesIn(again.reports)).toEqual([]);
  const issues = again.reports.flatMap((report) => report.issues.map(({ code, path }) => `${path} ${code}`));
  expect(issues).toEqual(['db.py partial-parsing', 'text.py partial-parsing']);
});

test('what is kept is of use for what does not depend on the edit', () => {
  const scans = new Scans(...PLAIN);
  const { known } = scans.run(PROJECT);
  const after = { ...PROJECT, 'main.py': `${PROJECT['main.py']}  sink(read())\n` };
  const warm = scans.run(after, known);
  expect(placesIn(warm.reports)).toEqual(['main.py:5']);
  const matched = scans.matched;
  const fresh = scans.run(after);
  expect(warm.reports).toEqual(fresh.reports);
  expect(matched).toBeLessThan(scans.matched);
});

test('a rule that is changed knows nothing; nor is anything known of a file that could not be parsed', () => {
  const { known } = new Scans(...PLAIN).run(PROJECT);
  const changed = new Scans(
    flowRule('plain', { 'pattern-sources': SOURCE, 'pattern-sanitizers': [{ pattern: 'f()' }] }),
  );
  changed.run(PROJECT, known);
  const matched = changed.matched;
  changed.run(PROJECT);
  expect(matched).toBe(changed.matched);
  const deep = { ...PROJECT, 'text.py': `def clean(x):\n  return ${'-'.repeat(20_000)}1\n` };
  const { dependencies } = new Scans(...PLAIN).run(deep).known.summaries;
  expect(dependencies.map(([name]) => name)).toContain('file:web.py');
  expect(dependencies.map(([name]) => name)).not.toContain('file:text.py');
});
