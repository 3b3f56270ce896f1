/**
 * One line of JSON with a final newline. What could act on a terminal that shows it, beyond what JSON escapes by
 * itself (C1 controls, DEL, characters that reorder or break lines), or a build log that shows it (`##[…]`), is escaped
 * too; parsers see the same value.
 */
export function stringifyJson(value: unknown): string {
  return `${JSON.stringify(value).replace(ACTIVE, escapeUnit)}\n`;
}

const ACTIVE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?<=#)#(?=[[A-Za-z])/g;

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
