import type { PatternProblem } from '../pattern-problem.ts';
import { pairBrackets } from './pairing.ts';
import { type AliengrepSyntax, bracketRole, foldKey } from './syntax.ts';

export type AliengrepNode =
  /** A word or single character; `key` as `foldKey` has it. */
  | { kind: 'literal'; text: string; key: string }
  /** `$X`: one word. Names keep their sigils. */
  | { kind: 'word'; name: string }
  /**
   * `closer`: the kind of bracket that the pattern closes around the ellipsis, whose closer it must not cross; -1 for
   * none.
   */
  | { kind: 'ellipsis'; name: string | null; reach: Reach; closer: number }
  /** A name again: the same text. `reach`: that of an ellipsis. */
  | { kind: 'same'; name: string; reach: Reach | null }
  | { kind: 'newline' };

/** How far an ellipsis goes, and which end it is tied to at the start or end of a pattern. */
export type Reach = 'line' | 'text';

export interface AliengrepPattern {
  kind: 'aliengrep';
  nodes: readonly AliengrepNode[];
  syntax: AliengrepSyntax;
  /** Names that occur again. */
  repeated: ReadonlySet<string>;
}

/** Reads a pattern (semantics 06 §3). It is invalid only if a name stands for different things. */
export function parseAliengrepPattern(text: string, syntax: AliengrepSyntax): AliengrepPattern | PatternProblem {
  const tokens = tokensOf(text, syntax);
  const roles = tokens.map((token) => (token === '\n' ? null : bracketRole(token, syntax)));
  const { closer } = pairBrackets({
    roles,
    kinds: syntax.brackets.length,
    blanks: new Uint8Array(tokens.length),
    acrossBlanks: true,
    touches: new Uint8Array(tokens.length).fill(1),
  });
  /** The kinds of brackets open around the current token, and where they close. */
  const around: { kind: number; end: number }[] = [];
  const nodes = tokens.map((token, i) => {
    if (around.at(-1)?.end === i) around.pop();
    const node = nodeOf(token, around.at(-1)?.kind ?? -1, syntax);
    const end = closer[i] as number;
    if (end >= 0) around.push({ kind: roles[i]?.opens as number, end });
    return node;
  });
  const resolved = withReferences(nodes);
  return 'kind' in resolved ? resolved : { kind: 'aliengrep', ...resolved, syntax };
}

function tokensOf(text: string, { wordClass, multiline }: AliengrepSyntax): string[] {
  const newline = multiline ? '' : '\\n|';
  const metavariable = '\\$(?:\\.{3,4})?[A-Z][A-Z0-9_]*';
  const token = new RegExp(`${metavariable}|\\.{4}|\\.{3}|[${wordClass}]+|${newline}[^\\t-\\r ]`, 'gu');
  return text.match(token) ?? [];
}

function nodeOf(token: string, closer: number, syntax: AliengrepSyntax): AliengrepNode {
  if (token === '\n') return { kind: 'newline' };
  if (token.startsWith('$....') || token === '....') return ellipsisNode(token, 'text', closer);
  if (token.startsWith('$...') || token === '...') {
    return ellipsisNode(token, syntax.multiline ? 'text' : 'line', closer);
  }
  if (token.length > 1 && token.startsWith('$')) return { kind: 'word', name: token };
  return { kind: 'literal', text: token, key: foldKey(token, syntax) };
}

function ellipsisNode(token: string, reach: Reach, closer: number): AliengrepNode {
  return { kind: 'ellipsis', name: token.startsWith('$') ? token : null, reach, closer };
}

/**
 * Makes further uses of a name refer to the first. `$X`, `$...X` and `$....X` are one name and must not be mixed;
 * the last is bound as `$...X`.
 */
function withReferences(
  nodes: readonly AliengrepNode[],
): Pick<AliengrepPattern, 'nodes' | 'repeated'> | PatternProblem {
  const writtenAs = new Map<string, string>();
  const repeated = new Set<string>();
  const resolved: AliengrepNode[] = [];
  for (const node of nodes) {
    if ((node.kind !== 'word' && node.kind !== 'ellipsis') || node.name === null) {
      resolved.push(node);
      continue;
    }
    const bare = node.name.replace(/^\$\.*/, '');
    const name = node.name.replace('....', '...');
    const before = writtenAs.get(bare);
    if (before !== undefined && before !== node.name) {
      return { kind: 'problem', message: `"${before}" and "${node.name}" cannot stand in one pattern` };
    }
    writtenAs.set(bare, node.name);
    if (before === undefined) resolved.push({ ...node, name });
    else {
      repeated.add(name);
      resolved.push({ kind: 'same', name, reach: node.kind === 'ellipsis' ? node.reach : null });
    }
  }
  return { nodes: resolved, repeated };
}
