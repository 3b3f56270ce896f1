import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../../targets/testing/temporary-folder.ts';
import { readFindingSeed } from './finding-seed.ts';

/** The seed of a finding at these places of these lines. */
function seedOf(lines: string, start: [number, number], end: [number, number], metadata: object = {}) {
  const position = ([line, col]: [number, number]) => ({ line, col });
  const finding = { start: position(start), end: position(end), extra: { lines, message: 'm', metadata } };
  const folder = makeFolder({ 'out.json': JSON.stringify({ results: [finding] }) });
  return readFindingSeed(join(folder, 'out.json'), 1);
}

test('a call is taken with whatever arguments', () => {
  expect(seedOf('    return eval(row)', [7, 12], [7, 21], { cwe: ['CWE-95: Eval Injection'] })).toEqual({
    pattern: 'eval(...)',
    example: 'return eval(row)',
    weakness: 'CWE-95',
    message: 'm',
  });
});

test('other code is taken as it is', () => {
  expect(seedOf('x = a + b', [1, 5], [1, 10])).toMatchObject({ pattern: 'a + b', weakness: null });
  expect(seedOf('f(x).g', [1, 1], [1, 7])).toMatchObject({ pattern: 'f(x).g' });
});

test('columns count bytes', () => {
  expect(seedOf('é = eval(x)', [1, 6], [1, 13])).toMatchObject({ pattern: 'eval(...)' });
});

test('several lines lose the indentation that they share', () => {
  expect(seedOf('    if x:\n        run(\n            y)', [3, 5], [5, 15])).toMatchObject({
    pattern: 'if x:\n        run(\n            y)',
    example: 'if x:\n    run(\n        y)',
  });
});
