import type { FindingPlace } from '@lockstep/guardrails';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PlanOptions, planReview, type ReviewPlan, type ReviewThread, type WantedThread } from './plan-review.ts';

const PLACE: FindingPlace = { guardrail: 'no-eval', path: 'a.py', symbol: 'f', finding: 'a'.repeat(16) };
const OPTIONS: PlanOptions = { room: 30, isGone: () => false, isSure: () => true };
const NOTHING: ReviewPlan = { open: [], update: [], reopen: [], close: [], elsewhere: [], gone: [] };

function thread(parts: Partial<ReviewThread> = {}): ReviewThread {
  return { id: 'T1', place: PLACE, state: 'open', digest: 'same', isResolved: false, text: '', ...parts };
}

function wanted(parts: Partial<WantedThread> = {}): WantedThread {
  return { place: PLACE, digest: 'same', canOpen: true, ...parts };
}

describe('one finding and one thread', () => {
  const open = thread();
  const gone = thread({ state: 'gone', isResolved: true });
  const byHand = thread({ isResolved: true });
  test.each<[string, ReviewThread[], WantedThread[], Partial<ReviewPlan>]>([
    ['a new finding', [], [wanted()], { open: [0] }],
    ['one on a line that the change does not show', [], [wanted({ canOpen: false })], { elsewhere: [0] }],
    ['the same as before', [open], [wanted()], {}],
    ['another message', [open], [wanted({ digest: 'other' })], { update: [{ thread: open, wanted: 0 }] }],
    ['gone', [open], [], { close: [open], gone: [open] }],
    ['gone for long', [gone], [], { gone: [gone] }],
    [
      'gone for long, and opened by somebody',
      [{ ...gone, isResolved: false }],
      [],
      { gone: [{ ...gone, isResolved: false }] },
    ],
    ['back', [gone], [wanted()], { reopen: [{ thread: gone, wanted: 0 }] }],
    ['resolved by somebody', [byHand], [wanted({ digest: 'other' })], {}],
    ['resolved by somebody, then gone', [byHand], [], { close: [byHand], gone: [byHand] }],
  ])('%s', (_, threads, findings, expected) => {
    expect(planReview(threads, findings, OPTIONS)).toEqual({ ...NOTHING, ...expected });
  });

  test('what was not looked at is not gone', () => {
    expect(planReview([open], [], { ...OPTIONS, isSure: ({ path }) => path !== 'a.py' })).toEqual(NOTHING);
  });

  test('a file that was called otherwise keeps its comments', () => {
    const moved = wanted({ place: { ...PLACE, path: 'b.py' } });
    const plan = planReview([open], [moved], { ...OPTIONS, isGone: (path) => path === 'a.py' });
    expect(plan).toEqual({ ...NOTHING, update: [{ thread: open, wanted: 0 }] });
  });

  test('one comment more than there are findings is closed: two runs may have begun at once', () => {
    const again = thread({ id: 'T2' });
    expect(planReview([open, again], [wanted()], OPTIONS)).toEqual({ ...NOTHING, close: [again], gone: [again] });
  });

  test('room counts what there is', () => {
    const others = [1, 2, 3].map((at) => wanted({ place: { ...PLACE, finding: String(at).repeat(16) } }));
    const plan = planReview([open], [wanted(), ...others], { ...OPTIONS, room: 3 });
    expect([plan.open, plan.elsewhere]).toEqual([[1, 2], [3]]);
  });
});

const place = fc.record({
  guardrail: fc.constantFrom('g', 'h'),
  path: fc.constantFrom('a.py', 'b.py', 'c.py'),
  symbol: fc.constantFrom('', 'f'),
  finding: fc.constantFrom('a'.repeat(16), 'b'.repeat(16)),
});
const digest = fc.constantFrom('x', 'y');
const threads = fc.array(
  fc.record({ place, digest, state: fc.constantFrom('open' as const, 'gone' as const), isResolved: fc.boolean() }),
  { maxLength: 8 },
);
const findings = fc.array(fc.record({ place, digest, canOpen: fc.boolean() }), { maxLength: 8 });

/** What there is once a plan is done. */
function done(before: readonly ReviewThread[], found: readonly WantedThread[], plan: ReviewPlan): ReviewThread[] {
  const after = new Map(before.map((each) => [each.id, each]));
  for (const each of plan.close) after.set(each.id, { ...each, state: 'gone', isResolved: true });
  for (const { thread: each, wanted: at } of plan.update) after.set(each.id, { ...each, ...found[at]! });
  for (const { thread: each, wanted: at } of plan.reopen) {
    after.set(each.id, { ...each, ...found[at]!, state: 'open', isResolved: false });
  }
  for (const at of plan.open) after.set(`new${at}`, thread({ ...found[at]!, id: `new${at}` }));
  return [...after.values()];
}

test('once it is done nothing is left to do; nobody else is concerned, and every finding has its place', () => {
  fc.assert(
    fc.property(threads, findings, fc.nat({ max: 6 }), fc.subarray(['a.py', 'b.py']), (list, found, room, lost) => {
      const before = list.map((each, at) => thread({ ...each, id: `T${at}` }));
      // Where something is found there is a file.
      const isGone = (path: string) => lost.includes(path) && found.every((each) => each.place.path !== path);
      const options = { ...OPTIONS, room, isGone };
      const plan = planReview(before, found, options);
      const touched = [...plan.close, ...[...plan.update, ...plan.reopen].map((each) => each.thread)];
      expect(new Set(touched).size).toBe(touched.length);
      expect(touched.every((each) => before.includes(each))).toBe(true);
      const told = [...plan.open, ...plan.elsewhere, ...[...plan.update, ...plan.reopen].map((each) => each.wanted)];
      expect(new Set(told).size).toBe(told.length);
      // A thread that somebody resolved is left as it is, unless its finding has been gone.
      for (const each of plan.update)
        if (each.thread.isResolved) expect(each.thread.place).not.toEqual(found[each.wanted]?.place);
      const again = planReview(done(before, found, plan), found, options);
      expect({ ...again, elsewhere: [], gone: [] }).toEqual(NOTHING);
      expect(again.elsewhere).toEqual(plan.elsewhere);
    }),
    { numRuns: 2000 },
  );
});
