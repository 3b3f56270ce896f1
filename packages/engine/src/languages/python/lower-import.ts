import type { Node } from '../../tree/nodes.ts';
import type { PythonLowering } from './lowering-context.ts';
import { Sym } from './symbols.ts';

/** One statement a module, each starting at the keyword. */
export function lowerImport(l: PythonLowering, node: number): Node[] {
  const { read, fields } = l;
  return read.fieldParts(node, fields.name).map((name) => {
    const isAliased = read.code(name) === Sym.aliased_import;
    const module = lowerModulePath(l, isAliased ? read.field(name, fields.name) : name);
    const alias = isAliased ? l.ident(read.field(name, fields.alias)) : null;
    return l.build.import(read.start(node), read.end(name), module, alias);
  });
}

/** `from __future__ import name`: the grammar has the module as a token. */
export function lowerImportFuture(l: PythonLowering, node: number): Node[] {
  const { read, build } = l;
  const names = read.fieldParts(node, l.fields.name);
  const keyword = node + 1;
  const second = keyword < read.after(node) ? read.after(keyword) : node;
  const module = second < read.after(node) ? second : node;
  const future = build.ident(read.start(module), read.end(module), '__future__');
  const path = build.modulePath(read.start(module), read.end(module), 0, [future]);
  const end = lastEnd(l, names, node);
  return [build.importFrom(read.start(node), end, path, lowerImportNames(l, names), false)];
}

export function lowerImportFrom(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const module = lowerModulePath(l, read.field(node, fields.module_name));
  const wildcard = read.hasChild(node, Sym.wildcard_import);
  const names = read.fieldParts(node, fields.name);
  const end = lastEnd(l, names, node);
  return l.build.importFrom(read.start(node), end, module, lowerImportNames(l, names), wildcard);
}

function lowerModulePath(l: PythonLowering, node: number): Node {
  const { read, build } = l;
  if (read.code(node) !== Sym.relative_import) {
    return build.modulePath(read.start(node), read.end(node), 0, l.idents(node));
  }
  const prefix = read.child(node, Sym.import_prefix);
  const name = read.child(node, Sym.dotted_name);
  const dots = prefix < 0 ? 0 : read.slice(prefix).replace(/[^.]/g, '').length;
  return build.modulePath(read.start(node), read.end(node), dots, name < 0 ? [] : l.idents(name));
}

function lowerImportNames(l: PythonLowering, names: readonly number[]): Node[] {
  const { read, fields } = l;
  return names.map((name) => {
    const isAliased = read.code(name) === Sym.aliased_import;
    const dotted = isAliased ? read.field(name, fields.name) : name;
    const first = read.firstPart(dotted);
    const ident = l.ident(first < 0 ? dotted : first);
    const alias = isAliased ? l.ident(read.field(name, fields.alias)) : null;
    return l.build.importName(read.start(name), read.end(name), ident, alias);
  });
}

/** A closing parenthesis does not belong to the range. */
function lastEnd(l: PythonLowering, names: readonly number[], node: number): number {
  const last = names[names.length - 1];
  return last === undefined ? l.read.end(node) : l.read.end(last);
}
