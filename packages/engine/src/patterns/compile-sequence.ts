import { areMentioned } from '../names/mentions.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import { sequenceBinding } from './compile-list.ts';
import type { PatternCompiler } from './compiler.ts';
import type { MatchContext, Matcher } from './match-context.ts';
import { Reached } from './repeats.ts';
import { requiredIdentifiers } from './required-identifiers.ts';
import { flattenStatements, type StatementList, siblings } from './statement-list.ts';

/**
 * Statement sequences (semantics 03 §11). A step is tried at a position of a list with the offset where the match ends
 * so far; `done` gets the offset where the whole match ends.
 */
type Step = (list: StatementList, at: number, context: MatchContext, end: number, done: (end: number) => void) => void;

/** Matches a sequence that starts at `nodes[from]`, anywhere in a block; what follows may be anything. */
export type SequenceMatcher = (
  nodes: readonly Node[],
  from: number,
  context: MatchContext,
  done: (end: number) => void,
) => void;

export function compileSequence(compiler: PatternCompiler, statements: readonly Node[]): SequenceMatcher {
  const step = compileSteps(compiler, statements, /* anchored */ false);
  return (nodes, from, context, done) => step(siblings(nodes), from, context, nodes[from]?.end ?? 0, done);
}

/**
 * A body starts at its first statement and, unless the pattern holds a `...`, ends at its last. A lone metavariable
 * binds all statements.
 */
export function compileBody(compiler: PatternCompiler, body: Node): Matcher {
  const statements = body.kind === Kind.Block ? body.statements : [body];
  const [only] = statements;
  if (statements.length === 1 && only !== undefined && isEllipsisStatement(only))
    return (_node, _context, done) => done();
  if (statements.length === 1 && only !== undefined && isMetavariableStatement(only)) return bindBody(compiler, only);
  return compiler.reaching(statements.slice(0, -1).some(isEllipsisStatement), () => {
    const step = compileSteps(compiler, statements, /* anchored */ true);
    return (node, context, done) => {
      if (node.kind === Kind.Block) step(siblings(node.statements), 0, context, node.start, () => done());
    };
  });
}

function isEllipsisStatement(node: Node): boolean {
  return node.kind === Kind.ExpressionStatement && node.expression.kind === Kind.Ellipsis;
}

function isMetavariableStatement(node: Node): boolean {
  return node.kind === Kind.ExpressionStatement && node.expression.kind === Kind.Metavariable;
}

function sequenceName(node: Node): string | null {
  const isSequence = node.kind === Kind.ExpressionStatement && node.expression.kind === Kind.MetavariableSequence;
  return isSequence && node.expression.kind === Kind.MetavariableSequence ? node.expression.name : null;
}

function bindBody(compiler: PatternCompiler, statement: Node): Matcher {
  const variable = statement.kind === Kind.ExpressionStatement ? statement.expression : statement;
  const slot = variable.kind === Kind.Metavariable ? compiler.slot(variable.name) : -1;
  return (node, context, done) => {
    if (node.kind !== Kind.Block) return;
    const [first] = node.statements;
    if (node.statements.length === 1 && first !== undefined) {
      context.bind(slot, { kind: 'node', node: first, start: first.start, end: first.end }, done);
    } else context.bind(slot, sequenceBinding(node.statements), done);
  };
}

function compileSteps(compiler: PatternCompiler, statements: readonly Node[], anchored: boolean): Step {
  const hasEllipsis = statements.some(isEllipsisStatement);
  let next: Step = (list, at, _context, end, done) => {
    if (!anchored || hasEllipsis || at === list.nodes.length) done(end);
  };
  for (let i = statements.length - 1; i >= 0; i--) {
    const isLast = i === statements.length - 1;
    const reached = statements.slice(0, i).some(isEllipsisStatement) ? new Reached() : null;
    next = compileStep(compiler, statements[i] as Node, next, { isLast, anchored, reached });
  }
  return next;
}

interface StepPlace {
  isLast: boolean;
  /** In a body, which ends where the block ends. */
  anchored: boolean;
  /** For a `...` behind another. */
  reached: Reached | null;
}

function compileStep(compiler: PatternCompiler, pattern: Node, rest: Step, place: StepPlace): Step {
  const { isLast, anchored, reached } = place;
  if (isEllipsisStatement(pattern)) {
    if (isLast) return anchored ? (_list, _at, _context, end, done) => done(end) : trailingEllipsis;
    return compileEllipsis(compiler, rest, reached);
  }
  const sequence = sequenceName(pattern);
  if (sequence !== null) return compileSequenceVariable(compiler.slot(sequence), rest, isLast);
  const match = compiler.root(pattern);
  const identifiers = compiler.options.symbolicPropagation ? [] : requiredIdentifiers(pattern);
  return (list, at, context, _end, done) => {
    const node = list.nodes[at];
    if (node === undefined) return;
    if (identifiers.length > 0 && !areMentioned(context.mentionsOf(identifiers), node.start, node.end)) return;
    match(node, context, () => rest(list, at + 1, context, list.ends[at] as number, done));
  };
}

/** Every extent, or only the longest where nothing else is observable. */
const trailingEllipsis: Step = (list, at, context, end, done) => {
  const last = list.nodes.length;
  if (context.longestOnly) return done(last > at ? (list.ends[last - 1] as number) : end);
  let previous = -1;
  for (let to = at; to <= last; to++) {
    const extent = to > at ? (list.ends[to - 1] as number) : end;
    if (extent !== previous) done(extent);
    previous = extent;
  }
};

/** What follows is tried on the remaining siblings and on all statements nested in them. */
function compileEllipsis(compiler: PatternCompiler, rest: Step, reached: Reached | null): Step {
  const deeper = compiler.options.goDeeperStmt;
  return (list, at, context, end, done) => {
    const before = reached?.until(`${list.flat}`, at, context, done) ?? Number.POSITIVE_INFINITY;
    for (let to = at; to < list.nodes.length && to < before; to++) {
      rest(list, to, context, to > at ? (list.ends[to - 1] as number) : end, done);
    }
    if (!deeper || list.flat) return;
    const flat = flattenStatements(list);
    const from = flat.starts[at];
    if (from === undefined || at > flat.lastWithBlocks) return;
    const last = flat.starts[before] ?? flat.list.nodes.length;
    for (let to = from; to < last; to++) {
      rest(flat.list, to, context, to > from ? (flat.list.ends[to - 1] as number) : end, done);
    }
  };
}

/** `$...B` does not go deep; the last one takes all that is left. */
function compileSequenceVariable(slot: number, rest: Step, isLast: boolean): Step {
  return (list, at, context, end, done) => {
    const from = isLast ? list.nodes.length : at;
    for (let to = from; to <= list.nodes.length; to++) {
      const extent = to > at ? (list.ends[to - 1] as number) : end;
      context.bind(slot, sequenceBinding(list.nodes.slice(at, to)), () => rest(list, to, context, extent, done));
    }
  };
}

/**
 * The members of a class: in any order, others allowed (unless `implicit_ellipsis` is off and the pattern has no
 * `...`). A member with a name is the first of that name.
 */
export function compileMembers(compiler: PatternCompiler, body: Node): Matcher {
  const statements = body.kind === Kind.Block ? body.statements : [body];
  const [only] = statements;
  if (statements.length === 1 && only !== undefined && isMetavariableStatement(only)) return bindBody(compiler, only);
  const members = statements.filter((statement) => !isEllipsisStatement(statement));
  if (members.some((member) => sequenceName(member) !== null)) return () => {};
  const exact = !compiler.options.implicitEllipsis && members.length === statements.length;
  const matchers = members.map((member) => ({ name: memberName(member), match: compiler.root(member) }));
  return (node, context, done) => {
    if (node.kind !== Kind.Block || (exact && node.statements.length !== members.length)) return;
    const used = new Set<Node>();
    const step = (i: number): void => {
      const member = matchers[i];
      if (member === undefined) return done();
      for (const statement of node.statements) {
        if (used.has(statement) || (member.name !== null && memberName(statement) !== member.name)) continue;
        used.add(statement);
        member.match(statement, context, () => step(i + 1));
        used.delete(statement);
        if (member.name !== null) return;
      }
    };
    step(0);
  };
}

/** The written name of a method, inner class or assigned attribute. */
function memberName(node: Node): string | null {
  if (node.kind === Kind.Function || node.kind === Kind.Class)
    return node.name.kind === Kind.Ident ? node.name.name : null;
  if (node.kind !== Kind.ExpressionStatement || node.expression.kind !== Kind.Assign) return null;
  const { target } = node.expression;
  return target.kind === Kind.Name ? target.name : null;
}
