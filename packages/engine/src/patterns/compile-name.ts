import { Kind, type Member, MODULE_PATH_REFERENCE, type Name, type Node } from '../tree/nodes.ts';
import type { PatternCompiler } from './compiler.ts';
import type { MatchContext, Matcher } from './match-context.ts';

/** As written, or through an import: `os` also matches `o` after `import os as o` (semantics 03 §6). */
export function compileName(pattern: Name): Matcher {
  const wanted = pattern.name;
  return (node, _context, done) => {
    if (node.kind !== Kind.Name) return;
    const canonical = node.reference?.canonical;
    if (node.name === wanted) done();
    else if (canonical?.length === 1 && canonical[0] === wanted) done();
  };
}

/**
 * `a.b` against a member access, or against a name imported from a dotted path. `a. ... .m` allows any number of
 * links between.
 */
export function compileMember(compiler: PatternCompiler, pattern: Member): Matcher {
  if (pattern.object.kind === Kind.Member && pattern.object.property.kind === Kind.Ellipsis) {
    return compileChain(compiler, pattern, pattern.object.object);
  }
  if (pattern.property.kind === Kind.Ellipsis) return compileTrailingChain(compiler, pattern.object);
  const matchObject = compileObject(compiler, pattern.object);
  const matchProperty = compiler.root(pattern.property);
  const matchPath = compilePath(compiler, pattern);
  const isPlain = isPlainDotted(pattern);
  return (node, context, done) => {
    if (node.kind === Kind.Member) {
      // The property first: it is cheap and fails most often.
      matchProperty(node.property, context, () => matchObject(node.object, context, done));
    } else if (node.kind === Kind.Name && matchPath !== null) {
      matchImportedName(node, matchPath, isPlain, context, done);
    }
  };
}

/** A variable in the object's place is also bound to what an imported module is called by itself. */
function compileObject(compiler: PatternCompiler, object: Node): Matcher {
  const match = compiler.expression(object);
  if (object.kind !== Kind.Metavariable) return match;
  const slot = compiler.slot(object.name);
  return (node, context, done) => {
    match(node, context, done);
    const canonical = node.kind === Kind.Name ? node.reference?.canonical : null;
    if (canonical == null) return;
    const bound = pathNode(canonical, canonical.length, node);
    context.bind(slot, { kind: 'node', node: bound, start: node.start, end: node.end }, done);
  };
}

type PathMatcher = (
  path: readonly string[],
  length: number,
  node: Node,
  context: MatchContext,
  done: () => void,
) => void;

function matchImportedName(
  node: Name,
  matchPath: PathMatcher,
  isPlain: boolean,
  context: MatchContext,
  done: () => void,
): void {
  const canonical = node.reference?.canonical;
  if (canonical != null) return matchPath(canonical, canonical.length, node, context, done);
  if (!isPlain) return;
  for (const module of context.facts.wildcards) {
    const path = [...module, node.name];
    matchPath(path, path.length, node, context, done);
  }
}

/**
 * Matches a dotted pattern against the first `length` parts of a canonical path. A metavariable binds a name that
 * reads like its part of the path and stands where the imported name stands.
 */
function compilePath(compiler: PatternCompiler, pattern: Node): PathMatcher | null {
  if (pattern.kind === Kind.Name) {
    const wanted = pattern.name;
    return (path, length, _node, _context, done) => {
      if (length === 1 && path[0] === wanted) done();
    };
  }
  if (pattern.kind === Kind.Metavariable) {
    const slot = compiler.slot(pattern.name);
    return (path, length, node, context, done) => {
      if (length < 1) return;
      const bound = pathNode(path, length, node);
      context.bind(slot, { kind: 'node', node: bound, start: node.start, end: node.end }, done);
    };
  }
  if (pattern.kind !== Kind.Member) return null;
  const matchObject = compilePath(compiler, pattern.object);
  const { property } = pattern;
  if (matchObject === null || (property.kind !== Kind.Ident && property.kind !== Kind.Metavariable)) return null;
  const slot = property.kind === Kind.Metavariable ? compiler.slot(property.name) : -1;
  return (path, length, node, context, done) => {
    const last = path[length - 1];
    if (length < 2 || last === undefined) return;
    if (property.kind === Kind.Ident) {
      if (property.name === last) matchObject(path, length - 1, node, context, done);
      return;
    }
    const bound = identAt(last, node);
    context.bind(slot, { kind: 'node', node: bound, start: node.start, end: node.end }, () =>
      matchObject(path, length - 1, node, context, done),
    );
  };
}

function identAt(name: string, at: Node): Node {
  return { kind: Kind.Ident, id: at.id, start: at.start, end: at.end, name, reference: null };
}

function pathNode(path: readonly string[], length: number, at: Node): Node {
  const first = path[0] ?? '';
  let node: Node = {
    kind: Kind.Name,
    id: at.id,
    start: at.start,
    end: at.end,
    name: first,
    token: at.start,
    reference: MODULE_PATH_REFERENCE,
  };
  for (let i = 1; i < length; i++) {
    const property = identAt(path[i] ?? '', at);
    node = { kind: Kind.Member, id: at.id, start: at.start, end: at.end, object: node, property };
  }
  return node;
}

function isPlainDotted(node: Node): boolean {
  if (node.kind === Kind.Name) return true;
  return node.kind === Kind.Member && node.property.kind === Kind.Ident && isPlainDotted(node.object);
}

/** `base. ... .m`: any number of member or call links between the base and the last member. */
function compileChain(compiler: PatternCompiler, pattern: Member, base: Node): Matcher {
  const matchBase = compiler.expression(base);
  const matchProperty = compiler.root(pattern.property);
  return (node, context, done) => {
    const link = node.kind === Kind.Call ? null : asLink(node);
    if (link === null) return;
    matchProperty(link.property, context, () => matchLinks(link.object, matchBase, asLink, context, done));
  };
}

/** The base itself, or it under `.field` and `.call(...)` links; a call of the base itself is no link. */
function matchLinks(
  node: Node,
  matchBase: Matcher,
  linkOf: (node: Node) => Member | null,
  context: MatchContext,
  done: () => void,
): void {
  matchBase(node, context, done);
  const link = linkOf(node);
  if (link !== null) matchLinks(link.object, matchBase, linkOf, context, done);
}

/** A member access or method call, by its member. */
function asWrittenLink(node: Node): Member | null {
  if (node.kind === Kind.Member) return node;
  return node.kind === Kind.Call && node.callee.kind === Kind.Member ? node.callee : null;
}

/** The same, and a name imported from a dotted path, which reads like one. */
function asLink(node: Node): Member | null {
  const written = asWrittenLink(node);
  if (written !== null) return written;
  if (node.kind !== Kind.Name) return null;
  const canonical = node.reference?.canonical;
  const expanded = canonical == null ? null : pathNode(canonical, canonical.length, node);
  return expanded?.kind === Kind.Member ? expanded : null;
}

/** `base. ...`: a member access or method call, or any prefix of it that the base matches. */
function compileTrailingChain(compiler: PatternCompiler, base: Node): Matcher {
  const matchBase = compiler.expression(base);
  return (node, context, done) => {
    const link = asLink(node);
    if (link === null) return;
    matchBase(node, context, done);
    matchLinks(link.object, matchBase, asWrittenLink, context, done);
  };
}
