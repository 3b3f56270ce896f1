import type { Finding } from '@lockstep/engine';
import type { Annotation } from './annotations.ts';

/** What one rule was expected to report in one file, and what it did. 1-based start lines, sorted, without repeats. */
export interface LineMatches {
  expected: number[];
  reported: number[];
  missed: number[];
  incorrect: number[];
}

/**
 * Compares the annotations of a file with its findings, rule by rule (semantics 09 §2). Tolerated lines count on
 * neither side. There is an entry for every rule that is expected or reported to find something, and for those that
 * are annotated in any other way; suppressed findings are no findings.
 */
export function judgeTarget(annotations: Annotation[], findings: Finding[]): Map<string, LineMatches> {
  const active = findings.filter(({ ignored }) => !ignored);
  const ids = new Set([...annotations.flatMap((annotation) => annotation.ids), ...active.map(({ ruleId }) => ruleId)]);
  return new Map([...ids].sort().map((id) => [id, judgeRule(id, annotations, active)]));
}

function judgeRule(id: string, annotations: Annotation[], findings: Finding[]): LineMatches {
  const linesWith = (verdict: Annotation['verdict']) =>
    annotations.filter((each) => each.verdict === verdict && each.ids.includes(id)).map(({ line }) => line + 1);
  const tolerated = new Set(linesWith('tolerated'));
  const judged = (lines: number[]) => [...new Set(lines)].filter((line) => !tolerated.has(line)).sort((a, b) => a - b);
  const expected = judged(linesWith('expected'));
  const reported = judged(findings.filter(({ ruleId }) => ruleId === id).map(({ start }) => start.line));
  return {
    expected,
    reported,
    missed: expected.filter((line) => !reported.includes(line)),
    incorrect: reported.filter((line) => !expected.includes(line)),
  };
}
