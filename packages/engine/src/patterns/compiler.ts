import type { Binding } from '../match/bindings.ts';
import { isSameBuiltinType } from '../names/types.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import { compileCall } from './compile-call.ts';
import { compileContainer } from './compile-container.ts';
import { compileDefinition } from './compile-definition.ts';
import { compileImport } from './compile-import.ts';
import { compileMember, compileName } from './compile-name.ts';
import { compileOperation } from './compile-operation.ts';
import { compileStatement } from './compile-statement.ts';
import { compileInterpolated, compileString } from './compile-string.ts';
import { compileStructure } from './compile-structure.ts';
import { forEachDeepExpression } from './deep.ts';
import type { MatchContext, Matcher } from './match-context.ts';
import type { MatchOptions } from './match-options.ts';
import { remembered } from './repeats.ts';

/** A pattern that cannot be matched; `message` says why, for the rule's author. */
export class PatternError extends Error {}

/**
 * Compiles pattern nodes into matchers. One compiler a pattern: it numbers the metavariables. The rules of what may be
 * left out, reordered or skipped belong to node kinds, each in the file of its kind.
 */
export class PatternCompiler {
  /** Metavariables by slot. */
  readonly names: string[] = [];
  readonly options: MatchOptions;
  /** How many constructs that look in many places enclose the one being compiled. */
  private reachedFromMany = 0;

  /** `names` are the pattern's metavariables in source order, which is the order in which messages see them bound. */
  constructor(options: MatchOptions, names: readonly string[] = []) {
    this.options = options;
    for (const name of names) this.slot(name);
  }

  /** The slot of a metavariable; -1 for `$_`, which never binds. */
  slot(name: string): number {
    if (name === '$_') return -1;
    const known = this.names.indexOf(name);
    return known >= 0 ? known : this.names.push(name) - 1;
  }

  /** A pattern below the root: sees through to a variable's assigned expression with `symbolic_propagation`. */
  expression(pattern: Node): Matcher {
    const match = this.root(pattern);
    if (!this.options.symbolicPropagation) return match;
    return (node, context, done) => {
      match(node, context, done);
      if (node.kind !== Kind.Name) return;
      const assigned = context.facts.constants.symbolicOf(node);
      if (assigned !== null) match(assigned, context, done);
    };
  }

  /** Null in the pattern means that the target may have anything or nothing there. */
  optional(pattern: Node | null): (node: Node | null, context: MatchContext, done: () => void) => void {
    if (pattern === null) return (_node, _context, done) => done();
    return this.present(pattern);
  }

  /** Null in the pattern means null in the target. */
  exact(pattern: Node | null): (node: Node | null, context: MatchContext, done: () => void) => void {
    if (pattern === null) {
      return (node, _context, done) => {
        if (node === null) done();
      };
    }
    return this.present(pattern);
  }

  private present(pattern: Node): (node: Node | null, context: MatchContext, done: () => void) => void {
    const match = this.expression(pattern);
    return (node, context, done) => {
      if (node !== null) match(node, context, done);
    };
  }

  /** A whole pattern, or one below it without symbolic propagation. */
  root(pattern: Node): Matcher {
    switch (pattern.kind) {
      case Kind.Metavariable:
        return this.metavariable(pattern.name);
      case Kind.Ellipsis:
        return (_node, _context, done) => done();
      case Kind.MetavariableSequence:
        // Where no sequence is expected it parses, but never matches (semantics 02 §1).
        return () => {};
      case Kind.TypedMetavariable:
        return this.typedMetavariable(pattern.name, pattern.type);
      case Kind.Deep:
        return this.deep(pattern.expression);
      case Kind.Name:
        return compileName(pattern);
      case Kind.Ident:
        return matchIdent(pattern.name);
      case Kind.Member:
        return compileMember(this, pattern);
      case Kind.Int:
      case Kind.Float:
      case Kind.Constant:
        return this.literal(pattern);
      case Kind.Str:
      case Kind.Concat:
        return compileString(this, pattern);
      case Kind.Interpolated:
      case Kind.Hole:
        return compileInterpolated(this, pattern);
      case Kind.Call:
        return compileCall(this, pattern);
      case Kind.Container:
        return compileContainer(this, pattern);
      case Kind.Operation:
        return compileOperation(this, pattern);
      case Kind.Function:
      case Kind.Class:
      case Kind.Parameter:
      case Kind.Lambda:
      case Kind.Decorator:
        return compileDefinition(this, pattern);
      case Kind.Import:
      case Kind.ImportFrom:
        return compileImport(this, pattern);
      case Kind.ExpressionStatement:
      case Kind.Block:
      case Kind.If:
      case Kind.While:
      case Kind.For:
      case Kind.Try:
      case Kind.Handler:
      case Kind.With:
      case Kind.Return:
      case Kind.Raise:
      case Kind.Assert:
      case Kind.Switch:
      case Kind.Case:
      case Kind.Assign:
        return compileStatement(this, pattern);
      default:
        return compileStructure(this, pattern);
    }
  }

  private metavariable(name: string): Matcher {
    const slot = this.slot(name);
    return (node, context, done) => context.bind(slot, nodeBinding(node), done);
  }

  private typedMetavariable(name: string, type: Node): Matcher {
    const slot = this.slot(name);
    const matchType = this.typeMatcher(type);
    return (node, context, done) => {
      for (const known of context.facts.types.typesOf(node)) {
        matchType(known, context, () => context.bind(slot, nodeBinding(node), done));
      }
    };
  }

  /** A type by structure; builtin types also by another spelling of the same. */
  typeMatcher(type: Node): Matcher {
    const match = this.root(type);
    if (type.kind !== Kind.Name) return match;
    return (node, context, done) => {
      if ((node.kind === Kind.Name || node.kind === Kind.Ident) && isSameBuiltinType(node.name, type.name)) done();
      else match(node, context, done);
    };
  }

  /** The expression here, and every sub-expression. */
  private deep(pattern: Node): Matcher {
    if (!this.options.goDeeperExpr) return this.expression(pattern);
    return this.reaching(true, () => {
      const match = this.expression(pattern);
      return (node, context, done) => forEachDeepExpression(node, (inner) => match(inner, context, done));
    });
  }

  /**
   * Compiles what looks for its parts in `many` places of a node. Within another such one it remembers its outcomes:
   * it is reached from each place of that one, and ways multiply.
   */
  reaching(many: boolean, compile: () => Matcher): Matcher {
    if (!many) return compile();
    this.reachedFromMany++;
    const match = compile();
    this.reachedFromMany--;
    return this.reachedFromMany > 0 ? remembered(match) : match;
  }

  /** Numbers by value, names of constants by constructor; a constant expression of that value too. */
  private literal(pattern: Node): Matcher {
    const same = compileStructure(this, pattern);
    if (!this.options.constantPropagation) return same;
    return (node, context, done) => {
      if (node.kind === pattern.kind) return same(node, context, done);
      const known = context.facts.constants.valueOf(node);
      if (known === null) return;
      const wanted = context.facts.constants.literalValue(pattern);
      if (wanted !== null && known.value.kind === wanted.kind && known.value.kind !== 'unknown') {
        if ((known.value as { value: unknown }).value === (wanted as { value: unknown }).value) done();
      }
    };
  }
}

/** Binds a node; the parentheses around an identifier are left out. */
function nodeBinding(node: Node): Binding {
  if (node.kind === Kind.Name) return { kind: 'node', node, start: node.token, end: node.token + node.name.length };
  return { kind: 'node', node, start: node.start, end: node.end };
}

/** An identifier that is no expression, by text. */
function matchIdent(name: string): Matcher {
  return (node, _context, done) => {
    if ((node.kind === Kind.Ident || node.kind === Kind.Name) && node.name === name) done();
  };
}
