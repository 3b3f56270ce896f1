import { expect, test } from 'vitest';
import { closestName } from './closest-name.ts';

const NAMES = ['pattern', 'patterns', 'pattern-either', 'pattern-not', 'languages', 'id', 'metavariable-regex'];

test.each([
  ['patern', 'pattern'],
  ['pattenrs', 'patterns'],
  ['Pattern-Not', 'pattern-not'],
  ['pattern-nto', 'pattern-not'],
  ['metavariable-regexp', 'metavariable-regex'],
  ['language', 'languages'],
  ['ids', 'id'],
  ['ad', null],
  ['severity', null],
  ['', null],
])('%j is nearest to %j', (name, closest) => {
  expect(closestName(name, NAMES)).toBe(closest);
});
