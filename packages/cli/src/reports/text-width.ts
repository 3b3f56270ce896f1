import { eastAsianWidth } from 'get-east-asian-width';

/**
 * How many columns a terminal gives a text without control characters. Nearly all code is ASCII, where nothing has to be
 * looked up; the `string-width` package, which this agrees with, takes 30 ms to load for the emoji it knows.
 */
export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  segmenter ??= new Intl.Segmenter();
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += graphemeWidth(segment);
  return width;
}

const ASCII = /^[\x20-\x7e]*$/;
let segmenter: Intl.Segmenter | null = null;

const INVISIBLE =
  /^[\p{Control}\p{Nonspacing_Mark}\p{Enclosing_Mark}\p{Format}\p{Surrogate}\p{Default_Ignorable_Code_Point}]+$/u;
/** Characters that are shown as emoji because of what follows them, and flags. */
const EMOJI_SEQUENCE = /^(?:\p{Emoji}\ufe0f|\p{Regional_Indicator}{2})/u;

/** Vowel signs of Indic scripts, which stand beside their consonant. */
const SPACING_MARK = /(?!^)\p{Spacing_Mark}/gu;

function graphemeWidth(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  if (EMOJI_SEQUENCE.test(grapheme)) return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0) + (grapheme.match(SPACING_MARK)?.length ?? 0);
}
