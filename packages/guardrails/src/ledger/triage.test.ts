import { expect, test } from 'vitest';
import {
  precisionByGuardrail,
  readTriage,
  renderTriage,
  type TriageEntry,
  verdictsOn,
  wilsonInterval,
  withVerdict,
} from './triage.ts';

const A = '00000000000000aa';

function entry(over: Partial<TriageEntry> = {}): TriageEntry {
  const place = { guardrail: 'no-eval', path: 'a.py', symbol: 'f', finding: A };
  return { ...place, verdict: 'true', date: '2026-01-31', who: 'Ada', why: 'reaches users', ...over };
}

test('verdicts are written sorted, a block each, and read again', () => {
  const entries = [
    entry({ path: 'b.py', symbol: '', verdict: 'false', why: 'a test: "x"' }),
    entry({ finding: `${A}:2` }),
  ];
  const text = renderTriage(entries);
  expect(text).toMatchInlineSnapshot(`
    "# Verdicts on findings, by \`lockstep triage\`. They count as evidence for their guardrail.
    verdicts:
      - finding: "00000000000000aa:2"
        guardrail: no-eval
        path: a.py
        symbol: f
        verdict: "true"
        date: 2026-01-31
        who: Ada
        why: "reaches users"
      - finding: "00000000000000aa"
        guardrail: no-eval
        path: b.py
        verdict: "false"
        date: 2026-01-31
        who: Ada
        why: "a test: \\"x\\""
    "
  `);
  expect(readTriage(text, 't.yaml')).toEqual({ value: [entries[1], entries[0]], problems: [] });
  expect(readTriage(renderTriage([]), 't.yaml').value).toEqual([]);
});

test('a verdict without a reason, and one that is none', () => {
  const text =
    'verdicts: [{ guardrail: x, path: a, finding: "00000000000000aa", verdict: "maybe", date: 2026-01-01, who: Ada }]';
  const { value, problems } = readTriage(text, 't.yaml');
  expect(value).toBeNull();
  expect(problems.map(({ message }) => message)).toEqual([
    'expected the key `why`: why',
    'expected one of `true`, `false`, `wont-fix`',
  ]);
});

test('a verdict is about one of equal findings, and follows it', () => {
  const second = entry({ finding: `${A}:2`, verdict: 'false' });
  const place = { guardrail: 'no-eval', path: 'a.py', symbol: 'f', finding: A };
  const places = [place, { ...place, finding: `${A}:2` }];
  expect(verdictsOn([second], places, () => false)).toEqual([null, second]);
  const renamed = places.map((each) => ({ ...each, path: 'b.py', symbol: 'g' }));
  expect(verdictsOn([second], renamed, () => true)).toEqual([null, second]);
  expect(verdictsOn([second], renamed, () => false)).toEqual([null, null]);
});

test('a new verdict takes the place of the old one, wherever the finding was', () => {
  const old = entry({ path: 'old.py' });
  const fresh = entry({ verdict: 'wont-fix' });
  expect(withVerdict([old, entry({ path: 'c.py' })], fresh, old)).toEqual([entry({ path: 'c.py' }), fresh]);
  expect(withVerdict([entry()], fresh, null)).toEqual([fresh]);
});

test('precision counts what nobody is going to fix as right', () => {
  const entries = [entry(), entry({ finding: `${A}:2`, verdict: 'wont-fix' }), entry({ path: 'c', verdict: 'false' })];
  const [stats, none] = precisionByGuardrail(entries);
  expect(stats).toMatchObject({ guardrail: 'no-eval', counts: { true: 1, false: 1, 'wont-fix': 1 }, triaged: 3 });
  expect(stats?.precision).toBeCloseTo(2 / 3);
  expect(none).toBeUndefined();
});

/** The last is the example of R. G. Newcombe, Two-sided confidence intervals for the single proportion, 1998. */
test.each([
  [0, 10, 0, 0.2775],
  [10, 10, 0.7225, 1],
  [5, 10, 0.2366, 0.7634],
  [81, 263, 0.2553, 0.3662],
])('%i of %i', (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval.low).toBeCloseTo(low, 3);
  expect(interval.high).toBeCloseTo(high, 3);
});
