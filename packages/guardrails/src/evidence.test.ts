import { expect, test } from 'vitest';
import { demandOf, type Evidence, evidenceSummary, missingEvidence, stageAbove, stageBelow } from './evidence.ts';
import type { Guardrail } from './guardrail.ts';
import { precisionOf } from './ledger/triage.ts';
import { readGuardrail } from './read-guardrail.ts';

function guardrail(more = ''): Guardrail {
  const text = `id: sample
promise: Nothing is left to chance.
weakness: CWE-330
owners: { security: "@acme/appsec", engineering: "@acme/web" }
stage: monitor
${more}`;
  const { guardrail: read, problems } = readGuardrail(text, 'guardrail.yaml', 'sample');
  expect(problems).toEqual([]);
  return read as Guardrail;
}

function precision(right: number, wrong: number) {
  const place = { guardrail: 'sample', path: 'a', symbol: '', date: '2026-01-01', who: 'x', why: 'y' };
  const entry = (verdict: 'true' | 'false', at: number) => ({
    ...place,
    finding: `00000000000000aa:${at + 1}`,
    verdict,
  });
  const all = Array.from({ length: right + wrong }, (_, at) => entry(at < right ? 'true' : 'false', at));
  return precisionOf(all, 'sample');
}

const ENOUGH: Evidence = {
  tests: { passed: 4, failed: 0 },
  findings: { open: 0, known: 3 },
  precision: precision(10, 0),
  exceptions: { all: 1, lapsed: 0 },
  isComplete: true,
};

test.each<[Partial<Evidence>, string[], string[]]>([
  [{}, [], []],
  [{ findings: { open: 1, known: 0 } }, [], ['1 finding is open and would fail builds: fix, except or baseline them']],
  [{ precision: precision(5, 0) }, [], ['5 findings have a verdict, and it takes 10 (lockstep triage)']],
  [{ precision: precision(19, 1) }, [], []],
  [{ precision: precision(18, 1) }, [], ['94.7 % of its findings were right, and it takes 95 %']],
])('%j is enough to comment, or to block', (over, comment, block) => {
  expect(missingEvidence(guardrail(), 'comment', { ...ENOUGH, ...over })).toEqual(comment);
  expect(missingEvidence(guardrail(), 'block', { ...ENOUGH, ...over })).toEqual(block);
});

test('everything that can be missing', () => {
  const nothing: Evidence = {
    tests: { passed: 1, failed: 2 },
    findings: { open: 2, known: 0 },
    precision: precision(0, 1),
    exceptions: { all: 3, lapsed: 2 },
    isComplete: false,
  };
  const own = { ...guardrail(), owners: { security: '@Acme/web', engineering: '@acme/web' } };
  expect(missingEvidence(own, 'block', nothing)).toMatchInlineSnapshot(`
    [
      "2 tests of its rules failed",
      "the scan was incomplete: findings may be missing",
      "1 finding has a verdict, and it takes 10 (lockstep triage)",
      "0 % of its findings were right, and it takes 95 %",
      "2 exceptions do not hold (lockstep exceptions)",
      "both of its owners are the same",
      "2 findings are open and would fail builds: fix, except or baseline them",
    ]
  `);
  expect(missingEvidence(own, 'comment', { ...nothing, tests: { passed: 0, failed: 0 } })[0]).toBe(
    'nothing tests its rules',
  );
});

test('a policy may ask for more, and not for less', () => {
  const strict = guardrail(
    'policy: { comment: { triaged: 20, precision: 0.5 }, block: { triaged: 3, precision: 0.99 } }',
  );
  expect(demandOf(strict, 'comment')).toEqual({ triaged: 20, precision: 0.8 });
  expect(demandOf(strict, 'block')).toEqual({ triaged: 10, precision: 0.99 });
});

test('the summary says what the decision rests on', () => {
  expect(evidenceSummary(ENOUGH)).toBe('4 of 4 tests passed; 10 triaged, 100 % right; 0 open, 3 known; 1 exception');
  const none = { ...ENOUGH, precision: precision(0, 0) };
  expect(evidenceSummary(none)).toBe('4 of 4 tests passed; 0 triaged; 0 open, 3 known; 1 exception');
});

test('stages follow each other', () => {
  expect([stageAbove('monitor'), stageAbove('comment'), stageAbove('block')]).toEqual(['comment', 'block', null]);
  expect([stageBelow('monitor'), stageBelow('comment'), stageBelow('block')]).toEqual([null, 'monitor', 'comment']);
});
