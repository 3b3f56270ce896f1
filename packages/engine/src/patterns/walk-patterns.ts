import type { Bindings, RangeMatch } from '../match/bindings.ts';
import type { FileFacts } from '../names/file-facts.ts';
import { areMentioned, type MentionsOf } from '../names/mentions.ts';
import { forEachVisibleChild, isExpression } from '../tree/fields.ts';
import {
  type Block,
  type Decorator,
  Kind,
  type Lambda,
  type Node,
  type Parameter,
  type Return,
  type With,
} from '../tree/nodes.ts';
import type { CompiledPattern } from './compile-pattern.ts';
import { withItem } from './compile-statement.ts';
import { assignedPairs, operatorOf } from './deep.ts';
import { MatchContext } from './match-context.ts';

/** A pattern to look for, and the bindings that hold already. */
export interface PatternSearch {
  pattern: CompiledPattern;
  seed: Bindings;
  /** Only the longest extent of a final `...` is of interest. */
  longestOnly: boolean;
}

/**
 * A pattern on one file has at most this many matches. Any expression of the largest files is fewer; two variables that
 * each stand for any of a thousand statements are more, and no one reads them.
 */
export const MAX_MATCHES_PER_PATTERN = 300_000;

/** A pattern matches in too many ways to go on. */
export class MatchLimitError extends Error {}

/** A search with what it has found so far. */
class Running {
  readonly pattern: CompiledPattern;
  readonly context: MatchContext;
  private readonly found: RangeMatch[] = [];
  private isOverflowed = false;
  private readonly seen = new Set<string>();
  private readonly seed: Bindings;
  private readonly mentions: MentionsOf;

  constructor(search: PatternSearch, facts: FileFacts) {
    this.pattern = search.pattern;
    this.seed = search.seed;
    this.mentions = facts.mentions.of(search.pattern.localIdentifiers);
    this.context = new MatchContext(search.pattern.names.length, facts, search.pattern.options);
    this.context.longestOnly = search.longestOnly;
    search.pattern.names.forEach((name, slot) => {
      const binding = search.seed.get(name);
      if (binding !== undefined) this.context.slots[slot] = binding;
    });
  }

  /** Null where there were too many. */
  get result(): RangeMatch[] | null {
    return this.isOverflowed ? null : this.found;
  }

  tryNode(node: Node): void {
    if (!this.isMentioned(node.start, this.pattern.endOf(node))) return;
    this.untilOverflow(() => {
      this.pattern.match(node, this.context, () => this.add(node.start, this.pattern.endOf(node), node));
    });
  }

  /** Whether what lies between the offsets mentions what the pattern needs. */
  isMentioned(start: number, end: number): boolean {
    return areMentioned(this.mentions, start, end);
  }

  trySequence(statements: readonly Node[], from: number): void {
    const start = (statements[from] as Node).start;
    this.untilOverflow(() => {
      this.pattern.sequence?.(statements, from, this.context, (end) => this.add(start, end, null));
    });
  }

  private untilOverflow(search: () => void): void {
    if (this.isOverflowed) return;
    try {
      search();
    } catch (error) {
      if (!(error instanceof MatchLimitError)) throw error;
      this.isOverflowed = true;
      this.found.length = 0;
      this.seen.clear();
    }
  }

  /** The same range with the same bindings at the same places counts once. */
  private add(start: number, end: number, node: Node | null): void {
    const key = `${start},${end}${this.context.key()}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    if (this.seen.size > MAX_MATCHES_PER_PATTERN) throw new MatchLimitError();
    const bound = this.context.snapshot(this.pattern.names);
    const bindings = this.seed.size === 0 ? bound : new Map([...this.seed, ...bound]);
    this.found.push({ start, end, bindings, kind: 'plain', node, fix: null });
  }
}

/** Searches by where they can start; looked up once a node. */
class SearchIndex {
  /** By node kind: those that need a certain last identifier, and the others. */
  readonly named: (Map<string, Running[]> | undefined)[] = [];
  readonly unnamed: (Running[] | undefined)[] = [];
  /** Tried at every expression. */
  readonly anywhere: Running[] = [];
  readonly sequences: Running[] = [];
  /** Lone metavariables and ellipses also match operators and `with` items. */
  readonly wildcards: Running[] = [];

  constructor(searches: readonly Running[]) {
    for (const search of searches) this.add(search);
  }

  private add(search: Running): void {
    const { start, kind, isWildcard } = search.pattern;
    if (kind === 'sequence') this.sequences.push(search);
    else if (start.kinds === null) this.anywhere.push(search);
    else
      for (const nodeKind of start.kinds) for (const name of start.names ?? [null]) this.addAt(nodeKind, name, search);
    if (isWildcard) this.wildcards.push(search);
  }

  private addAt(kind: Kind, name: string | null, search: Running): void {
    if (name === null) {
      const list = this.unnamed[kind];
      if (list === undefined) this.unnamed[kind] = [search];
      else list.push(search);
      return;
    }
    let byName = this.named[kind];
    if (byName === undefined) {
      byName = new Map();
      this.named[kind] = byName;
    }
    const list = byName.get(name);
    if (list === undefined) byName.set(name, [search]);
    else list.push(search);
  }
}

/**
 * All matches of all patterns below the roots, in one walk (semantics 03 §2). Results are by position of the search;
 * null for one with more than `MAX_MATCHES_PER_PATTERN`.
 */
export function walkPatterns(
  roots: readonly Node[],
  searches: readonly PatternSearch[],
  facts: FileFacts,
): (RangeMatch[] | null)[] {
  const running = searches.map((search) => new Running(search, facts));
  const walker = new Walker(new SearchIndex(running));
  for (const root of asRoots(roots)) walker.visit(root);
  return running.map((search) => search.result);
}

/** Statements that a metavariable is bound to are matched like a block of their own. */
function asRoots(roots: readonly Node[]): readonly Node[] {
  const [first] = roots;
  if (first === undefined || first.kind === Kind.Block || isExpression(first)) return roots;
  if (first.kind === Kind.Ident) return [asExpression(first)];
  if (first.kind === Kind.Parameter) return [asParameter(first)];
  const { id, start } = first;
  const end = roots[roots.length - 1]?.end ?? first.end;
  return [{ kind: Kind.Block, id, start, end, statements: [...roots] }];
}

/** A parameter is matched like its name; but to the reference the name `self` is no variable, and the parameter is. */
function asParameter({ id, name, ...parameter }: Parameter): Node {
  if (name?.kind === Kind.Ident && name.name !== 'self') return asExpression(name);
  const { start, end } = name ?? parameter;
  return { kind: Kind.Other, id, start, end, type: 'parameter', text: '', children: [] };
}

/** A name that a metavariable is bound to is matched like an identifier in an expression. */
function asExpression(root: Node): Node {
  if (root.kind !== Kind.Ident) return root;
  const { id, start, end, name, reference } = root;
  return { kind: Kind.Name, id, start, end, name, token: start, reference };
}

class Walker {
  private readonly index: SearchIndex;
  /** Being tried as an expression; null elsewhere. */
  private decoratorExpression: Node | null = null;
  /** Those that the enclosing block mentions: no block in it mentions more. */
  private activeSequences: readonly Running[];

  constructor(index: SearchIndex) {
    this.index = index;
    this.activeSequences = index.sequences;
  }

  visit = (node: Node): void => {
    this.tryAll(node);
    if (node.kind === Kind.Block) return this.block(node, /* firstOnly */ false);
    if (node.kind === Kind.Assign) for (const pair of assignedPairs(node)) this.tryAll(pair);
    else if (node.kind === Kind.Operator) this.tryList(node, this.index.wildcards);
    else if (node.kind === Kind.Call) this.spreadArguments(node.args);
    else if (node.kind === Kind.With) this.withItem(node);
    else if (node.kind === Kind.Lambda) this.implicitReturn(node);
    else if (node.kind === Kind.Decorator) return this.decorator(node);
    if (node.kind === Kind.Class) this.spreadArguments(node.bases);
    if (node.kind === Kind.Class) return this.classBody(node);
    forEachVisibleChild(node, this.visit);
  };

  private tryAll(node: Node): void {
    const { index } = this;
    const named = index.named[node.kind];
    if (named !== undefined) this.tryNamed(node, named);
    const unnamed = index.unnamed[node.kind];
    if (unnamed !== undefined) this.tryList(node, unnamed);
    const isDeclaration = node.kind === Kind.Assign && node.value === null;
    if (index.anywhere.length > 0 && isExpression(node) && node.kind !== Kind.Spread && !isDeclaration)
      this.tryList(node, index.anywhere);
  }

  private tryNamed(node: Node, named: ReadonlyMap<string, Running[]>): void {
    const target = node.kind === Kind.Call ? node.callee : node;
    if (target.kind === Kind.Member) {
      if (target.property.kind === Kind.Ident) this.tryList(node, named.get(target.property.name));
    } else if (target.kind === Kind.Name) {
      this.tryList(node, named.get(target.name));
      const canonical = target.reference?.canonical;
      const last = canonical?.[canonical.length - 1];
      if (last !== undefined && last !== target.name) this.tryList(node, named.get(last));
    }
  }

  private tryList(node: Node, searches: readonly Running[] | undefined): void {
    if (searches === undefined) return;
    for (const search of searches) {
      if (node !== this.decoratorExpression || search.pattern.options.attrExpr) search.tryNode(node);
    }
  }

  private block(node: Block, firstOnly: boolean): void {
    const enclosing = this.activeSequences;
    const { statements } = node;
    const start = statements[0]?.start ?? 0;
    const end = statements[statements.length - 1]?.end ?? 0;
    this.activeSequences = enclosing.filter((search) => search.isMentioned(start, end));
    for (const search of this.activeSequences) {
      const { kinds } = search.pattern.start;
      const last = firstOnly ? Math.min(1, statements.length) : statements.length;
      for (let from = 0; from < last; from++) {
        if (kinds === null || kinds.has((statements[from] as Node).kind)) search.trySequence(statements, from);
      }
    }
    for (const statement of statements) this.visit(statement);
    this.activeSequences = enclosing;
  }

  /** Sequences start at the first member only. */
  private classBody(node: Node): void {
    forEachVisibleChild(node, (child) => {
      if (child.kind === Kind.Block) this.block(child, /* firstOnly */ true);
      else this.visit(child);
    });
  }

  /** `*a` is an expression only as an argument. */
  private spreadArguments(args: readonly Node[]): void {
    for (const arg of args) {
      if (arg.kind !== Kind.Spread) continue;
      this.tryList(arg, this.index.anywhere);
      if (this.index.wildcards.length > 0) this.tryList(operatorOf(arg), this.index.wildcards);
    }
  }

  /** `a as b` reads like an expression to a lone variable. */
  private withItem(node: With): void {
    if (node.target !== null && this.index.wildcards.length > 0) this.tryList(withItem(node), this.index.wildcards);
  }

  /** A lambda returns its body. */
  private implicitReturn(node: Lambda): void {
    const { id, body } = node;
    const statement: Return = { kind: Kind.Return, id, start: body.start, end: body.end, value: body };
    for (const search of this.index.unnamed[Kind.Return] ?? []) {
      if (search.pattern.options.implicitReturn) search.tryNode(statement);
    }
  }

  /** The decorator, and unless the rule forbids it, its expression like any other. */
  private decorator(node: Decorator): void {
    const { expression } = node;
    this.decoratorExpression = expression;
    this.tryAll(expression);
    this.decoratorExpression = null;
    forEachVisibleChild(expression, this.visit);
  }
}
