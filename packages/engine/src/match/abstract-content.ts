/**
 * A piece of source as its tokens, in order, with a blank only between two word characters (semantics 11 §1):
 * `f( a , b )` becomes `f(a,b)`. String literals are kept as written. Comments are dropped only where `#` is certain to
 * start one: in Python, outside of strings.
 */
export function abstractContent(source: string, language: string): string {
  const hashComments = language === 'python';
  let content = '';
  let gap = false;
  // Reading back from a string that is being built would copy it each time.
  let endsInWord = false;
  for (let i = 0; i < source.length; ) {
    const end = skipBlank(source, i, hashComments);
    if (end > i) {
      gap = true;
      i = end;
      continue;
    }
    const token = source.slice(i, tokenEnd(source, i));
    if (gap && endsInWord && isWord(token, 0)) content += ' ';
    content += token;
    endsInWord = isWord(token, token.length - 1);
    gap = false;
    i += token.length;
  }
  return content;
}

/** End of the blanks, joined lines and comment that start here; `start` itself where there are none. */
function skipBlank(source: string, start: number, hashComments: boolean): number {
  const char = source[start]!;
  if (/\s/.test(char)) return start + 1;
  const joinedLine = /^\\\r?\n/.exec(source.slice(start, start + 3));
  if (joinedLine) return start + joinedLine[0].length;
  if (hashComments && char === '#') {
    const newline = source.indexOf('\n', start);
    return newline < 0 ? source.length : newline;
  }
  return start;
}

/** End of the string literal that starts here, else of the one character. */
function tokenEnd(source: string, start: number): number {
  const char = source[start]!;
  if (char !== '"' && char !== "'" && char !== '`') return start + 1;
  const triple = source.startsWith(char.repeat(3), start);
  const quote = triple ? char.repeat(3) : char;
  for (let i = start + quote.length; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source.startsWith(quote, i)) return i + quote.length;
    // An apostrophe that is no quote: Rust lifetimes, prose.
    else if (!triple && char !== '`' && source[i] === '\n') break;
  }
  return start + 1;
}

function isWord(text: string, at: number): boolean {
  return /[A-Za-z0-9_]/.test(text.charAt(at));
}
