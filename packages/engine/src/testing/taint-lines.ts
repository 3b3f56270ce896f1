import { ruleMatches } from './load-engine.ts';

const RULE = {
  mode: 'taint',
  'pattern-sources': [{ pattern: 'src()' }],
  'pattern-sinks': [{ pattern: 'sink(...)' }],
};

/** Lines at which data of `src()` reaches `sink(...)`, at file depth, and lines that end in `# reported`. */
export function taintLines(code: string): { found: number[]; expected: number[] } {
  const expected = code.split('\n').flatMap((line, i) => (line.endsWith('# reported') ? [i + 1] : []));
  const found = [...new Set(ruleMatches(RULE, code).map(({ line }) => line))].sort((a, b) => a - b);
  return { found, expected };
}
