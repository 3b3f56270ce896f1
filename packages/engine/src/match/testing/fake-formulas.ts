/** Formulas written short, and their results as one line a match, for the tests of this folder. */

import type { Condition, Formula, RuleLocation } from '../../rules/rule.ts';
import { bindingText } from '../binding-text.ts';
import { reportedMatches } from '../distinct-matches.ts';
import { evaluateFormula } from '../evaluate-formula.ts';
import { compileFormula } from '../formula.ts';
import { FakeHost, parseTarget } from './fake-host.ts';

const location: RuleLocation = { file: 'rules.yaml', line: 1, column: 1, path: 'rules.0' };

type Part = string | Formula;
type All = Formula & { kind: 'all' };

const formula = (part: Part): Formula => (typeof part === 'string' ? { kind: 'pattern', text: part, location } : part);

export const regex = (text: string): Formula => ({ kind: 'regex', text, location });
export const any = (...parts: Part[]): Formula => ({ kind: 'any', parts: parts.map(formula), location });
export const not = (part: Part): Formula => ({ kind: 'not', part: formula(part), location });
export const inside = (part: Part): Formula => ({ kind: 'inside', part: formula(part), location });
export const anywhere = (part: Part): Formula => ({ kind: 'anywhere', part: formula(part), location });
export const all = (...parts: Part[]): All => ({
  kind: 'all',
  parts: parts.map(formula),
  conditions: [],
  focus: [],
  as: null,
  fix: null,
  location,
});
export const where = (part: Part, ...conditions: Condition[]): All => ({ ...conjunction(part), conditions });
export const focus = (part: Part, ...names: string[][]): All => ({ ...conjunction(part), focus: names });
export const as = (part: Part, name: string): All => ({ ...conjunction(part), as: name });
export const fix = (part: Part, text: string): All => ({ ...conjunction(part), fix: text });

const conjunction = (part: Part): All => {
  const whole = formula(part);
  return whole.kind === 'all' ? whole : all(whole);
};

export const matches = (metavariable: string, pattern: string, constantPropagation = false): Condition => {
  return { kind: 'regex', metavariable, regex: pattern, constantPropagation, location };
};
export const has = (metavariable: string, part: Part, language: string | null = null): Condition => {
  return { kind: 'pattern', metavariable, formula: formula(part), language, location };
};
export const compare = (comparison: string, strip = false): Condition => {
  return { kind: 'comparison', comparison, strip, location };
};
export const analyze = (metavariable: string, analyzer: string): Condition => {
  return { kind: 'analysis', metavariable, analyzer, location };
};
export const hasType = (metavariable: string, ...types: string[]): Condition => {
  return { kind: 'type', metavariable, types, language: null, location };
};
export const hasName = (metavariable: string): Condition => ({ kind: 'name', metavariable, location });

export interface Search {
  host?: FakeHost;
  language?: string;
}

/** `line:column text` of each match, its bindings, its fix; then the problems. */
export function search(part: Part, text: string, { host = new FakeHost(), language = 'fake' }: Search = {}): string[] {
  const compiled = compileFormula(formula(part), host.compileLeaf);
  if (!compiled.ok) return compiled.problems.map((problem) => `rule problem: ${problem.message}`);
  const target = parseTarget(text, language);
  if (!target) throw new Error('not a text of the fake engine');
  const result = evaluateFormula(compiled.formula, target, host, (leaf) => host.matchLeaf(leaf, target));
  const found = reportedMatches(result.matches).map((match) => {
    const before = text.slice(0, match.start).split('\n');
    const bound = [...match.bindings].map(([name, of]) => `${name}=${bindingText(of, text)}`);
    const shown = [text.slice(match.start, match.end), ...bound.sort(), ...(match.fix ? [`fix=${match.fix}`] : [])];
    return `${before.length}:${before.at(-1)!.length + 1} ${shown.join(' ')}`;
  });
  return [...found, ...result.problems.map(({ message, start }) => `problem at ${start}: ${message}`)];
}
