import { SHAPES } from '../tree/fields.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import { compileList } from './compile-list.ts';
import type { PatternCompiler } from './compiler.ts';
import type { MatchContext, Matcher } from './match-context.ts';

type Step = (node: Record<string, unknown>, context: MatchContext, done: () => void) => void;

/** Same kind, same values, children one by one: for kinds without rules of their own. */
export function compileStructure(compiler: PatternCompiler, pattern: Node): Matcher {
  const shape = SHAPES[pattern.kind];
  const fields = pattern as unknown as Record<string, unknown>;
  const byText =
    pattern.kind === Kind.Int ? pattern.value === null : pattern.kind === Kind.Float && Number.isNaN(pattern.value);
  const isNumber = pattern.kind === Kind.Int || pattern.kind === Kind.Float;
  const values = isNumber ? [byText ? 'text' : 'value'] : shape.value;
  let next: Step = (_node, _context, done) => done();
  for (const name of [...shape.children].reverse()) {
    const value = fields[name] as Node | Node[] | null;
    next = Array.isArray(value) ? manyStep(compiler, value, name, next) : oneStep(compiler, value, name, next);
  }
  return (node, context, done) => {
    if (node.kind !== pattern.kind) return;
    const record = node as unknown as Record<string, unknown>;
    for (const name of values) if (record[name] !== fields[name]) return;
    // No variable or `...` stands for a slice.
    if (
      node.kind === Kind.Index &&
      pattern.kind === Kind.Index &&
      (node.index.kind === Kind.Slice) !== (pattern.index.kind === Kind.Slice)
    )
      return;
    next(record, context, done);
  };
}

function manyStep(compiler: PatternCompiler, patterns: readonly Node[], name: string, rest: Step): Step {
  const match = compileList(compiler, patterns, { sequences: false, prefix: false });
  return (node, context, done) => match(node[name] as Node[], context, () => rest(node, context, done));
}

function oneStep(compiler: PatternCompiler, pattern: Node | null, name: string, rest: Step): Step {
  const match = compiler.exact(pattern);
  return (node, context, done) => match(node[name] as Node | null, context, () => rest(node, context, done));
}
