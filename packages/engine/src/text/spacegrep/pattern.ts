import { type Block, groupByIndent, type Line, linesOf } from './lex.ts';

/** One step of a generic-mode pattern. Blocks are flattened: `open` and `close` bracket their steps. */
export type Step =
  | { kind: 'token'; text: string }
  /** `$X`: one word. Names keep their sigils. */
  | { kind: 'word'; name: string }
  /** `...` or `$...X`; consecutive ones are one step with a `count`. */
  | { kind: 'dots'; name: string | null; count: number }
  /** An indented block; `optional` if it holds dots only, and then `close` is the index of its end. */
  | { kind: 'open'; optional: boolean; close: number }
  | { kind: 'close' };

export interface SpacegrepPattern {
  kind: 'spacegrep';
  steps: readonly Step[];
  /** Names that occur more than once, whose bindings must be equal. */
  repeated: ReadonlySet<string>;
}

export interface PatternProblem {
  kind: 'problem';
  message: string;
}

const PATTERN_TOKEN =
  /\$\.\.\.[A-Z_][A-Z0-9_]*(?![A-Za-z0-9_])|\$[A-Z][A-Z0-9_]*(?![A-Za-z0-9_])|(?<!\.)\.\.\.(?!\.)|[A-Za-z0-9_]+|[^ \t\r\n\v\f]/gu;

/** Reads a generic-mode pattern (semantics 06 §2). */
export function parseSpacegrepPattern(text: string): SpacegrepPattern | PatternProblem {
  const lines = linesOf(text, PATTERN_TOKEN);
  const indent = Math.min(...lines.map((line) => line.indent));
  const steps: Step[] = [];
  const problem = addBlock(groupByIndent(lines, Number.isFinite(indent) ? indent : 0), steps);
  if (problem) return { kind: 'problem', message: problem };
  return { kind: 'spacegrep', steps, repeated: repeatedNames(steps) };
}

function addBlock(block: Block, steps: Step[]): string | null {
  for (const item of block) {
    const problem = Array.isArray(item) ? addNested(item, steps) : addLine(item, steps);
    if (problem) return problem;
  }
  return null;
}

function addNested(block: Block, steps: Step[]): string | null {
  const open: Step = { kind: 'open', optional: false, close: 0 };
  const start = steps.push(open);
  const problem = addBlock(block, steps);
  open.optional = steps.length === start + 1 && steps[start]?.kind === 'dots';
  open.close = steps.push({ kind: 'close' }) - 1;
  return problem;
}

function addLine(line: Line, steps: Step[]): string | null {
  for (const { text } of line.tokens) {
    const step = stepOf(text);
    const last = steps.at(-1);
    if (step.kind === 'dots' && last?.kind === 'dots') {
      if (step.name !== null) return `"${last.name ?? '...'}" cannot be followed by "${step.name}"`;
      last.count++;
    } else steps.push(step);
  }
  return null;
}

function stepOf(text: string): Step {
  if (text === '...') return { kind: 'dots', name: null, count: 1 };
  if (text.startsWith('$...')) return { kind: 'dots', name: text, count: 1 };
  if (text.length > 1 && text.startsWith('$')) return { kind: 'word', name: text };
  return { kind: 'token', text };
}

function repeatedNames(steps: readonly Step[]): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const step of steps) {
    if ((step.kind !== 'word' && step.kind !== 'dots') || step.name === null) continue;
    if (seen.has(step.name)) repeated.add(step.name);
    seen.add(step.name);
  }
  return repeated;
}
