import { pairBrackets } from './pairing.ts';
import { type AliengrepSyntax, bracketRole, foldKey } from './syntax.ts';

export type AliengrepNode =
  /** A word or single character; `key` as `foldKey` has it. */
  | { kind: 'literal'; text: string; key: string }
  /** `$X`: one word. Names keep their sigils. */
  | { kind: 'word'; name: string }
  /**
   * `...` and, with `long`, `....`, which also crosses lines where `...` does not. `closer`: the kind of bracket that
   * the pattern closes around it, whose closer it must not cross; -1 for none. `$....X` is named `$...X` as well.
   */
  | { kind: 'ellipsis'; name: string | null; long: boolean; closer: number }
  | { kind: 'newline' };

export interface AliengrepPattern {
  kind: 'aliengrep';
  nodes: readonly AliengrepNode[];
  syntax: AliengrepSyntax;
  /** Names that occur more than once, whose bindings must be equal. */
  repeated: ReadonlySet<string>;
}

/** Reads a pattern (semantics 06 §3). There are no invalid ones. */
export function parseAliengrepPattern(text: string, syntax: AliengrepSyntax): AliengrepPattern {
  const tokens = tokensOf(text, syntax);
  const roles = tokens.map((token) => (token === '\n' ? null : bracketRole(token, syntax)));
  const { closer } = pairBrackets(roles, syntax.brackets.length, null);
  /** The kinds of brackets open around the current token, and where they close. */
  const around: { kind: number; end: number }[] = [];
  const nodes = tokens.map((token, i) => {
    if (around.at(-1)?.end === i) around.pop();
    const node = nodeOf(token, around.at(-1)?.kind ?? -1, syntax);
    const end = closer[i] as number;
    if (end >= 0) around.push({ kind: roles[i]?.opens as number, end });
    return node;
  });
  return { kind: 'aliengrep', nodes, syntax, repeated: repeatedNames(nodes) };
}

function tokensOf(text: string, { wordClass, multiline }: AliengrepSyntax): string[] {
  const newline = multiline ? '' : '\\n|';
  const metavariable = '\\$(?:\\.{3,4})?[A-Z][A-Z0-9_]*';
  const token = new RegExp(`${metavariable}|\\.{4}|\\.{3}|[${wordClass}]+|${newline}[^\\t-\\r ]`, 'gu');
  return text.match(token) ?? [];
}

function nodeOf(token: string, closer: number, syntax: AliengrepSyntax): AliengrepNode {
  if (token === '\n') return { kind: 'newline' };
  if (token.startsWith('$....') || token === '....') return ellipsisNode(token, /* long */ true, closer);
  if (token.startsWith('$...') || token === '...') return ellipsisNode(token, /* long */ false, closer);
  if (token.length > 1 && token.startsWith('$')) return { kind: 'word', name: token };
  return { kind: 'literal', text: token, key: foldKey(token, syntax) };
}

function ellipsisNode(token: string, long: boolean, closer: number): AliengrepNode {
  return { kind: 'ellipsis', name: token.startsWith('$') ? token.replace('....', '...') : null, long, closer };
}

function repeatedNames(nodes: readonly AliengrepNode[]): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const node of nodes) {
    if ((node.kind !== 'word' && node.kind !== 'ellipsis') || node.name === null) continue;
    if (seen.has(node.name)) repeated.add(node.name);
    seen.add(node.name);
  }
  return repeated;
}
