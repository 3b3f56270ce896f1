import { forEachChild } from '../tree/fields.ts';
import {
  type Assign,
  type Comprehension,
  type Function as FunctionNode,
  type Import,
  type ImportFrom,
  Kind,
  type Lambda,
  type ModulePath,
  type Name,
  type Node,
  type Reference,
  type ScopeDeclaration,
  type Tree,
} from '../tree/nodes.ts';
import type { ImportAlias } from './mentions.ts';

/** What the names of a file resolve to besides what stands on the names themselves. */
export interface FileNames {
  /** Dotted paths of top-level wildcard imports: every name of the file may come from one of them. */
  wildcards: readonly (readonly string[])[];
  aliases: readonly ImportAlias[];
}

type Scope = Map<string, Reference>;

/**
 * Fills `reference` of every identifier in one ordered walk (semantics 03 §6 and §7, which describe the reference's
 * approximations for Python; they are kept because rules are written against them):
 * imports are visible in the rest of the file wherever they stand; an assignment declares unless its name is already
 * known in the function or imported; parameters, loop, `with`, `except`, comprehension and lambda targets always do.
 */
export function resolveNames(tree: Tree): FileNames {
  const resolver = new Resolver();
  for (const statement of tree.root.statements) resolver.topLevel(statement);
  return { wildcards: resolver.wildcards, aliases: resolver.aliases };
}

class Resolver {
  private declarations = 0;
  readonly aliases: ImportAlias[] = [];
  readonly wildcards: (readonly string[])[] = [];
  private readonly imported: Scope = new Map();
  private readonly globals: Scope = new Map();
  /** Function, class, lambda and comprehension scopes, innermost last. */
  private readonly scopes: Scope[] = [];

  topLevel(node: Node): void {
    if (node.kind === Kind.ImportFrom && node.wildcard) {
      const module = dottedPath(node.module);
      if (module !== null) this.wildcards.push(module);
    } else this.visit(node);
  }

  visit = (node: Node): void => {
    switch (node.kind) {
      case Kind.Name:
        node.reference = this.lookup(node.name);
        return;
      case Kind.Assign:
        return this.assign(node);
      case Kind.Function:
        return this.function(node);
      case Kind.Lambda:
        return this.lambda(node);
      case Kind.Class:
        return this.class(node);
      case Kind.Comprehension:
        return this.comprehension(node);
      case Kind.For:
        this.visit(node.iterable);
        this.declareTargets(node.target);
        this.visit(node.body);
        if (node.alternative !== null) this.visit(node.alternative);
        return;
      case Kind.With:
        this.visit(node.value);
        if (node.target !== null) this.declareTargets(node.target);
        this.visit(node.body);
        return;
      case Kind.Handler:
        if (node.type !== null) this.visit(node.type);
        if (node.name !== null) this.declareTargets(node.name);
        this.visit(node.body);
        return;
      case Kind.Import:
        return this.import(node);
      case Kind.ImportFrom:
        return this.importFrom(node);
      case Kind.ScopeDeclaration:
        return this.scopeDeclaration(node);
      default:
        forEachChild(node, this.visit);
    }
  };

  private lookup(name: string): Reference | null {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const found = this.scopes[i]?.get(name);
      if (found !== undefined) return found;
    }
    return this.globals.get(name) ?? this.imported.get(name) ?? null;
  }

  private declare(name: string): Reference {
    const reference: Reference = { declaration: ++this.declarations, canonical: null };
    (this.scopes[this.scopes.length - 1] ?? this.globals).set(name, reference);
    return reference;
  }

  /** Names bound by a loop, `with`, `except`, lambda or comprehension: always declared anew. */
  private declareTargets(target: Node): void {
    if (target.kind === Kind.Name || target.kind === Kind.Ident) target.reference = this.declare(target.name);
    else if (target.kind === Kind.Container) for (const element of target.elements) this.declareTargets(element);
    else if (target.kind === Kind.Spread) this.declareTargets(target.value);
    else this.visit(target);
  }

  private assign(node: Assign): void {
    if (node.value !== null) this.visit(node.value);
    if (node.annotation !== null) {
      this.visit(node.annotation);
      if (node.target.kind === Kind.Name) {
        node.target.reference = this.declare(node.target.name);
        return;
      }
    }
    this.assignTarget(node.target);
  }

  private assignTarget(target: Node): void {
    switch (target.kind) {
      case Kind.Name:
        target.reference = this.knownToAssignment(target.name) ?? this.declare(target.name);
        return;
      case Kind.Container:
        for (const element of target.elements) this.assignTarget(element);
        return;
      case Kind.Spread:
        return this.assignTarget(target.value);
      default:
        this.visit(target);
    }
  }

  /** Outer scopes do not count: an assignment in a function makes a local. */
  private knownToAssignment(name: string): Reference | null {
    const scope = this.scopes[this.scopes.length - 1] ?? this.globals;
    return scope.get(name) ?? this.imported.get(name) ?? null;
  }

  private function(node: FunctionNode): void {
    for (const decorator of node.decorators) this.visit(decorator);
    this.withScope(() => {
      this.parameters(node.parameters);
      if (node.returns !== null) this.visit(node.returns);
      this.visit(node.body);
    });
  }

  private lambda(node: Lambda): void {
    this.withScope(() => {
      this.parameters(node.parameters);
      this.visit(node.body);
    });
  }

  /** `*args` and `**kwargs` get no identity in the reference, so they shadow nothing. */
  private parameters(parameters: readonly Node[]): void {
    for (const parameter of parameters) {
      if (parameter.kind !== Kind.Parameter) continue;
      if (parameter.value !== null) this.visit(parameter.value);
      if (parameter.annotation !== null) this.visit(parameter.annotation);
      if (parameter.name !== null && parameter.operator === '') this.declareTargets(parameter.name);
    }
  }

  private class(node: Node & { kind: typeof Kind.Class }): void {
    for (const decorator of node.decorators) this.visit(decorator);
    for (const base of node.bases) this.visit(base);
    this.withScope(() => this.visit(node.body));
  }

  private comprehension(node: Comprehension): void {
    this.withScope(() => {
      for (const clause of node.clauses) {
        if (clause.kind === Kind.ComprehensionFor) {
          this.visit(clause.iterable);
          this.declareTargets(clause.target);
        } else this.visit(clause);
      }
      this.visit(node.element);
    });
  }

  private withScope(run: () => void): void {
    this.scopes.push(new Map());
    run();
    this.scopes.pop();
  }

  private import(node: Import): void {
    const path = dottedPath(node.module);
    if (node.alias?.kind !== Kind.Ident || path === null) return;
    node.alias.reference = this.addImport(node.alias.name, path);
  }

  private importFrom(node: ImportFrom): void {
    const module = importedPath(node.module);
    for (const imported of node.names) {
      if (imported.kind !== Kind.ImportName || imported.name.kind !== Kind.Ident) continue;
      const local = imported.alias ?? imported.name;
      if (local.kind !== Kind.Ident) continue;
      local.reference = this.addImport(local.name, [...module, imported.name.name]);
    }
  }

  private addImport(name: string, canonical: readonly string[] | null): Reference {
    const reference: Reference = { declaration: ++this.declarations, canonical };
    this.imported.set(name, reference);
    if (canonical !== null) this.aliases.push({ local: name, canonical });
    return reference;
  }

  /** `global x` and `nonlocal x` make the outer name the function's own. */
  private scopeDeclaration(node: ScopeDeclaration): void {
    const scope = this.scopes[this.scopes.length - 1];
    for (const ident of node.names) {
      if (ident.kind !== Kind.Ident) continue;
      const global = this.globals.get(ident.name) ?? this.imported.get(ident.name);
      const outer = node.keyword === 'global' ? global : this.lookup(ident.name);
      const reference = outer ?? this.declareGlobal(ident.name);
      ident.reference = reference;
      scope?.set(ident.name, reference);
    }
  }

  private declareGlobal(name: string): Reference {
    const reference: Reference = { declaration: ++this.declarations, canonical: null };
    this.globals.set(name, reference);
    return reference;
  }
}

/** The parts of an absolute module path; null for relative ones and patterns. */
function dottedPath(module: Node): string[] | null {
  if (module.kind !== Kind.ModulePath || module.dots > 0) return null;
  const path = (module as ModulePath).parts.map((part) => (part.kind === Kind.Ident ? part.name : ''));
  return path.includes('') ? null : path;
}

/**
 * The parts of the path that an import statement names; of a relative one with the dots at the first, so that no
 * absolute path is like it.
 */
export function importedPath(module: Node): string[] {
  if (module.kind !== Kind.ModulePath) return ['.'];
  const parts = module.parts.map((part) => (part.kind === Kind.Ident ? part.name : ''));
  return ['.'.repeat(module.dots) + (parts[0] ?? ''), ...parts.slice(1)];
}

/** The written text of a plain dotted expression `a.b.c`, or null. */
export function dottedName(node: Node): string[] | null {
  if (node.kind === Kind.Name) return [(node as Name).name];
  if (node.kind !== Kind.Member || node.property.kind !== Kind.Ident) return null;
  const object = dottedName(node.object);
  if (object === null) return null;
  object.push(node.property.name);
  return object;
}
