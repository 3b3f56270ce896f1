import { expect, test } from 'vitest';
import { matches } from '../testing/load-engine.ts';

/** Identifiers go on after combining marks and connectors: words that are cut there hide the file from its rules. */
test.each(['नमस्ते()', 'e\u0301te()', 'x·y()', 'x‿y()'])('%s matches itself', (code) => {
  expect(matches(code, code)).toHaveLength(1);
});

test('relative imports of more than three levels are patterns', () => {
  expect(matches('from .... import a', 'from .... import a')).toHaveLength(1);
});
