import { type Node, SUBSCRIPTS } from '../../tree/nodes.ts';
import type { PythonLowering } from './lowering-context.ts';
import { readPlaceholder, TYPED_NAME } from './placeholders.ts';
import { Sym } from './symbols.ts';

/** What may be subscripted several times over: anything longer would be lowered again for each, and so for each level. */
const DOTTED_NAME = /^[\p{L}\p{N}_.]{1,200}$/u;

/** `a[i]`; several indexes are a tuple. In patterns also `$X: T` as an argument, which is written as a subscript. */
export function lowerSubscript(l: PythonLowering, node: number): Node {
  const { read, build, fields } = l;
  const indexes = read.fields(node, fields.subscript);
  const objectNode = read.field(node, fields.value);
  if (l.pattern && read.slice(objectNode) === TYPED_NAME) return lowerTypedMetavariable(l, node, indexes);
  if (
    indexes.length > 1 &&
    DOTTED_NAME.test(read.slice(objectNode)) &&
    indexes.some((index) => read.code(index) === Sym.slice)
  ) {
    return lowerSubscripts(l, node, objectNode, indexes);
  }
  const object = l.expression(objectNode);
  const first = indexes[0];
  const last = indexes[indexes.length - 1];
  if (first === undefined || last === undefined) return l.other(node);
  const isTuple = indexes.length > 1 || read.hasChild(node, Sym[',']);
  const index = isTuple
    ? build.container(read.start(first), read.end(last), 'tuple', l.expressions(indexes))
    : l.expression(first);
  return build.index(read.start(node), read.end(node), object, index);
}

/** With a slice among the indexes, as the reference has it, each is a subscript of the name that ends where it does. */
function lowerSubscripts(l: PythonLowering, node: number, objectNode: number, indexes: readonly number[]): Node {
  const { read, build } = l;
  const start = read.start(node);
  const subscripts = indexes.map((index) => {
    return build.index(start, read.end(index), l.expression(objectNode), l.expression(index));
  });
  return build.other(start, read.end(node), SUBSCRIPTS, '', subscripts);
}

function lowerTypedMetavariable(l: PythonLowering, node: number, indexes: readonly number[]): Node {
  const { read } = l;
  const [name, type] = indexes[0] === undefined ? [] : read.parts(indexes[0]);
  if (name === undefined || type === undefined) return l.other(node);
  const placeholder = readPlaceholder(read.slice(name));
  const written = placeholder.kind === 'metavariable' ? placeholder.name : read.slice(name);
  return l.build.typedMetavariable(read.start(node), read.end(node), written, l.expression(type));
}

export function lowerSlice(l: PythonLowering, node: number): Node {
  const { read } = l;
  const parts: (Node | null)[] = [null, null, null];
  let at = 0;
  const stop = read.after(node);
  for (let child = node + 1; child < stop; child = read.after(child)) {
    if (read.code(child) === Sym[':']) at++;
    else if (read.isNamed(child)) parts[at] = l.expression(child);
  }
  return l.build.slice(read.start(node), read.end(node), parts[0] ?? null, parts[1] ?? null, parts[2] ?? null);
}

/** `list[int]` in a type. */
export function lowerGenericType(l: PythonLowering, node: number): Node {
  const { read } = l;
  const [name, parameters] = read.parts(node);
  if (name === undefined || parameters === undefined) return l.other(node);
  const index = l.tupleOf(read.parts(parameters)) ?? l.other(parameters);
  return l.build.index(read.start(node), read.end(node), l.expression(name), index);
}
