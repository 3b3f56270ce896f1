import { importedPath } from '../names/resolve-names.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import type { FunctionBody } from './il.ts';

type Imports = ReadonlyMap<string, readonly string[]>;

const known = new WeakMap<FunctionBody, Imports>();

/** By name, what the file of a function imports, wherever at its top level: some imports are only for annotations. */
export function importsOf(body: FunctionBody): Imports {
  let top = body;
  while (top.enclosing !== null) top = top.enclosing;
  let imports = known.get(top);
  if (imports === undefined) {
    imports = new Map(importsIn(top.origin));
    known.set(top, imports);
  }
  return imports;
}

/** Of `from a import b as c`: what each name is called here, and in the module that it is imported from. */
export function importedNames(names: readonly Node[]): { local: string; original: string }[] {
  return names.flatMap((one) => {
    if (one.kind !== Kind.ImportName || one.name.kind !== Kind.Ident) return [];
    const original = one.name.name;
    return [{ local: one.alias?.kind === Kind.Ident ? one.alias.name : original, original }];
  });
}

function importsIn(node: Node | null): [local: string, canonical: readonly string[]][] {
  if (node === null) return [];
  switch (node.kind) {
    case Kind.Block:
      return node.statements.flatMap(importsIn);
    case Kind.If:
      return [...importsIn(node.consequence), ...importsIn(node.alternative)];
    case Kind.Import: {
      const path = importedPath(node.module);
      const first = path.slice(0, 1);
      if (node.alias?.kind === Kind.Ident) return [[node.alias.name, path]];
      return first.map((name) => [name, first]);
    }
    case Kind.ImportFrom: {
      const path = importedPath(node.module);
      return importedNames(node.names).map(({ local, original }) => [local, [...path, original]]);
    }
    default:
      return [];
  }
}
