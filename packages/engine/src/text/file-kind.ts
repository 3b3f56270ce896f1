/** What the beginning of a file looks like (semantics 06 §2). Generic mode passes over binary and minified files. */
export type FileKind = 'text' | 'short' | 'minified' | 'binary';

const SAMPLE_BYTES = 4096;
const SHORT_FILE_BYTES = 500;
const MAX_LINE_LENGTH = 150;
const MAX_CONTROL_SHARE = 0.01;

/** Judges by the first 4,096 bytes of the UTF-8 text. */
export function fileKind(text: string): FileKind {
  const sample = sampleOf(text);
  if (sample.control >= MAX_CONTROL_SHARE * sample.ascii && sample.control > 0) return 'binary';
  if (sample.bytes <= MAX_LINE_LENGTH * (sample.newlines + 1)) return 'text';
  return sample.bytes <= SHORT_FILE_BYTES ? 'short' : 'minified';
}

interface Sample {
  bytes: number;
  ascii: number;
  control: number;
  newlines: number;
}

function sampleOf(text: string): Sample {
  const sample = { bytes: 0, ascii: 0, control: 0, newlines: 0 };
  for (let i = 0; i < text.length && sample.bytes < SAMPLE_BYTES; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) {
      // Each half of a surrogate pair stands for two of the four bytes.
      const isHalf = unit >= 0xd800 && unit <= 0xdfff;
      sample.bytes += unit < 0x800 || isHalf ? 2 : 3;
      continue;
    }
    sample.bytes++;
    sample.ascii++;
    if (unit === 0x0a) sample.newlines++;
    else if (isControl(unit)) sample.control++;
  }
  return sample;
}

function isControl(unit: number): boolean {
  return (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) || unit === 0x7f;
}
