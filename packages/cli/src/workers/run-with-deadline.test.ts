import { expect, test } from 'vitest';
import { runWithDeadline } from './run-with-deadline.ts';

test('gives what the function gives', () => {
  expect(runWithDeadline(() => 42, 1000)).toEqual({ inTime: true, value: 42 });
});

test('passes on what it throws', () => {
  const fail = () => {
    throw new RangeError('too deep');
  };
  expect(() => runWithDeadline(fail, 1000)).toThrow(RangeError);
});

test.each([
  ['an endless loop', () => endless()],
  ['a regular expression that backtracks', () => /^(?:a+)+$/.test(`${'a'.repeat(50)}b`)],
])('stops %s', (_, run) => {
  const started = performance.now();
  expect(runWithDeadline(run, 50)).toEqual({ inTime: false });
  expect(performance.now() - started).toBeLessThan(2000);
});

function endless(): never {
  for (;;);
}
