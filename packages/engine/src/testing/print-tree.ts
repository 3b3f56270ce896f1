import { SHAPES } from '../tree/fields.ts';
import { Kind, type Node, type Tree } from '../tree/nodes.ts';

const KIND_NAMES = new Map<number, string>(Object.entries(Kind).map(([name, kind]) => [kind, name]));

/** `Call`, `Member`, … */
export function kindName(node: Node): string {
  return KIND_NAMES.get(node.kind) ?? `kind ${node.kind}`;
}

/**
 * The uniform tree as text. An expression is one S-expression: `(Kind:values children)`, lists in brackets, `-` for
 * an absent child, values that are false or empty left out. A statement is one line with its range (line:column, from
 * 1, in UTF-16 units, end exclusive), then its bodies, each under the name of its field.
 */
export function printTree(tree: Tree): string {
  const lines: string[] = [];
  printStatements(tree.root.statements, '', tree.text, lines);
  for (const { start, end } of tree.errors) lines.push(`error ${rangeText(start, end, tree.text)}`);
  return lines.join('\n');
}

function printStatements(statements: readonly Node[], indent: string, text: string, lines: string[]): void {
  for (const statement of statements) printStatement(statement, indent, text, lines);
}

function printStatement(node: Node, indent: string, text: string, lines: string[]): void {
  const { children, body } = SHAPES[node.kind];
  const header = children.filter((field) => !body.includes(field)).map((field) => ` ${printField(node, field)}`);
  lines.push(`${indent}${label(node)}${header.join('')} @${rangeText(node.start, node.end, text)}`);
  for (const field of body) {
    const nested = statementsOf(fieldOf(node, field));
    if (nested === null) continue;
    lines.push(`${indent}  ${field}:`);
    printStatements(nested, `${indent}    `, text, lines);
  }
}

function statementsOf(value: Node | readonly Node[] | null): readonly Node[] | null {
  if (value === null || (Array.isArray(value) && value.length === 0)) return null;
  if (Array.isArray(value)) return value as readonly Node[];
  const node = value as Node;
  return node.kind === Kind.Block ? node.statements : [node];
}

/** One node and all below it on one line, without ranges. */
export function printNode(node: Node): string {
  const { children } = SHAPES[node.kind];
  if (children.length === 0) return label(node);
  return `(${label(node)}${children.map((field) => ` ${printField(node, field)}`).join('')})`;
}

function printField(node: Node, field: string): string {
  const value = fieldOf(node, field);
  if (value === null) return '-';
  return Array.isArray(value) ? `[${value.map(printNode).join(' ')}]` : printNode(value as Node);
}

function fieldOf(node: Node, field: string): Node | readonly Node[] | null {
  return (node as unknown as Record<string, Node | readonly Node[] | null>)[field] ?? null;
}

function label(node: Node): string {
  const record = node as unknown as Record<string, unknown>;
  const values = SHAPES[node.kind].value.flatMap((field) => {
    const value = record[field];
    if (value === true) return [field];
    // Numbers have their value and how it was written: once is enough where they agree.
    if (field === 'text' && String(record['value']) === value) return [];
    return value === false || value === '' || value === 0 ? [] : [String(value)];
  });
  const shown = node.kind === Kind.Str ? [...values.slice(1), JSON.stringify(node.value)] : values;
  return [kindName(node), ...shown].join(':');
}

function rangeText(start: number, end: number, text: string): string {
  return `${placeOf(start, text)}-${placeOf(end, text)}`;
}

function placeOf(offset: number, text: string): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
