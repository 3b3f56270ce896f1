import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BaselineScope,
  baselineSize,
  compareBaseline,
  EMPTY_BASELINE,
  nextBaseline,
  readBaseline,
  renderBaseline,
} from './baseline.ts';
import type { FindingPlace } from './finding-place.ts';

const A = '00000000000000aa';
const B = '00000000000000bb';

function place(path: string, symbol: string, finding: string, guardrail = 'no-eval'): FindingPlace {
  return { guardrail, path, symbol, finding };
}

const ALL: BaselineScope = { isGone: () => false, wasLookedAt: () => true };

function baselineOf(...places: FindingPlace[]) {
  const comparison = compareBaseline(EMPTY_BASELINE, places, ALL);
  return nextBaseline(EMPTY_BASELINE, places, comparison, { prune: false, growth: null });
}

test('a baseline is written one finding a line, sorted, and read again', () => {
  const baseline = {
    ...baselineOf(place('b.py', '', A), place('a.py', 'C.f', B), place('a.py', 'C.f', B), place('é "x".py', 'on', A)),
    growth: [{ date: '2026-01-31', who: 'Ada <ada@acme.example>', reason: 'import: old code', added: 2 }],
  };
  const text = renderBaseline(baseline);
  expect(text).toMatchInlineSnapshot(`
    "# Findings that were there before: only what is new counts, and the numbers may only fall.
    # Written by \`lockstep baseline write\`.
    findings:
      - { guardrail: no-eval, path: a.py, symbol: C.f, finding: "00000000000000bb", count: 2 }
      - { guardrail: no-eval, path: b.py, finding: "00000000000000aa", count: 1 }
      - { guardrail: no-eval, path: "é \\"x\\".py", symbol: "on", finding: "00000000000000aa", count: 1 }
    growth:
      - { date: 2026-01-31, who: "Ada <ada@acme.example>", reason: "import: old code", added: 2 }
    "
  `);
  expect(readBaseline(text, 'baseline.yaml')).toEqual({ value: baseline, problems: [] });
  expect(readBaseline(renderBaseline(EMPTY_BASELINE), 'baseline.yaml').value).toEqual(EMPTY_BASELINE);
});

test.each([
  ['findings: [{ path: a.py, finding: "00" }]', ['expected the key `guardrail`', 'is not the identity of a finding']],
  ['findings: [{ guardrail: x, path: a.py, finding: "00000000000000aa", count: 0 }]', ['0 is too small']],
  ['growth: [{ date: soon, who: x, reason: y, added: 1 }]', ['`soon` is not a date']],
  ['- a', ['expected a mapping: a baseline']],
  ['findings: [', ['closing bracket']],
])('%j is refused', (text, messages) => {
  const { value, problems } = readBaseline(text, 'baseline.yaml');
  expect(value).toBeNull();
  for (const message of messages) expect(problems.map((each) => each.message).join('\n')).toContain(message);
});

describe('what is known', () => {
  test('one old finding does not excuse two', () => {
    const { isKnown } = compareBaseline(
      baselineOf(place('a.py', 'f', A)),
      [place('a.py', 'f', A), place('a.py', 'f', A)],
      ALL,
    );
    expect(isKnown).toEqual([true, false]);
  });

  test('code that moves within its file is known, the closest first', () => {
    const baseline = baselineOf(place('a.py', 'f', A), place('a.py', 'g', A));
    const { isKnown, present } = compareBaseline(baseline, [place('a.py', 'h', A), place('a.py', 'g', A)], ALL);
    expect(isKnown).toEqual([true, true]);
    expect(present.map(({ symbol }) => symbol)).toEqual(['g', 'h']);
  });

  test('a file that was renamed is known, one that was copied is not', () => {
    const baseline = baselineOf(place('a.py', 'f', A), place('a.py', '', B));
    const fresh = [place('new.py', 'f', A), place('new.py', '', B)];
    const gone = { ...ALL, isGone: (path: string) => path === 'a.py' };
    expect(compareBaseline(baseline, fresh, gone)).toMatchObject({ isKnown: [true, true], fixed: [] });
    expect(compareBaseline(baseline, fresh, ALL).isKnown).toEqual([false, false]);
  });

  test('of two files, the one with more in common is what the file has become', () => {
    const baseline = baselineOf(place('a.py', '', A), place('a.py', '', B));
    const fresh = [place('b.py', '', A), place('c.py', '', A), place('c.py', '', B)];
    const { isKnown } = compareBaseline(baseline, fresh, { ...ALL, isGone: (path) => path === 'a.py' });
    expect(isKnown).toEqual([false, true, true]);
  });

  test('a file that is gone leaves nothing to files with findings of their own', () => {
    const baseline = baselineOf(place('a.py', '', A), place('b.py', '', B));
    const { isKnown, fixed } = compareBaseline(baseline, [place('b.py', '', B), place('b.py', '', A)], {
      ...ALL,
      isGone: (path) => path === 'a.py',
    });
    expect(isKnown).toEqual([true, false]);
    expect(fixed).toEqual([{ ...place('a.py', '', A), count: 1 }]);
  });
});

test('what nobody looked at is not fixed', () => {
  const baseline = baselineOf(place('a.py', '', A), place('b.py', '', A));
  const comparison = compareBaseline(baseline, [], { ...ALL, wasLookedAt: ({ path }) => path === 'a.py' });
  expect(comparison.fixed.map(({ path }) => path)).toEqual(['a.py']);
  expect(
    nextBaseline(baseline, [], comparison, { prune: true, growth: null }).findings.map(({ path }) => path),
  ).toEqual(['b.py']);
  expect(nextBaseline(baseline, [], comparison, { prune: false, growth: null })).toEqual(baseline);
});

test('growth is recorded', () => {
  const baseline = baselineOf(place('a.py', '', A));
  const findings = [place('a.py', '', A), place('a.py', '', B)];
  const growth = { date: '2026-01-31', who: 'Ada', reason: 'vendored' };
  const next = nextBaseline(baseline, findings, compareBaseline(baseline, findings, ALL), { prune: false, growth });
  expect(next.growth).toEqual([{ ...growth, added: 1 }]);
  expect(baselineSize(next)).toBe(2);
});

const anyPlace = fc
  .tuple(fc.constantFrom('a.py', 'b.py', 'c.py'), fc.constantFrom('', 'f', 'g'), fc.constantFrom(A, B))
  .map(([path, symbol, finding]) => place(path, symbol, finding));

test('whatever happens to the code, what is known never exceeds what was allowed, in any file', () => {
  fc.assert(
    fc.property(
      fc.array(anyPlace),
      fc.array(anyPlace),
      fc.subarray(['a.py', 'b.py', 'c.py']),
      (before, after, gone) => {
        const baseline = baselineOf(...before);
        const findings = after.filter(({ path }) => !gone.includes(path));
        const scope = { isGone: (path: string) => gone.includes(path), wasLookedAt: () => true };
        const comparison = compareBaseline(baseline, findings, scope);
        const known = findings.filter((_, at) => comparison.isKnown[at]);
        for (const finding of [A, B]) {
          const count = (list: FindingPlace[]) => list.filter((each) => each.finding === finding).length;
          expect(count(known)).toBeLessThanOrEqual(count(before));
          for (const path of new Set(before.map((each) => each.path))) {
            const inFile = (list: FindingPlace[]) => count(list.filter((each) => each.path === path));
            expect(inFile(known)).toBeLessThanOrEqual(inFile(before));
          }
        }
        const pruned = nextBaseline(baseline, findings, comparison, { prune: true, growth: null });
        expect(baselineSize(pruned)).toBe(findings.length);
        expect(readBaseline(renderBaseline(pruned), 'b.yaml').value).toEqual(pruned);
      },
    ),
  );
});
