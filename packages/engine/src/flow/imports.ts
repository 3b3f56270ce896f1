import { importedPath } from '../names/resolve-names.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import type { FunctionBody } from './il.ts';

type Canonical = readonly string[];

/** What a file imports, wherever at its top level: some imports are tried, and some are only for annotations. */
export interface Imports {
  /** By name; several where one of them is a fallback for another. */
  named: ReadonlyMap<string, readonly Canonical[]>;
  /** Modules of which it has all names. */
  whole: readonly Canonical[];
}

const known = new WeakMap<FunctionBody, Imports>();

/** Of the file of a function. */
export function importsOf(body: FunctionBody): Imports {
  let top = body;
  while (top.enclosing !== null) top = top.enclosing;
  let imports = known.get(top);
  if (imports === undefined) {
    imports = collectImports(top.origin);
    known.set(top, imports);
  }
  return imports;
}

/** What an imported name may be: `of` is asked for one after the other. */
export function firstImported<Found>(
  { named, whole }: Imports,
  name: string,
  of: (canonical: Canonical) => Found | null,
): Found | null {
  for (const canonical of [...(named.get(name) ?? []), ...whole.map((module) => [...module, name])]) {
    const found = of(canonical);
    if (found !== null) return found;
  }
  return null;
}

function collectImports(root: Node): Imports {
  const named = new Map<string, Canonical[]>();
  const whole: Canonical[] = [];
  const add = (local: string, canonical: Canonical): void => {
    const before = named.get(local);
    if (before === undefined) named.set(local, [canonical]);
    else before.push(canonical);
  };
  const visit = (node: Node | null): void => {
    if (node === null) return;
    switch (node.kind) {
      case Kind.Block:
        return node.statements.forEach(visit);
      case Kind.If:
        visit(node.consequence);
        return visit(node.alternative);
      case Kind.Try:
        return [node.body, ...node.handlers, node.alternative, node.finalizer].forEach(visit);
      case Kind.Handler:
        return visit(node.body);
      case Kind.Import: {
        const path = importedPath(node.module);
        const [first] = path;
        if (node.alias?.kind === Kind.Ident) add(node.alias.name, path);
        else if (first !== undefined) add(first, [first]);
        return;
      }
      case Kind.ImportFrom: {
        const path = importedPath(node.module);
        if (node.wildcard) whole.push(path);
        for (const one of node.names) {
          if (one.kind !== Kind.ImportName || one.name.kind !== Kind.Ident) continue;
          const original = one.name.name;
          add(one.alias?.kind === Kind.Ident ? one.alias.name : original, [...path, original]);
        }
      }
    }
  };
  visit(root);
  return { named, whole };
}
