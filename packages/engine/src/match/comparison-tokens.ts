/** Words and signs of the comparison language: Python's, with metavariables. */
export type Token =
  | { kind: 'name'; text: string; at: number }
  | { kind: 'metavariable'; text: string; at: number }
  | { kind: 'number'; text: string; at: number }
  /** `content` is as written between the quotes. */
  | { kind: 'string'; prefix: string; content: string; at: number }
  | { kind: 'sign'; text: string; at: number }
  | { kind: 'end'; text: ''; at: number };

const TOKEN = new RegExp(
  [
    // Blanks, joined lines, comments.
    /(?<blank>(?:\s|\\\r?\n|#[^\n]*)+)/u,
    /(?<metavariable>\$(?:\.\.\.)?[A-Za-z_0-9]+)/u,
    /(?<prefix>[a-zA-Z]{0,2})(?:"""(?<double3>(?:[^\\]|\\[\s\S])*?)"""|'''(?<single3>(?:[^\\]|\\[\s\S])*?)'''|"(?<double>(?:[^"\\\n]|\\[\s\S])*)"|'(?<single>(?:[^'\\\n]|\\[\s\S])*)')/u,
    /(?<number>0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?)/u,
    /(?<name>[\p{L}_][\p{L}\p{N}_]*)/u,
    /(?<sign>\*\*|\/\/|<<|>>|<=|>=|==|!=|:=|[-+*/%@&|^~<>()[\]{},:.=])/u,
  ]
    .map((part) => part.source)
    .join('|'),
  'uy',
);

/** More than any comparison a person writes; keeps the parser's and the interpreter's recursion bounded. */
const MAX_TOKENS = 2000;

/** The tokens with a final `end`, or the offset of the first character that starts none (of the end, for too many). */
export function comparisonTokens(text: string): Token[] | { unexpected: number } {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (!groups || tokens.length >= MAX_TOKENS) return { unexpected: at };
    if (groups['blank'] === undefined) tokens.push(tokenOf(groups, at));
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

function tokenOf(groups: Record<string, string | undefined>, at: number): Token {
  for (const kind of ['metavariable', 'number', 'name', 'sign'] as const) {
    const text = groups[kind];
    if (text !== undefined) return { kind, text, at };
  }
  const content = groups['double3'] ?? groups['single3'] ?? groups['double'] ?? groups['single'] ?? '';
  return { kind: 'string', prefix: (groups['prefix'] ?? '').toLowerCase(), content, at };
}

const ESCAPES: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

/** Decodes the escapes that string contents of scanned Python code have decoded too (semantics 04 §4). */
export function decodeEscapes(content: string): string {
  return content.replace(/\\([\s\S])/g, (written, char: string) => ESCAPES[char] ?? written);
}
