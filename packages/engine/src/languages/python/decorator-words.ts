const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/gu;
const DECORATOR = /^[ \t\f]*@/;
const DEFINITION = /^[ \t\f]*(?:def|class|async)\b/;
const IMPORT = /\bimport\b/;

/**
 * The words that a decorator can be known by: those that stand between an `@` at the start of a line and the definition
 * that it decorates and, as what is imported may be called otherwise there, those of lines that import. Those of strings
 * and comments that look like either count too.
 */
export function decoratorWords(text: string): Set<string> {
  const words = new Set<string>();
  if (!text.includes('@')) return words;
  let inDecorator = false;
  let inImport = false;
  for (const line of logicalLines(text)) {
    inDecorator = DECORATOR.test(line) || (inDecorator && !DEFINITION.test(line));
    const imports = IMPORT.test(line);
    if (inDecorator || inImport || imports) for (const word of line.match(WORD) ?? []) words.add(word);
    if (imports || inImport) inImport = line.lastIndexOf(')') < (imports ? line.lastIndexOf('(') : 0);
  }
  return words;
}

/** A backslash joins a line with the next one. */
function* logicalLines(text: string): Iterable<string> {
  let joined = '';
  for (const line of text.split(/\r\n?|\n/)) {
    if (line.endsWith('\\')) {
      joined += `${line.slice(0, -1)} `;
    } else {
      yield joined + line;
      joined = '';
    }
  }
  if (joined !== '') yield joined;
}
