import { describe, expect, test } from 'vitest';
import { matches, type PatternMatch } from './load-engine.ts';

/** Pattern, code, what it matches in the form of `shown`, and the rule's options where not the default ones. */
export type PatternCase = [pattern: string, code: string, matches: string[], options?: Record<string, boolean>];

/** The matched source, then what each metavariable is bound to: `f(1) | $X=1`. */
export function shown({ text, bindings }: PatternMatch): string {
  return [text, ...Object.entries(bindings).map(([name, value]) => `${name}=${value}`)].join(' | ');
}

/** One test for each case, by topic. The order of matches that share a range is of no interest. */
export function testPatterns(topics: Record<string, PatternCase[]>): void {
  describe.each(Object.entries(topics))('%s', (_topic, cases) => {
    test.each(cases)('%j in %j', (pattern, code, expected, options = {}) => {
      expect(matches(pattern, code, options).map(shown).sort()).toEqual([...expected].sort());
    });
  });
}
