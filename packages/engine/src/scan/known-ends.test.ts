import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadRules } from '../rules/load-rules.ts';
import { asFiles, type ProgramTexts } from '../testing/flow-program.ts';
import { programs } from '../testing/generate-programs.ts';
import { languages, scannerOptions } from '../testing/load-engine.ts';
import type { KnownEnds } from './known-ends.ts';
import { PARSING } from './progress.ts';
import type { FileReport } from './report.ts';
import { type ProjectReport, Scanner } from './scanner.ts';

function flowRule(id: string, source: string, sink: string): object {
  const common = { mode: 'taint', languages: ['python'], severity: 'ERROR', message: 'm' };
  return { id, ...common, 'pattern-sources': [{ pattern: source }], 'pattern-sinks': [{ pattern: sink }] };
}

const FLOW = flowRule('flow', 'src()', 'sink(...)');
const OTHERS = [flowRule('handed-on', 'f1(...)', 'f2(...)'), flowRule('nowhere', 'src()', 'absent(...)')];

/** Scans at project depth, and counts how often something is parsed. */
class Scans {
  parsed = 0;
  readonly #scanner: Scanner;

  constructor(...rules: object[]) {
    const loaded = loadRules(JSON.stringify({ rules }), 'rules.yaml').rules;
    const onProgress = (place: number): void => {
      if (place === PARSING) this.parsed++;
    };
    this.#scanner = new Scanner(loaded, languages, { ...scannerOptions, depth: 'project', onProgress });
  }

  run(texts: ProgramTexts, ends: ReadonlyMap<string, KnownEnds> = new Map()): ProjectReport {
    this.parsed = 0;
    return this.#scanner.scanProject(asFiles(texts), new Set(), {
      ends: (path) => ends.get(path) ?? null,
      summaries: null,
      keepsSummaries: false,
    });
  }
}

function withoutTimes(reports: readonly FileReport[]): object[] {
  return reports.map(({ timing: _, ...report }) => report);
}

/** What goes through a file of JSON on its way to the next run. */
function kept(ends: ReadonlyMap<string, KnownEnds>): Map<string, KnownEnds> {
  return new Map(JSON.parse(JSON.stringify([...ends])));
}

test('what an earlier run knew makes no difference to what is found', { timeout: 60_000 }, () => {
  const scans = new Scans(FLOW, ...OTHERS);
  fc.assert(
    fc.property(programs, programs, fc.constantFrom('m0.py', 'm1.py', 'other.py'), (before, other, edited) => {
      const first = scans.run(before);
      const ends = kept(first.ends);
      expect(withoutTimes(scans.run(before, ends).reports)).toEqual(withoutTimes(first.reports));
      const after = { ...before, [edited]: other[edited] ?? '' };
      ends.delete(edited);
      const again = scans.run(after, ends);
      const fresh = scans.run(after);
      expect(withoutTimes(again.reports)).toEqual(withoutTimes(fresh.reports));
      for (const [path, { held }] of again.ends) {
        for (const [end, isThere] of Object.entries(fresh.ends.get(path)?.held ?? {})) {
          if (end in held) expect(held[end]).toBe(isThere);
        }
      }
    }),
    { numRuns: 100 },
  );
});

const PROJECT = {
  'a.py': 'from b import mid\nmid(src())\n',
  'b.py': 'def mid(x):\n  sink(x)\n(\n',
  // What is said of a source and of a sink here, and is neither, is only seen when they are parsed.
  'c.py': 'x = 1\n# src()\n(\n',
  'd.py': '"sink()"\n(\n',
  'e.py': '"sink()"\n',
};

test('files in which no flow begins or ends are not parsed again, and their faults are still told', () => {
  const scans = new Scans(FLOW);
  const first = scans.run(PROJECT);
  const parsedAtFirst = scans.parsed;
  const again = scans.run(PROJECT, kept(first.ends));
  expect({ parsedAtFirst, again: scans.parsed }).toEqual({ parsedAtFirst: 3, again: 2 });
  expect(withoutTimes(again.reports)).toEqual(withoutTimes(first.reports));
  const issues = again.reports.flatMap((report) => report.issues.map(({ code, path }) => `${path} ${code}`));
  expect(issues).toEqual(['b.py partial-parsing', 'c.py partial-parsing']);
  expect(again.reports.flatMap(({ findings }) => findings)).toHaveLength(1);
});

test('a rule that is changed is looked for anew; one that only stands elsewhere is not', () => {
  const ends = kept(new Scans(FLOW, ...OTHERS).run(PROJECT).ends);
  const moved = new Scans(...OTHERS, FLOW);
  moved.run(PROJECT, ends);
  expect(moved.parsed).toBe(2);
  const changed = new Scans({ ...FLOW, 'pattern-sanitizers': [{ pattern: 'clean(...)' }] });
  changed.run(PROJECT, ends);
  expect(changed.parsed).toBe(3);
});

test('of a file that could not be parsed nothing is kept', () => {
  const deep = `src(${'-'.repeat(20_000)}1)\nsink(1)\n`;
  const { reports, ends } = new Scans(FLOW).run({ 'a.py': 'sink(src())', 'deep.py': deep });
  expect(reports.map(({ issues }) => issues.map(({ code }) => code))).toEqual([[], ['syntax-error']]);
  expect([...ends.keys()]).toEqual(['a.py']);
});
