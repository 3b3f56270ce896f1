import { describe, expect, test } from 'vitest';
import { search } from './fake-formulas.ts';

/** Formula, text, its matches in the form of `search`. */
type FormulaCase = [formula: Parameters<typeof search>[0], text: string, matches: string[]];

/** One test for each case, by topic. */
export function testFormulas(topics: Record<string, FormulaCase[]>): void {
  describe.each(Object.entries(topics))('%s', (_topic, cases) => {
    test.each(cases)('case %#', (formula, text, expected) => {
      expect(search(formula, text)).toEqual(expected);
    });
  });
}
