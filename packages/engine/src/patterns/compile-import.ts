import type { Binding } from '../match/bindings.ts';
import {
  type Ident,
  type Import,
  type ImportFrom,
  type ImportName,
  Kind,
  type ModulePath,
  type Node,
} from '../tree/nodes.ts';
import type { PatternCompiler } from './compiler.ts';
import type { MatchContext, Matcher } from './match-context.ts';

/** One imported thing: `import a.b as c` is path [a, b], `from a import b` the same with a name of its own. */
interface ImportedThing {
  dots: number;
  path: readonly Node[];
  /** The name after `from … import`; null for `import a.b` and wildcards. */
  name: Node | null;
  alias: Node | null;
  wildcard: boolean;
  start: number;
  end: number;
}

function importedThings(node: Node): ImportedThing[] {
  if (node.kind === Kind.Import) {
    const module = node.module as ModulePath;
    const { start, end } = module;
    return [{ dots: module.dots, path: module.parts, name: null, alias: node.alias, wildcard: false, start, end }];
  }
  if (node.kind !== Kind.ImportFrom) return [];
  const module = node.module as ModulePath;
  const shared = { dots: module.dots, path: module.parts };
  if (node.wildcard) {
    return [{ ...shared, name: null, alias: null, wildcard: true, start: module.start, end: module.end }];
  }
  return node.names
    .filter((name): name is ImportName => name.kind === Kind.ImportName)
    .map((name) => ({
      ...shared,
      name: name.name,
      alias: name.alias,
      wildcard: false,
      start: module.start,
      end: name.end,
    }));
}

/**
 * A path is a prefix: `import foo` matches `import foo.bar` and `from foo import x`. Relative dots must agree. Names
 * may be some of many, an alias is required if written (semantics 03 §4 and §6).
 */
export function compileImport(compiler: PatternCompiler, pattern: Import | ImportFrom): Matcher {
  if (pattern.kind === Kind.Import) return compileModuleImport(compiler, pattern);
  return compileFromImport(compiler, pattern);
}

function compileModuleImport(compiler: PatternCompiler, pattern: Import): Matcher {
  const module = pattern.module as ModulePath;
  const [only] = module.parts;
  if (module.parts.length === 1 && only?.kind === Kind.Metavariable)
    return compileAnyImport(compiler, only.name, pattern.alias);
  const matchPath = compilePathPrefix(compiler, module.parts);
  const matchAlias = compiler.optional(pattern.alias);
  return (node, context, done) => {
    for (const thing of importedThings(node)) {
      if (thing.dots !== module.dots) continue;
      const path = thing.name === null ? thing.path : [...thing.path, thing.name];
      matchPath(path, context, () => matchAlias(thing.alias, context, done));
    }
  };
}

/** `import $X`: every import, $X the dotted path. */
function compileAnyImport(compiler: PatternCompiler, name: string, alias: Node | null): Matcher {
  const slot = compiler.slot(name);
  const matchAlias = compiler.optional(alias);
  return (node, context, done) => {
    for (const thing of importedThings(node)) {
      if (thing.wildcard) continue;
      const bound = pathBinding(thing.name === null ? thing.path : [...thing.path, thing.name], thing);
      matchAlias(thing.alias, context, () => context.bind(slot, bound, done));
    }
  };
}

function compileFromImport(compiler: PatternCompiler, pattern: ImportFrom): Matcher {
  const module = pattern.module as ModulePath;
  if (pattern.wildcard) {
    const matchPath = compilePathPrefix(compiler, module.parts);
    return (node, context, done) => {
      for (const thing of importedThings(node)) {
        if (thing.wildcard && thing.dots === module.dots) matchPath(thing.path, context, done);
      }
    };
  }
  const names = pattern.names.filter((name) => name.kind !== Kind.Ellipsis);
  const matchers = names.map((name) => compileImportedName(compiler, module, name));
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

type ThingMatcher = (thing: ImportedThing, context: MatchContext, done: () => void) => void;

function compileImportedName(compiler: PatternCompiler, module: ModulePath, name: Node): ThingMatcher {
  if (name.kind !== Kind.ImportName) return () => {};
  const matchAlias = compiler.optional(name.alias);
  const [only] = module.parts;
  if (module.parts.length === 1 && only?.kind === Kind.Metavariable) {
    const slot = compiler.slot(only.name);
    const matchName = compiler.root(name.name);
    return (thing, context, done) => {
      const split = splitThing(thing);
      if (split === null || thing.dots !== module.dots) return;
      matchName(split.name, context, () =>
        context.bind(slot, pathBinding(split.path, thing), () => matchAlias(thing.alias, context, done)),
      );
    };
  }
  const patternPath = [...module.parts, name.name];
  const matchPath = compilePathPrefix(compiler, patternPath);
  return (thing, context, done) => {
    if (thing.dots !== module.dots || thing.wildcard) return;
    const path = thing.name === null ? thing.path : [...thing.path, thing.name];
    matchPath(path, context, () => matchAlias(thing.alias, context, done));
  };
}

/** `import a.b` read as `from a import b`. */
function splitThing(thing: ImportedThing): { path: readonly Node[]; name: Node } | null {
  if (thing.wildcard) return null;
  if (thing.name !== null) return { path: thing.path, name: thing.name };
  const last = thing.path[thing.path.length - 1];
  return last === undefined || thing.path.length < 2 ? null : { path: thing.path.slice(0, -1), name: last };
}

type PathMatcher = (path: readonly Node[], context: MatchContext, done: () => void) => void;

function compilePathPrefix(compiler: PatternCompiler, patterns: readonly Node[]): PathMatcher {
  const matchers = patterns.map((part) => compiler.root(part));
  return (path, context, done) => {
    const step = (i: number): void => {
      const match = matchers[i];
      if (match === undefined) return done();
      const part = path[i];
      if (part !== undefined) match(part, context, () => step(i + 1));
    };
    step(0);
  };
}

/** A dotted path as one bound expression. */
function pathBinding(path: readonly Node[], at: { start: number; end: number }): Binding {
  const parts = path.map((part) => (part as Ident).name);
  const start = path[0]?.start ?? at.start;
  const end = path[path.length - 1]?.end ?? at.end;
  const id = path[0]?.id ?? -1;
  let node: Node = { kind: Kind.Name, id, start, end, name: parts[0] ?? '', reference: null };
  for (const part of parts.slice(1)) {
    const property: Ident = { kind: Kind.Ident, id, start, end, name: part, reference: null };
    node = { kind: Kind.Member, id, start, end, object: node, property };
  }
  return { kind: 'node', node, start, end };
}
