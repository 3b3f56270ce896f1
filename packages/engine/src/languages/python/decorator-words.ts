/** From an `@` at the start of a line to the definition that it decorates, other decorators included. */
const DECORATORS = /^[ \t\f]*@[\s\S]*?^[ \t\f]*(?:def|class|async)\b/gm;

/** What an import names: to the end of its line, or of its parentheses. */
const IMPORTS = /\bimport\b(?:\s*\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)/g;

const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/gu;

/**
 * The words that a decorator can be known by: those that stand in decorators and, as what is imported may be called
 * otherwise there, in imports. Those of strings and comments that look like either count too.
 */
export function decoratorWords(text: string): Set<string> {
  if (!text.includes('@')) return new Set();
  const places = [...text.matchAll(DECORATORS), ...text.matchAll(IMPORTS)];
  return new Set(places.flatMap(([place]) => place.match(WORD) ?? []));
}
