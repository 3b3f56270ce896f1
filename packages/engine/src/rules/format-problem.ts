/** A problem as a few lines of plain text for people. */
import { LineIndex } from './line-index.ts';
import type { RuleProblem } from './problem.ts';

/** Characters shown of a line, around the place. */
const WIDTH = 120;

/**
 * The place, what is wrong, the offending line with the place underlined, and what to write instead:
 *
 *     rules.yaml:6:5: error: `pattrn` is not an operator; … [unknown-operator]
 *       6 |   - pattrn: foo()
 *         |     ^^^^^^
 *       did you mean `pattern`?
 *
 * Control characters of the file are shown as escapes, so that they cannot act on a terminal.
 */
export function formatProblem(problem: RuleProblem, sourceText: string): string {
  const { file, line, column, level, code, message, suggestion } = problem;
  const rule = problem.ruleId === null ? '' : ` (rule ${problem.ruleId})`;
  const lines = [`${file}:${line}:${column}: ${level}: ${message} [${code}]${rule}`, ...excerpt(problem, sourceText)];
  if (suggestion !== '') lines.push(`  ${suggestion}`);
  return lines.map(escapeControls).join('\n');
}

function excerpt(problem: RuleProblem, sourceText: string): string[] {
  const line = [...new LineIndex(sourceText.replace(/^\uFEFF/, '')).line(problem.line)];
  if (line.join('').trim() === '') return [];
  const from = problem.column - 1;
  const to = problem.endLine === problem.line ? problem.endColumn - 1 : line.join('').trimEnd().length;
  const marked = Math.max(1, Math.min(to, line.length) - from);
  const cut = from > WIDTH - 20 ? from - 20 : 0;
  const shown = line.slice(cut, cut + WIDTH).map((character) => (character === '\t' ? ' ' : character));
  const number = String(problem.line);
  const gutter = ' '.repeat(number.length);
  const underline = '^'.repeat(Math.min(marked, Math.max(1, WIDTH - (from - cut))));
  return [`  ${number} | ${shown.join('')}`, `  ${gutter} | ${' '.repeat(from - cut)}${underline}`];
}

/** Control characters, and those that reorder or hide text. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escapeControls(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
