import { forEachChild } from '../tree/fields.ts';
import { type Assign, type CompoundAssign, Kind, type Name, type Node, type Tree } from '../tree/nodes.ts';
import { typeOf } from './constant-value.ts';
import { evaluateConstant } from './evaluate-constant.ts';
import type { Constants, KnownValue } from './file-facts.ts';

/** What a variable holds at a point of the program. */
interface State {
  known: KnownValue | null;
  /** The expression last assigned, where it is no constant. */
  symbolic: Node | null;
}

/** Declaration id → state. An absent declaration is unknown; null: this point is never reached. */
type Environment = Map<number, State>;

/** What holds behind one pass through a loop's body. */
interface LoopPass {
  end: Environment | null;
  breaks: Environment[];
}

/**
 * Constant and symbolic propagation as the reference does it (semantics 03 §8): once-assigned globals hold for every
 * later read of the file; everything else flows through one function (or the top level) from statement to statement,
 * and loops forget all of it. Computed at the first question about a name.
 */
export function createConstants(tree: Tree): Constants {
  const states: (State | undefined)[] = [];
  let isComputed = false;
  const stateOf = (name: Name): State | undefined => {
    if (!isComputed) {
      isComputed = true;
      new Propagation(states).run(tree);
    }
    return states[name.id];
  };
  return {
    valueOf: (node) => evaluateConstant(node, (name) => stateOf(name)?.known ?? null),
    literalValue: (node) => evaluateConstant(node, () => null)?.value ?? null,
    symbolicOf: (name) => stateOf(name)?.symbolic ?? null,
  };
}

class Propagation {
  private readonly states: (State | undefined)[];
  private env: Environment | null = new Map();
  /** What holds where the innermost loop is left early. */
  private exits: { breaks: Environment[]; continues: Environment[] } = { breaks: [], continues: [] };
  /** Once-assigned globals: declaration id → where the assignment ends and what it assigns. */
  private readonly globals = new Map<number, { from: number; state: State }>();

  /** What a body leaves where nothing is known before it: always the same, and to do it again doubles at each depth. */
  private readonly firstPasses = new Map<Node, LoopPass>();

  constructor(states: (State | undefined)[]) {
    this.states = states;
  }

  run(tree: Tree): void {
    const assigned = onceAssignedGlobals(tree);
    for (const [declaration, assignment] of assigned) {
      const value = assignment.value as Node;
      // Evaluated in source order, so that one constant can build on an earlier one.
      const known = evaluateConstant(value, (name) => this.globalState(name)?.known ?? null);
      this.globals.set(declaration, { from: assignment.end, state: stateOfValue(value, known) });
    }
    this.block(tree.root);
  }

  private globalState(name: Name): State | undefined {
    const global = this.globals.get(name.reference?.declaration ?? 0);
    return global !== undefined && name.start >= global.from ? global.state : undefined;
  }

  private evaluate(node: Node): State {
    const copied = node.kind === Kind.Name ? this.states[node.id] : undefined;
    if (copied !== undefined) return copied;
    return stateOfValue(
      node,
      evaluateConstant(node, (name) => this.states[name.id]?.known ?? null),
    );
  }

  private block(node: Node): void {
    if (node.kind === Kind.Block) for (const statement of node.statements) this.visit(statement);
    else this.visit(node);
  }

  private visit = (node: Node): void => {
    switch (node.kind) {
      case Kind.Name:
        return this.read(node);
      case Kind.Assign:
        return this.assign(node);
      case Kind.CompoundAssign:
        return this.compoundAssign(node);
      case Kind.Function:
        for (const decorator of node.decorators) this.visit(decorator);
        return this.separately(() => {
          for (const parameter of node.parameters) this.visit(parameter);
          this.block(node.body);
        });
      case Kind.Class:
        for (const decorator of node.decorators) this.visit(decorator);
        for (const base of node.bases) this.visit(base);
        return this.separately(() => {
          // Attributes of a class are never known.
          this.env = null;
          this.block(node.body);
        });
      case Kind.Lambda:
        return this.visit(node.body);
      case Kind.If:
        this.visit(node.test);
        return this.branches([
          () => this.block(node.consequence),
          () => node.alternative && this.block(node.alternative),
        ]);
      case Kind.Conditional:
        this.visit(node.test);
        return this.branches([() => this.visit(node.consequence), () => this.visit(node.alternative)]);
      case Kind.While:
        return this.loop(
          node,
          () => {
            this.visit(node.test);
            this.block(node.body);
          },
          node.alternative,
        );
      case Kind.For:
        this.visit(node.iterable);
        return this.loop(node, () => this.block(node.body), node.alternative);
      case Kind.Comprehension:
        return this.loop(node, () => forEachChild(node, this.visit), null);
      case Kind.Try:
        return this.try(node);
      case Kind.With:
        this.visit(node.value);
        if (node.target?.kind === Kind.Name) this.set(node.target, { known: null, symbolic: node.value });
        return this.block(node.body);
      case Kind.Switch:
        this.visit(node.subject);
        return this.branches([...node.cases.map((arm) => () => this.visit(arm)), () => {}]);
      case Kind.Return:
      case Kind.Raise:
        forEachChild(node, this.visit);
        this.env = null;
        return;
      case Kind.Jump:
        return this.jump(node.keyword);
      case Kind.ExpressionStatement:
        this.visit(node.expression);
        this.killReceiver(node.expression);
        // The reference takes a bare `yield` for a return.
        if (node.expression.kind === Kind.Yield) this.env = null;
        return;
      case Kind.Member:
        return this.visit(node.object);
      case Kind.Keyword:
        return this.visit(node.value);
      default:
        forEachChild(node, this.visit);
    }
  };

  private read(node: Name): void {
    const declaration = node.reference?.declaration ?? 0;
    if (declaration === 0) return;
    const state = this.env?.get(declaration) ?? this.globalState(node);
    if (state !== undefined) this.states[node.id] = state;
  }

  private set(target: Name, state: State | null): void {
    const declaration = target.reference?.declaration ?? 0;
    if (declaration === 0) return;
    if (state === null) this.env?.delete(declaration);
    else this.env?.set(declaration, state);
  }

  private assign(node: Assign): void {
    if (node.value !== null) this.visit(node.value);
    if (node.annotation !== null) this.visit(node.annotation);
    if (node.value === null) return;
    if (node.target.kind === Kind.Name) this.set(node.target, this.evaluate(node.value));
    else this.forgetTarget(node.target);
  }

  /** Tuples and chains make their names unknown; a write through a field or index makes its variable unknown. */
  private forgetTarget(target: Node): void {
    if (target.kind === Kind.Name) return this.set(target, null);
    if (target.kind === Kind.Container) for (const element of target.elements) this.forgetTarget(element);
    else if (target.kind === Kind.Spread) this.forgetTarget(target.value);
    else if (target.kind === Kind.Assign) {
      this.forgetTarget(target.target);
      if (target.value !== null) this.forgetTarget(target.value);
    } else {
      this.visit(target);
      const base = baseName(target);
      if (base !== null) this.set(base, null);
    }
  }

  private compoundAssign(node: CompoundAssign): void {
    this.visit(node.value);
    if (node.target.kind !== Kind.Name) return this.forgetTarget(node.target);
    this.read(node.target);
    const operator = node.operator.name.replace(/=$/, '');
    const operation: Node = {
      kind: Kind.Operation,
      id: node.id,
      start: node.start,
      end: node.end,
      operator: { ...node.operator, name: operator },
      operands: [node.target, node.value],
    };
    const known = evaluateConstant(operation, (name) => this.states[name.id]?.known ?? null);
    delete this.states[node.target.id];
    this.set(node.target, known === null ? null : { known, symbolic: null });
  }

  /** `s.append(t)` as a statement may change `s`. */
  private killReceiver(expression: Node): void {
    if (expression.kind !== Kind.Call || expression.callee.kind !== Kind.Member) return;
    const base = baseName(expression.callee.object);
    if (base !== null) this.set(base, null);
  }

  private separately(run: () => void): void {
    const saved = this.env;
    this.env = new Map();
    run();
    this.env = saved;
  }

  private branches(arms: readonly (() => unknown)[]): void {
    const before = this.env;
    const after: (Environment | null)[] = [];
    for (const arm of arms) {
      this.env = before === null ? null : new Map(before);
      arm();
      after.push(this.env);
    }
    this.env = join(after);
  }

  /**
   * The reference forgets what was known before a loop unless the body assigns it: that is joined with what the body
   * leaves, at the loop's start and behind it, there also with what holds where it breaks off. A body that never comes
   * round is like straight code.
   */
  private loop(node: Node, body: () => void, alternative: Node | null): void {
    const before = this.env;
    const first = this.firstPasses.get(node) ?? this.loopBody(body, new Map());
    this.firstPasses.set(node, first);
    const head = first.end === null ? before : join([before, first.end]);
    const second = this.loopBody(body, head === null ? null : new Map(head));
    const exit = second.end === null || before === null ? head : join([before, second.end]);
    this.env = join([exit, ...second.breaks]);
    if (alternative !== null) this.block(alternative);
  }

  private loopBody(body: () => void, start: Environment | null): LoopPass {
    const enclosing = this.exits;
    this.exits = { breaks: [], continues: [] };
    this.env = start;
    body();
    const end = join([this.env, ...this.exits.continues]);
    const { breaks } = this.exits;
    this.exits = enclosing;
    return { end, breaks };
  }

  private jump(keyword: string): void {
    if (keyword === 'pass') return;
    if (this.env !== null) this.exits[keyword === 'break' ? 'breaks' : 'continues'].push(this.env);
    this.env = null;
  }

  private try(node: Node & { kind: typeof Kind.Try }): void {
    const mayThrow = containsCall(node.body);
    const before = this.env === null || !mayThrow ? null : new Map(this.env);
    this.block(node.body);
    if (node.alternative !== null) {
      const afterBody = this.env === null ? null : new Map(this.env);
      this.block(node.alternative);
      this.handlers(node.handlers, mayThrow ? join([before, afterBody]) : null);
    } else this.handlers(node.handlers, mayThrow ? join([before, this.env]) : null);
    if (node.finalizer !== null) {
      this.env ??= join([before]);
      this.block(node.finalizer);
    }
  }

  private handlers(handlers: readonly Node[], start: Environment | null): void {
    const after: (Environment | null)[] = [this.env];
    for (const handler of handlers) {
      this.env = start === null ? null : new Map(start);
      if (handler.kind === Kind.Handler) {
        if (handler.type !== null) this.visit(handler.type);
        this.block(handler.body);
      }
      after.push(this.env);
    }
    this.env = join(after);
  }
}

/** A body without calls never gets to its handlers. */
function containsCall(node: Node): boolean {
  if (node.kind === Kind.Call || node.kind === Kind.Raise) return true;
  let found = false;
  forEachChild(node, (child) => {
    found ||= containsCall(child);
  });
  return found;
}

function stateOfValue(node: Node, known: KnownValue | null): State {
  return { known, symbolic: known === null && SYMBOLIC.has(node.kind) ? node : null };
}

/** What symbolic propagation sees through to (semantics 03 §8). */
const SYMBOLIC = new Set<number>([
  Kind.Name,
  Kind.Member,
  Kind.Index,
  Kind.Call,
  Kind.Operation,
  Kind.Interpolated,
  Kind.Await,
]);

function join(environments: readonly (Environment | null)[]): Environment | null {
  const reached = environments.filter((env): env is Environment => env !== null);
  const [first, ...others] = reached;
  if (first === undefined) return null;
  const result: Environment = new Map();
  for (const [declaration, state] of first) {
    let joined: State | null = state;
    for (const env of others) {
      const other = env.get(declaration);
      joined = joined === null || other === undefined ? null : joinStates(joined, other);
    }
    if (joined !== null) result.set(declaration, joined);
  }
  return result;
}

function joinStates(a: State, b: State): State | null {
  if (a === b || (a.symbolic !== null && a.symbolic === b.symbolic)) return a;
  if (a.known === null || b.known === null) return null;
  const x = a.known.value;
  const y = b.known.value;
  if (x.kind === y.kind && x.kind !== 'unknown' && (y as typeof x).value === x.value) return a;
  return typeOf(x) === typeOf(y)
    ? { known: { value: { kind: 'unknown', type: typeOf(x) }, literal: null, isJoined: false }, symbolic: null }
    : null;
}

function baseName(node: Node): Name | null {
  let at: Node = node;
  while (at.kind === Kind.Member || at.kind === Kind.Index) at = at.object;
  return at.kind === Kind.Name ? at : null;
}

/**
 * Names that one plain assignment at the top level writes, and nothing else does, in source order, by the ids of their
 * declarations.
 */
export function onceAssignedGlobals(tree: Tree): Map<number, Assign> {
  const found = new Map<number, Assign>();
  const written = new Map<number, number>();
  const write = (target: Node): void => {
    if (target.kind === Kind.Name || target.kind === Kind.Ident) {
      const declaration = target.reference?.declaration ?? 0;
      written.set(declaration, (written.get(declaration) ?? 0) + 1);
    } else if (target.kind === Kind.Container) for (const element of target.elements) write(element);
    else if (target.kind === Kind.Spread) write(target.value);
    else if (target.kind === Kind.Assign) {
      write(target.target);
      if (target.value !== null) write(target.value);
    }
  };
  const visit = (node: Node, isTopLevel: boolean): void => {
    if (node.kind === Kind.Assign) {
      write(node.target);
      const declaration = node.target.kind === Kind.Name ? (node.target.reference?.declaration ?? 0) : 0;
      const isImported = node.target.kind === Kind.Name && node.target.reference?.canonical != null;
      if (isTopLevel && !isImported && declaration !== 0 && node.value !== null && node.annotation === null)
        found.set(declaration, node);
    } else if (node.kind === Kind.CompoundAssign) write(node.target);
    else if (node.kind === Kind.For || node.kind === Kind.ComprehensionFor) write(node.target);
    else if (node.kind === Kind.With && node.target !== null) write(node.target);
    const below = isTopLevel && node.kind !== Kind.Function && node.kind !== Kind.Class && node.kind !== Kind.Lambda;
    forEachChild(node, (child) => visit(child, below));
  };
  visit(tree.root, true);
  for (const declaration of [...found.keys()]) if (written.get(declaration) !== 1) found.delete(declaration);
  return found;
}
