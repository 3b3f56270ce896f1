import { LETTER_BITS, TRIGRAM_DIGITS, TRIGRAM_ROWS } from './english-trigrams.ts';

/**
 * `metavariable-analysis` with `analyzer: entropy` (semantics 04 §4): whether a text looks random, judged by how badly
 * an English trigram model predicts it. True if it holds more than 64 bits and more than 0.6 bits per bit.
 *
 * The frequency table is ours, so texts near the limits may be judged differently from Semgrep: of 1,799 texts (words,
 * keys, random strings of all lengths) 35 are.
 */
export function isHighEntropy(text: string): boolean {
  const bytes = utf8Length(text);
  const bits = entropyBits(text);
  return bits > MIN_BITS && bits / (8 * bytes) > MIN_DENSITY;
}

const MIN_BITS = 64;
const MIN_DENSITY = 0.6;
/** A character that is no letter: one of 62 letters and digits. */
const OTHER_BITS = Math.log2(62);

/** The cost of a text under the model, in bits. Characters beyond ASCII count once per byte. */
export function entropyBits(text: string): number {
  const symbols = [...text].flatMap((char) => symbolsOf(char.codePointAt(0) as number));
  if (symbols.length === 0) return 0;
  if ([...text].every((char) => char === text[0])) return 1;
  let bits = 0;
  for (let i = 0; i < symbols.length; i++) bits += costAt(symbols.slice(i, i + 3));
  return bits;
}

/** 0 to 25 for a letter of either case, else -1. */
function symbolsOf(codePoint: number): number[] {
  if (codePoint >= 0x80) return Array<number>(utf8Width(codePoint)).fill(-1);
  const letter = (codePoint & ~0x20) - 0x41;
  return [codePoint >= 0x41 && letter >= 0 && letter < 26 ? letter : -1];
}

/** A third of the trigram's cost, or the mean of the single costs where it is not one of three letters. */
function costAt(symbols: readonly number[]): number {
  const [a, b, c] = symbols;
  if (a !== undefined && b !== undefined && c !== undefined && a >= 0 && b >= 0 && c >= 0) {
    const digit = (TRIGRAM_ROWS[a] as string).charAt(26 * b + c);
    return (6 + TRIGRAM_DIGITS.indexOf(digit) / 4) / 3;
  }
  const single = symbols.map((symbol) => LETTER_BITS[symbol] ?? OTHER_BITS);
  return single.reduce((sum, cost) => sum + cost, 0) / single.length;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) length += utf8Width(char.codePointAt(0) as number);
  return length;
}

function utf8Width(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
