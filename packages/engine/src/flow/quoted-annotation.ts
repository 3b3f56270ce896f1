/**
 * The names that an annotation in quotes says a value is one of: both of `A | b.C`, and what wrappers as `Optional` are
 * given. What stands in other brackets says nothing of the value itself.
 */
export function namesInAnnotation(text: string, wrappers: ReadonlySet<string>): string[] {
  return partsOf(text).flatMap((part) => {
    const [, name = '', inner] = /^([\w.]+)\s*(?:\[(.*)\])?$/s.exec(part) ?? [];
    if (inner === undefined) return name === '' ? [] : [name];
    return wrappers.has(name.slice(name.lastIndexOf('.') + 1)) ? namesInAnnotation(inner, wrappers) : [];
  });
}

/** What stands between `|` or commas that are not in brackets. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const character = text[at];
    if (character === '[') depth++;
    else if (character === ']') depth--;
    else if (depth === 0 && (character === undefined || character === '|' || character === ',')) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return parts;
}
