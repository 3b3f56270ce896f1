import type { Node } from '../../tree/nodes.ts';
import { decodeStringContent } from './literals.ts';
import type { PythonLowering } from './lowering-context.ts';
import { Sym } from './symbols.ts';

const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;

/** A string literal; f-strings and t-strings keep their holes. */
export function lowerString(l: PythonLowering, node: number): Node {
  const { read, build } = l;
  const opening = node + 1;
  const closing = read.lastChild(node);
  if (closing < 0 || read.code(closing) !== Sym.string_end) return l.other(node);
  const start = read.start(node);
  const end = read.end(node);
  const contentStart = read.end(opening);
  const contentEnd = read.start(closing);
  const prefix = stringPrefix(l, opening);
  if (prefix.includes('f') || prefix.includes('t')) {
    return build.interpolated(start, end, prefix, lowerPieces(l, node, contentStart, contentEnd, prefix));
  }
  const value = decodeStringContent(read.text.slice(contentStart, contentEnd), prefix);
  return build.str(start, end, value, prefix, contentStart, contentEnd, false);
}

function stringPrefix(l: PythonLowering, opening: number): string {
  const { read } = l;
  const first = read.text.charCodeAt(read.start(opening));
  if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) return '';
  return /^[a-z]*/i.exec(read.slice(opening))?.[0].toLowerCase() ?? '';
}

/** Holes, and the literal text between them. */
function lowerPieces(
  l: PythonLowering,
  node: number,
  contentStart: number,
  contentEnd: number,
  prefix: string,
): Node[] {
  const { read } = l;
  const pieces: Node[] = [];
  let at = contentStart;
  const literal = (end: number): void => {
    if (end <= at) return;
    pieces.push(l.build.str(at, end, decodeStringContent(read.text.slice(at, end), prefix), '', at, end, true));
  };
  const stop = read.after(node);
  for (let child = node + 1; child < stop; child = read.after(child)) {
    if (read.code(child) !== Sym.interpolation) continue;
    literal(read.start(child));
    pieces.push(lowerHole(l, child));
    at = read.end(child);
  }
  literal(contentEnd);
  return pieces;
}

/** `{expression!conversion:format}`; what follows the expression is kept as text, with the holes inside it. */
export function lowerHole(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const expressionNode = read.field(node, fields.expression);
  if (expressionNode < 0) return l.other(node);
  const specifier = read.field(node, fields.format_specifier);
  const nested = specifier < 0 ? [] : l.partExpressions(specifier);
  const closing = read.end(node) - 1;
  const format = read.text.slice(read.end(expressionNode), closing).trim();
  return l.build.hole(read.start(node), read.end(node), l.expression(expressionNode), format, nested);
}

/** `'a' 'b'`. */
export function lowerConcatenatedString(l: PythonLowering, node: number): Node {
  return l.build.concat(l.read.start(node), l.read.end(node), l.partExpressions(node));
}
