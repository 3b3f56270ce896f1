import type { Allowance } from '@lockstep/engine';
import { expect, test } from 'vitest';
import type { Policy } from './guardrail.ts';
import { lapseOfInline } from './inline-exceptions.ts';

const PLACE = { line: 1, column: 1, offset: 0 };
const ALLOWANCE: Allowance = {
  start: PLACE,
  end: PLACE,
  below: null,
  names: ['no-eval'],
  reason: 'old',
  owner: null,
  approvedBy: null,
  until: '2026-06-30',
  fault: null,
};
const POLICY: Policy = { exceptions: [], inline: true, comment: null, block: null };

test.each<[Partial<Allowance>, Partial<Policy>, string, string | null]>([
  [{}, {}, '2026-06-30', null],
  [{}, {}, '2026-07-01', 'it ended on 2026-06-30'],
  [{ reason: '' }, {}, '2026-01-01', 'it gives no reason, such as `-- answers no data`'],
  [{ fault: 'it names no guardrail' }, {}, '2026-01-01', 'it names no guardrail'],
  [{ until: null }, { exceptions: ['until'] }, '2026-01-01', 'it does not tell `until`'],
  [{ owner: '@a' }, { exceptions: ['owner', 'until'] }, '2026-01-01', null],
  [{}, { inline: false }, '2026-01-01', 'the policy of the guardrail allows no exceptions in the code'],
])('%j under %j on %s', (allowance, policy, today, lapse) => {
  expect(lapseOfInline({ ...ALLOWANCE, ...allowance }, { ...POLICY, ...policy }, today)).toBe(lapse);
});
