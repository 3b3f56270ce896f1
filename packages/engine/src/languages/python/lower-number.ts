import type { Node } from '../../tree/nodes.ts';
import { floatValue, integerValue } from './literals.ts';
import type { PythonLowering } from './lowering-context.ts';

/** An integer; imaginary ones (`3j`) are integers to the grammar, and floats here. */
export function lowerInteger(l: PythonLowering, node: number): Node {
  const { read, build } = l;
  const text = read.slice(node);
  if (/j$/i.test(text)) return build.float(read.start(node), read.end(node), Number.NaN, text);
  return build.int(read.start(node), read.end(node), integerValue(text), text);
}

export function lowerFloat(l: PythonLowering, node: number): Node {
  const text = l.read.slice(node);
  return l.build.float(l.read.start(node), l.read.end(node), floatValue(text), text);
}
