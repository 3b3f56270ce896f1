const STRING_OR_COMMENT =
  /#[^\n]*|(?<!\w)[A-Za-z]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/g;
const METAVARIABLE_OR_ELLIPSIS = /\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\.{3,}/g;
/** Types of metavariables may be spelled otherwise in code. */
const TYPED_METAVARIABLE = /[(,]\s*\$(?:\.\.\.)?[A-Z_]\w*\s*:(?!=)/;
/** Not a part of a number, such as the `e5` of `1.e5`, nor of a name in other letters. */
const NAME = /(?<![\w$]|\d\.)[A-Za-z_]\w*/g;

/** Words that are no names, or need not be. */
const NO_NAMES: ReadonlySet<string> = new Set(
  (
    'and as assert async await break case class continue def del elif else except exec finally for from global if ' +
    'import in is lambda match nonlocal not or pass print raise return try type while with yield None True False _'
  ).split(' '),
);

/**
 * Names without which a pattern cannot match a file, told from the pattern's text alone: at most those that parsing it
 * would tell (`requiredIdentifiers`), at a hundredth of the cost. None where strings, types or other letters than ASCII's
 * make the text doubtful.
 */
export function pythonSureNames(pattern: string): string[] {
  const code = pattern.replace(STRING_OR_COMMENT, ' ');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: asks whether the text is all ASCII
  if (!/^[\x00-\x7f]*$/.test(code) || /["']/.test(code) || TYPED_METAVARIABLE.test(code)) return [];
  const names = code.replace(METAVARIABLE_OR_ELLIPSIS, '$ ').match(NAME) ?? [];
  return [...new Set(names)].filter((name) => !NO_NAMES.has(name));
}
