import { isUtf8 } from 'node:buffer';

export interface SourceText {
  text: string;
  /** False where bytes that are not UTF-8 were replaced: writing the text back would destroy them. */
  exact: boolean;
  /** Offset of the first such byte; -1 if there is none. */
  firstInvalid: number;
}

/**
 * Decodes a file (semantics 10 §5). A byte that is not UTF-8 becomes `?`, one character of one byte, and not U+FFFD,
 * which counts as three: columns and offsets of everything behind it stay those of the file.
 */
export function decodeSource(bytes: Uint8Array): SourceText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return { text: buffer.toString('utf8'), exact: true, firstInvalid: -1 };
  const clean = Buffer.from(buffer);
  let firstInvalid = -1;
  for (let at = 0; at < clean.length; ) {
    const length = sequenceLength(buffer, at);
    if (length === 0) {
      clean[at] = QUESTION_MARK;
      if (firstInvalid < 0) firstInvalid = at;
    }
    at += Math.max(1, length);
  }
  return { text: clean.toString('utf8'), exact: false, firstInvalid };
}

const QUESTION_MARK = 0x3f;

/** Length of the well-formed UTF-8 sequence at an offset; 0 if there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  return at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
