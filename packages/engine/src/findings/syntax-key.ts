import { SHAPES } from '../tree/fields.ts';
import { Kind, type Node } from '../tree/nodes.ts';

/**
 * Code as a text that depends on nothing but its tree: not on blanks, line breaks, comments, redundant parentheses, or
 * the quotes of a string. A function or class stands for itself by its name, and what else has a body (`if`, `with`, `try`)
 * by its head, so that whoever works on the body works on the same thing. Of statements in a row, the first and the last
 * count: what stands between them is what a pattern's `...` has passed over.
 *
 * Texts made here live on, hashed, in baselines and verdicts: `anchor.test.ts` pins some of them.
 */
export function syntaxKey(nodes: readonly Node[]): string {
  const parts: string[] = [];
  // A stack of its own: expressions nest deeper than calls may.
  const pending: (Node | string)[] = endsOf(nodes).toReversed();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') {
      parts.push(next);
      continue;
    }
    const pieces = piecesOf(next);
    for (let at = pieces.length - 1; at >= 0; at--) pending.push(pieces[at] as Node | string);
  }
  return parts.join('');
}

function endsOf(nodes: readonly Node[]): readonly Node[] {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first === undefined || last === undefined || first === last || SHAPES[first.kind].isExpression) return nodes;
  return [first, last];
}

/** What stands for a node: its own text, and the children that are still to be written out. */
function piecesOf(node: Node): readonly (Node | string)[] {
  switch (node.kind) {
    // What only holds others together is as good as absent: `f()` is the same alone on a line and within another call.
    case Kind.ExpressionStatement:
      return [node.expression];
    case Kind.Block:
      return node.statements;
    case Kind.Function:
    case Kind.Class:
      return ['(', String(node.kind), node.name, ')'];
    // Names in expressions and names that declare are one sort.
    case Kind.Name:
    case Kind.Ident:
      return [`(n ${JSON.stringify(node.name)})`];
    case Kind.Int:
      return [`(i ${node.value ?? node.text})`];
    case Kind.Float:
      return [`(d ${Number.isNaN(node.value) ? node.text : node.value})`];
    case Kind.Str:
      return [stringKey(node.value, node.prefix)];
    case Kind.Concat:
      return joined(node.parts) ?? generalPieces(node);
    default:
      return generalPieces(node);
  }
}

/** Plain strings side by side are one; null where a part is more than that. */
function joined(parts: readonly Node[]): string[] | null {
  const values: string[] = [];
  const [first] = parts;
  for (const part of parts) {
    if (part.kind !== Kind.Str || first?.kind !== Kind.Str || part.prefix !== first.prefix) return null;
    values.push(part.value);
  }
  return first?.kind === Kind.Str ? [stringKey(values.join(''), first.prefix)] : null;
}

function stringKey(value: string, prefix: string): string {
  return `(s ${JSON.stringify(value)} ${JSON.stringify(prefix)})`;
}

function generalPieces(node: Node): (Node | string)[] {
  const { value, children, body } = SHAPES[node.kind];
  const record = node as unknown as Record<string, unknown>;
  const own = value.map((name) => ` ${JSON.stringify(String(record[name]))}`);
  const below = children.flatMap((name): readonly (Node | string)[] => {
    const child = record[name] as Node | Node[] | null;
    if (body.includes(name)) return clausesOf(child);
    if (child === null) return ['()'];
    return Array.isArray(child) ? ['[', ...child, ']'] : [child];
  });
  return ['(', String(node.kind), ...own, ...below, ')'];
}

/** Of a body, what has a head of its own: a `try` has none but those of its handlers. */
function clausesOf(body: Node | Node[] | null): readonly (Node | string)[] {
  if (!Array.isArray(body)) return [];
  const clauses = body.filter(({ kind }) => kind === Kind.Handler || kind === Kind.Case);
  return clauses.length === 0 ? [] : ['[', ...clauses, ']'];
}
