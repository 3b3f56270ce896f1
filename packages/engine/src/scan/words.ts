const WORD = /[\p{ID_Start}_$][\p{ID_Continue}$]*/gu;
const ASCII_WORD = /[A-Za-z_$][\w$]*/g;

/**
 * The identifiers that stand anywhere in a text, comments and strings included: a pattern whose identifiers are not
 * among them cannot match.
 */
export function wordsOf(text: string): Set<string> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: asks whether the text is all ASCII
  const isAscii = /^[\x00-\x7f]*$/.test(text);
  return new Set(text.match(isAscii ? ASCII_WORD : WORD) ?? []);
}
