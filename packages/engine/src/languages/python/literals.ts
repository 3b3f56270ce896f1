/** Escapes that the reference decodes; `\x41`, `\u…`, octal and unknown ones stay as written (semantics 03 §10). */
const SIMPLE_ESCAPES: Record<string, string> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The value of a Python literal's content. Raw strings and f-strings keep their text. */
export function decodeStringContent(content: string, prefix: string): string {
  if (!content.includes('\\') || prefix.includes('f')) return content;
  if (prefix.includes('r') && prefix !== 'r') return content;
  if (prefix === 'r') {
    // The reference doubles what is no escape, so that `r"\\d"` never equals `"\\d"`.
    return content.replace(/\\(\r\n|[\s\S])/g, (whole, next: string) =>
      next in SIMPLE_ESCAPES ? whole : `\\${whole}`,
    );
  }
  return content.replace(/\\(\r\n|[\s\S])/g, (whole, next: string) => {
    if (next === '\r\n') return '';
    return SIMPLE_ESCAPES[next] ?? whole;
  });
}

const TOO_GREAT = 2n ** 63n;

/** The value of an integer literal; null where it does not fit 64 bits (the reference then compares texts). */
export function integerValue(text: string): bigint | null {
  // Most literals: too few digits to be too great.
  if (/^[0-9]{1,18}$/.test(text)) return BigInt(text);
  let digits = text.replaceAll('_', '').toLowerCase();
  if (digits.endsWith('l')) digits = digits.slice(0, -1);
  if (!/^(0x[0-9a-f]+|0o[0-7]+|0b[01]+|[0-9]+)$/.test(digits)) return null;
  const value = BigInt(digits);
  return value < TOO_GREAT ? value : null;
}

/** The value of a float literal; NaN for imaginary ones, which compare by text. */
export function floatValue(text: string): number {
  return /j$/i.test(text) ? Number.NaN : Number(text.replaceAll('_', ''));
}
