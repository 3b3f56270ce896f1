/**
 * What comes from scanned code is shown, never obeyed: an escape sequence in it could recolour, hide or rewrite the
 * terminal, and a bidirectional control can make code read as something that it is not.
 */

/** Several lines: line breaks stay, everything else that acts is made visible. A carriage return before a line break goes. */
export function neutralize(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(ACTIVE, visible);
}

/** One line, such as a path: line breaks and tabs are made visible too. */
export function neutralizeLine(text: string): string {
  return text.replace(ACTIVE_IN_LINE, visible);
}

/**
 * Controls, surrogates without a partner, and characters that take no room and change nothing one could see, the
 * bidirectional ones among them; not what emoji are composed with.
 */
const ACTIVE =
  /(?!\n|\t|\u200d|[\ufe00-\ufe0f])[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;
const ACTIVE_IN_LINE =
  /(?!\u200d|[\ufe00-\ufe0f])[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;

/** Control pictures for the ASCII ones (`␛`), else the code point (`<U+202E>`). */
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
