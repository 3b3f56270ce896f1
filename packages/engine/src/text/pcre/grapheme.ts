/**
 * `\X`, an extended grapheme cluster, written as a pattern: a line break, a control character, or a base (flag, Hangul
 * syllable, emoji sequence, or any character) with the marks that extend it. JavaScript does not expose the property
 * Grapheme_Cluster_Break, so prepended marks of a few Indic scripts stand alone here.
 */
const EXTENDING = String.raw`[\p{Gr_Ext}\p{EMod}\p{Mc}\x{200d}]`;
const HANGUL =
  String.raw`[\x{1100}-\x{115f}\x{a960}-\x{a97c}]*(?:[\x{ac00}-\x{d7a3}]|[\x{1160}-\x{11a7}\x{d7b0}-\x{d7c6}])` +
  String.raw`[\x{1160}-\x{11ff}\x{d7b0}-\x{d7c6}\x{d7cb}-\x{d7fb}]*|[\x{1100}-\x{115f}\x{a960}-\x{a97c}]+`;
const EMOJI = String.raw`\p{ExtPict}(?:[\p{Gr_Ext}\p{EMod}]*\x{200d}\p{ExtPict})*`;

export const GRAPHEME_SOURCE = String.raw`(?>\r\n|[\p{Cc}\p{Zl}\p{Zp}]|(?:\p{RI}\p{RI}|${HANGUL}|${EMOJI}|(?s:.))${EXTENDING}*)`;
