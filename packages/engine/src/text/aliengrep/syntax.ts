/** What the options of an aliengrep rule say about its patterns and targets alike (semantics 06 §3). */
export interface AliengrepSyntax {
  /** Newlines are blanks; otherwise `...` stays on its line and a newline in the pattern is one in the target. */
  multiline: boolean;
  caseless: boolean;
  /** Characters of words, as a class without its brackets. */
  wordClass: string;
  brackets: readonly BracketPair[];
}

export interface BracketPair {
  open: string;
  close: string;
}

export interface AliengrepOptions {
  multiline: boolean;
  caseless: boolean;
  /** Replaces the default brackets; null: `()`, `[]`, `{}`. */
  braces: readonly (readonly [string, string])[] | null;
  extraBraces: readonly (readonly [string, string])[];
  extraWordCharacters: readonly string[];
}

const DEFAULT_BRACKETS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];

export function aliengrepSyntax(options: AliengrepOptions): AliengrepSyntax {
  const extra = options.extraWordCharacters.map((char) => char.replace(/[\\\]^-]/g, '\\$&')).join('');
  const brackets = [...(options.braces ?? DEFAULT_BRACKETS), ...options.extraBraces];
  return {
    multiline: options.multiline,
    caseless: options.caseless,
    wordClass: `A-Za-z0-9_${extra}`,
    brackets: brackets.map(([open, close]) => ({ open, close })),
  };
}

/** Texts with equal keys match each other. */
export function foldKey(text: string, { caseless }: AliengrepSyntax): string {
  return caseless ? text.toLowerCase() : text;
}

/** What an element can be to brackets: indexes into `brackets`, -1 for none. */
export interface BracketRole {
  opens: number;
  closes: number;
}

export function bracketRole(text: string, { brackets }: AliengrepSyntax): BracketRole {
  return {
    opens: brackets.findIndex((pair) => pair.open === text),
    closes: brackets.findIndex((pair) => pair.close === text),
  };
}
