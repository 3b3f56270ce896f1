import { expect, test } from 'vitest';
import { type CodePlace, fitsSymbol, ruleOn } from './exceptions.ts';
import type { Exception, Policy } from './guardrail.ts';

const PING: CodePlace = {
  names: ['Orders', 'ping'],
  module: 'src.shop.views',
  isUnder: (glob) => glob === 'shop/',
};

test.each([
  ['ping', true],
  ['Orders.ping', true],
  ['Orders', true],
  ['Orders.*', true],
  ['Ord*.p*g', true],
  ['shop.views:Orders.ping', true],
  ['views:Orders', true],
  ['shop.views.Orders.ping', true],
  ['src.shop.views.Orders', true],
  ['shop.**.ping', true],
  ['**', true],
  ['pin', false],
  ['rders.ping', false],
  ['ping.Orders', false],
  ['shop.views:ping', false],
  ['shop:Orders.ping', false],
  ['hop.views:Orders.ping', false],
  ['shop.views', false],
  ['*:ping', false],
])('%s names Orders.ping of src/shop/views.py: %s', (symbol, expected) => {
  expect(fitsSymbol(symbol, PING)).toBe(expected);
});

const EXCEPTION: Exception = {
  symbol: 'Orders.ping',
  path: null,
  reason: 'answers no data',
  owner: null,
  approvedBy: null,
  until: '2026-05-01',
  place: { line: 1, column: 1, start: 0, end: 0, path: '' },
};
const NO_POLICY: Policy = { exceptions: [], inline: true, comment: null, block: null };

test('an exception holds to the end of its last day', () => {
  const ruling = (today: string | null) => ruleOn(PING, [EXCEPTION], NO_POLICY, today);
  expect(ruling('2026-05-01')).toEqual({ kind: 'excepted', exception: EXCEPTION });
  expect(ruling('2026-05-02')).toEqual({ kind: 'lapsed', exception: EXCEPTION, why: 'it ended on 2026-05-01' });
  expect(ruling(null)).toEqual({ kind: 'excepted', exception: EXCEPTION });
});

test('an exception that tells less than the policy asks for does not hold', () => {
  const policy: Policy = { ...NO_POLICY, exceptions: ['owner', 'approved-by'] };
  expect(ruleOn(PING, [EXCEPTION], policy, '2026-01-01')).toMatchObject({
    kind: 'lapsed',
    why: 'it does not tell `owner` and `approved-by`',
  });
  const whole = { ...EXCEPTION, owner: '@acme/web', approvedBy: '@acme/appsec' };
  expect(ruleOn(PING, [EXCEPTION, whole], policy, '2026-01-01')).toEqual({ kind: 'excepted', exception: whole });
});

test('symbol and path together must both fit', () => {
  const inside = { ...EXCEPTION, path: 'shop/' };
  const outside = { ...EXCEPTION, path: 'admin/' };
  expect(ruleOn(PING, [outside, inside], NO_POLICY, null)).toEqual({ kind: 'excepted', exception: inside });
  expect(ruleOn(PING, [outside], NO_POLICY, null)).toEqual({ kind: 'none' });
});

test('code outside of any function has no symbol', () => {
  const topLevel = { ...PING, names: [] };
  expect(ruleOn(topLevel, [{ ...EXCEPTION, symbol: '**' }], NO_POLICY, null)).toEqual({ kind: 'none' });
  expect(ruleOn(topLevel, [{ ...EXCEPTION, symbol: null, path: 'shop/' }], NO_POLICY, null)).toMatchObject({
    kind: 'excepted',
  });
});
