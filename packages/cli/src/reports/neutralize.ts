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

/** Bidirectional controls, and characters that take no room and change nothing one could see. */
const INVISIBLE = '\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u200c\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}';

const ACTIVE = new RegExp(`[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f${INVISIBLE}]|\\p{Surrogate}`, 'gu');
const ACTIVE_IN_LINE = new RegExp(`[\\0-\\x1f\\x7f-\\x9f${INVISIBLE}]|\\p{Surrogate}`, 'gu');

/** Control pictures for the ASCII ones (`␛`), else the code point (`<U+202E>`). */
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
