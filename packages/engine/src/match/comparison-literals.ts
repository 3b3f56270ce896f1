import { SyntaxFailure } from './comparison-cursor.ts';
import { decodeEscapes, type Token } from './comparison-tokens.ts';
import { float, int, type Value } from './comparison-value.ts';

/** The value of a number as written, or what it is where the language has no such numbers. */
export function numberLiteral(text: string): Value | string {
  const plain = text.replaceAll('_', '').toLowerCase();
  const prefixed = /^0[xob]/.test(plain);
  if (!prefixed && plain.endsWith('j')) return 'an imaginary number';
  if (!prefixed && /[.e]/.test(plain)) return float(Number(plain));
  const value = prefixed && plain.length === 2 ? null : BigInt(plain);
  return value === null || BigInt.asIntN(64, value) !== value ? 'a number beyond 64 bits' : int(value);
}

/** A part of a string: text, the expression of an f-string's hole, or what the language does not have. */
export type StringPiece = { text: string } | { hole: string } | { foreign: string };

/** Throws `SyntaxFailure`. Raw strings are strings here, other than in Semgrep, which lets no comparison hold that has one. */
export function stringPieces(token: Token & { kind: 'string' }): StringPiece[] {
  if (!/^(|[ru]|r?f|fr)$/.test(token.prefix)) return [{ foreign: `a string with the prefix ${token.prefix}` }];
  const decode = token.prefix.includes('r') ? (content: string) => content : decodeEscapes;
  if (!token.prefix.includes('f')) return [{ text: decode(token.content) }];
  // `{{`, `}}`, `{expression}`, and what is between.
  return [...token.content.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)].map(([piece, hole]) => {
    if (piece === '{' || piece === '}') throw new SyntaxFailure('a brace of the f-string has no partner', token.at);
    if (hole === undefined) return { text: piece === '{{' || piece === '}}' ? piece[0]! : decode(piece) };
    return /![ras]\s*(:|$)|:(?!=)|=\s*$/.test(hole) ? { foreign: 'a conversion or format in an f-string' } : { hole };
  });
}
