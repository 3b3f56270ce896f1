import type { Binding } from '../match/bindings.ts';
import {
  type Ident,
  type Import,
  type ImportFrom,
  type ImportName,
  Kind,
  MODULE_PATH_REFERENCE,
  type ModulePath,
  type Node,
} from '../tree/nodes.ts';
import type { PatternCompiler } from './compiler.ts';
import type { MatchContext, Matcher } from './match-context.ts';

/** One imported thing: `import a.b as c` has the path [a, b], `from a import b` the path [a] and the name b. */
interface ImportedThing {
  module: ModulePath;
  path: readonly Node[];
  /** The name after `from … import`; null for `import a.b` and wildcards. */
  name: Node | null;
  alias: Node | null;
  wildcard: boolean;
}

type ThingMatcher = (thing: ImportedThing, context: MatchContext, done: () => void) => void;
type PathMatcher = (path: readonly Node[], context: MatchContext, done: () => void) => void;

/**
 * A path is a prefix: `import foo` matches `import foo.bar` and `from foo import x`. Relative dots must agree. Names
 * may be some of many. An alias is required if written, and then the form of the statement counts too (semantics 03 §4
 * and §6).
 */
export function compileImport(compiler: PatternCompiler, pattern: Import | ImportFrom): Matcher {
  const matchers = pattern.kind === Kind.Import ? [compileModule(compiler, pattern)] : compileNames(compiler, pattern);
  return (node, context, done) => {
    const things = importedThings(node);
    const step = (i: number): void => {
      const match = matchers[i];
      if (match === undefined) return done();
      for (const thing of things) match(thing, context, () => step(i + 1));
    };
    step(0);
  };
}

function importedThings(node: Node): ImportedThing[] {
  if (node.kind === Kind.Import) {
    const module = node.module as ModulePath;
    return [{ module, path: module.parts, name: null, alias: node.alias, wildcard: false }];
  }
  if (node.kind !== Kind.ImportFrom) return [];
  const module = node.module as ModulePath;
  const path = module.parts;
  if (node.wildcard) return [{ module, path, name: null, alias: null, wildcard: true }];
  const names = node.names.filter((name): name is ImportName => name.kind === Kind.ImportName);
  return names.map((name) => ({ module, path, name: name.name, alias: name.alias, wildcard: false }));
}

/** `import a.$X as b`: the last metavariable of the path takes all the rest of it. */
function compileModule(compiler: PatternCompiler, pattern: Import): ThingMatcher {
  const module = pattern.module as ModulePath;
  const matchPath = compilePath(compiler, withDots(module, module.parts), /* lastTakesRest */ true);
  const matchAlias = compiler.optional(pattern.alias);
  return (thing, context, done) => {
    const { name } = thing;
    if (pattern.alias !== null && name !== null) return;
    const path = name === null ? thing.path : [...thing.path, name];
    matchPath(withDots(thing.module, path), context, () => matchAlias(thing.alias, context, done));
  };
}

/** A relative path starts with a name of its own for its dots; the reference lets it read like the first token of them. */
function withDots(module: ModulePath, path: readonly Node[]): readonly Node[] {
  if (module.dots === 0) return path;
  const { id, start } = module;
  const end = start + (module.dots >= 3 ? 3 : 1);
  return [{ kind: Kind.Ident, id, start, end, name: '.'.repeat(module.dots), reference: null }, ...path];
}

function compileNames(compiler: PatternCompiler, pattern: ImportFrom): ThingMatcher[] {
  const module = pattern.module as ModulePath;
  if (pattern.wildcard) return [compileWildcard(compiler, module)];
  const names = pattern.names.filter((name) => name.kind !== Kind.Ellipsis);
  return names.map((name) => compileImportedName(compiler, module, name, names.length === 1));
}

function compileWildcard(compiler: PatternCompiler, module: ModulePath): ThingMatcher {
  const matchPath = compilePath(compiler, module.parts, /* lastTakesRest */ true);
  return (thing, context, done) => {
    if (thing.wildcard && thing.module.dots === module.dots) matchPath(thing.path, context, done);
  };
}

/**
 * `from a import b`: against another `from`, path by prefix and name by name; against `import a.b.c` and
 * `from a.b import *`, the name is what follows the path.
 */
function compileImportedName(compiler: PatternCompiler, module: ModulePath, name: Node, isOnly: boolean): ThingMatcher {
  if (name.kind !== Kind.ImportName) return () => {};
  const matchAlias = compiler.optional(name.alias);
  const matchName = compiler.root(name.name);
  const matchModule = compilePath(compiler, module.parts, /* lastTakesRest */ true);
  const matchWhole = compilePath(compiler, [...module.parts, name.name], /* lastTakesRest */ true);
  const onlyVariable =
    module.parts.length === 1 && module.parts[0]?.kind === Kind.Metavariable ? module.parts[0] : null;
  return (thing, context, done) => {
    const { dots } = thing.module;
    if (dots !== module.dots && onlyVariable === null) return;
    if (thing.name === null) {
      if (name.alias === null && thing.path.length > module.parts.length) matchWhole(thing.path, context, done);
      return;
    }
    const written = thing.name;
    const path = onlyVariable !== null ? withDots(thing.module, thing.path) : thing.path;
    matchModule(path, context, () => matchName(written, context, () => matchAlias(thing.alias, context, done)));
    const isDeeper =
      isOnly && name.alias === null && name.name.kind === Kind.Ident && path.length > module.parts.length;
    if (isDeeper) matchWhole(path, context, done);
  };
}

/** A prefix of the path; with `lastTakesRest`, a metavariable at the end of the pattern binds all that is left. */
function compilePath(compiler: PatternCompiler, patterns: readonly Node[], lastTakesRest: boolean): PathMatcher {
  const last = patterns[patterns.length - 1];
  const slot = lastTakesRest && last?.kind === Kind.Metavariable ? compiler.slot(last.name) : null;
  const matchers = (slot === null ? patterns : patterns.slice(0, -1)).map((part) => compiler.root(part));
  return (path, context, done) => {
    const step = (i: number): void => {
      const match = matchers[i];
      const part = path[i];
      if (match !== undefined) {
        if (part !== undefined) match(part, context, () => step(i + 1));
      } else if (slot === null) done();
      else if (part !== undefined) context.bind(slot, pathBinding(path.slice(i)), done);
    };
    step(0);
  };
}

/** A dotted path as one bound expression. */
function pathBinding(path: readonly Node[]): Binding {
  const first = path[0] as Node;
  const { id, start } = first;
  const end = (path[path.length - 1] as Node).end;
  let node: Node = {
    kind: Kind.Name,
    id,
    start,
    end,
    name: (first as Ident).name,
    token: start,
    reference: MODULE_PATH_REFERENCE,
  };
  for (const part of path.slice(1)) {
    node = { kind: Kind.Member, id, start, end, object: node, property: { ...(part as Ident) } };
  }
  return { kind: 'node', node, start, end };
}
