/**
 * How Python prints a string with `repr`, byte for byte: Semgrep hashes such text, and an identity that dashboards
 * store must come out the same here.
 */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const character of text) out += escapeCharacter(character, quote);
  return out + quote;
}

/** `repr` of a `PosixPath`: no `.` components, no doubled or final slashes (a root of exactly two slashes stays). */
export function pythonPathRepr(path: string): string {
  return `PosixPath(${pythonRepr(posixPath(path))})`;
}

/** A path as Python's `pathlib` spells it. */
export function posixPath(path: string): string {
  const root = /^\/\/(?!\/)/.test(path) ? '//' : path.startsWith('/') ? '/' : '';
  const components = path.split('/').filter((component) => component !== '' && component !== '.');
  return root + components.join('/') || '.';
}

const SHORT_ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Python prints all but "other" and "separator" characters as they are; the blank is the exception. */
const UNPRINTABLE = /[\p{C}\p{Z}]/u;

function escapeCharacter(character: string, quote: string): string {
  if (character === quote) return `\\${quote}`;
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  if (character === ' ' || !UNPRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
