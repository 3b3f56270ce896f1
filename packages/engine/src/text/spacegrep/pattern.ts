import type { PatternProblem } from '../pattern-problem.ts';
import { indentOf, walkIndentation } from './indentation.ts';

/** One step of a generic-mode pattern. Indented blocks are flattened: `open` and `close` stand around their steps. */
export type Step =
  | { kind: 'token'; text: string }
  /** `$X`: one word. Names keep their sigils. */
  | { kind: 'word'; name: string }
  /** `...` or `$...X`. `count`: how many followed each other. `final`: nothing else follows in its block or pattern. */
  | { kind: 'dots'; name: string | null; count: number; final: boolean }
  /** `skipTo`: for a block of dots only, which may be absent, the index behind its end; else null. */
  | { kind: 'open'; skipTo: number | null }
  | { kind: 'close' };

export interface SpacegrepPattern {
  kind: 'spacegrep';
  steps: readonly Step[];
  /** Names that occur more than once, whose bindings must be equal. */
  repeated: ReadonlySet<string>;
}

const TOKEN = /\$\.\.\.[A-Z][A-Za-z0-9_]*|\$[A-Z][A-Za-z0-9_]*|(?<!\.)\.\.\.(?!\.)|[A-Za-z0-9_]+|\r(?!$)|[^ \t\r]/gu;

/** Reads a generic-mode pattern (semantics 06 §2). */
export function parseSpacegrepPattern(text: string): SpacegrepPattern | PatternProblem {
  const lines = text
    .split('\n')
    .map((line) => ({ indent: indentOf(line, 0), tokens: line.match(TOKEN) ?? [] }))
    .filter((line) => line.tokens.length > 0);
  const indents = lines.map((line) => line.indent);
  const writer = new StepWriter();
  walkIndentation(indents, Math.min(...indents), {
    open: () => writer.open(),
    line: (index) => {
      for (const token of lines[index]?.tokens ?? []) writer.token(token);
    },
    close: () => writer.close(),
  });
  return writer.finish();
}

class StepWriter {
  private readonly steps: Step[] = [];
  private readonly openBlocks: number[] = [];
  private problem: string | null = null;

  open(): void {
    this.openBlocks.push(this.steps.push({ kind: 'open', skipTo: null }) - 1);
  }

  close(): void {
    this.markFinal();
    this.steps.push({ kind: 'close' });
    const start = this.openBlocks.pop() as number;
    const dotsOnly = this.steps.length === start + 3 && this.steps[start + 1]?.kind === 'dots';
    if (dotsOnly) this.steps[start] = { kind: 'open', skipTo: this.steps.length };
  }

  token(text: string): void {
    const step = stepOf(text);
    const last = this.steps.at(-1);
    if (step.kind !== 'dots' || last?.kind !== 'dots') this.steps.push(step);
    else if (step.name === null) last.count++;
    else this.problem ??= `"${last.name ?? '...'}" cannot be followed by "${step.name}"`;
  }

  finish(): SpacegrepPattern | PatternProblem {
    this.markFinal();
    if (this.problem !== null) return { kind: 'problem', message: this.problem };
    return { kind: 'spacegrep', steps: this.steps, repeated: repeatedNames(this.steps) };
  }

  private markFinal(): void {
    const last = this.steps.at(-1);
    if (last?.kind === 'dots') last.final = true;
  }
}

function stepOf(text: string): Step {
  if (text === '...') return { kind: 'dots', name: null, count: 1, final: false };
  if (text.startsWith('$...')) return { kind: 'dots', name: text, count: 1, final: false };
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
