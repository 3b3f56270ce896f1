import type { Node } from '../../tree/nodes.ts';
import type { PythonLowering } from './lowering-context.ts';
import { Sym } from './symbols.ts';

export function lowerTry(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const handlers: Node[] = [];
  let alternative: Node | null = null;
  let finalizer: Node | null = null;
  for (const child of read.parts(node)) {
    switch (read.code(child)) {
      case Sym.except_clause:
      case Sym.except_group_clause:
        handlers.push(lowerHandler(l, child));
        break;
      case Sym.else_clause:
        alternative = l.body(read.field(child, fields.body));
        break;
      case Sym.finally_clause:
        finalizer = l.body(read.child(child, Sym.block));
        break;
    }
  }
  const body = l.body(read.field(node, fields.body));
  const last = finalizer ?? alternative ?? handlers[handlers.length - 1] ?? body;
  return l.build.try(read.start(node), last.end, body, handlers, alternative, finalizer);
}

function lowerHandler(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const values = read.fieldParts(node, fields.value);
  let alias = read.field(node, fields.alias);
  let types = values;
  const [only] = values;
  if (only !== undefined && read.code(only) === Sym.as_pattern) {
    // `except E as e` is an `as` pattern in some versions of the grammar.
    types = read.parts(only).slice(0, 1);
    alias = read.firstPart(read.field(only, fields.alias));
  } else if (values.length === 2 && alias < 0 && read.hasChild(node, Sym[','])) {
    // Python 2: `except E, e`.
    types = values.slice(0, 1);
    alias = values[1] as number;
  }
  const type = l.tupleOf(types);
  const name = alias < 0 ? null : l.ident(alias);
  const body = l.body(read.child(node, Sym.block));
  return l.build.handler(read.start(node), body.end, type, name, body);
}
