import type { Position } from './finding.ts';

/**
 * Where an offset stands: engine code counts UTF-16 units, reports count lines and bytes of the UTF-8 text.
 *
 * Only `\n` ends a line (so `\r\n` does too, and a lone `\r` does not), as Semgrep counts. A byte order mark is three
 * bytes like any other text. A lone surrogate counts as the three bytes of U+FFFD, which is what encoding it writes.
 */
export class LineIndex {
  readonly text: string;
  /** UTF-16 offset of the start of each line; the last entry may be the empty line after a final newline. */
  private readonly starts: number[];
  /** null: all ASCII, where UTF-16 offsets and byte offsets are the same. */
  private readonly bytes: ByteCounts | null;

  constructor(text: string) {
    this.text = text;
    this.starts = lineStarts(text);
    this.bytes = NON_ASCII.test(text) ? new ByteCounts(text) : null;
  }

  /** Number of lines; a final newline ends the last line and starts none. */
  get lineCount(): number {
    const last = this.starts.length - 1;
    return last > 0 && this.starts[last] === this.text.length ? last : last + 1;
  }

  /** 1-based line of a UTF-16 offset; the end of a text that ends in a newline is on the last line. */
  lineAt(offset: number): number {
    return Math.min(this.rawLineAt(offset), this.lineCount);
  }

  /**
   * Line and byte column (both 1-based) and byte offset of a UTF-16 offset (semantics 04 §7). The position after the
   * final newline is column 1 of the last line.
   */
  position(offset: number): Position {
    const line = this.rawLineAt(offset);
    const byteOffset = this.byteOffset(offset);
    const start = this.byteOffset(this.starts[line - 1] ?? 0);
    return { line: Math.min(line, this.lineCount), column: byteOffset - start + 1, offset: byteOffset };
  }

  /** Byte offset in the UTF-8 text of a UTF-16 offset. */
  byteOffset(offset: number): number {
    return this.bytes === null ? offset : this.bytes.before(offset);
  }

  /** UTF-16 offset of a byte offset; inside a character: the unit that contains the byte. */
  utf16Offset(byteOffset: number): number {
    return this.bytes === null ? byteOffset : this.bytes.unitAt(byteOffset);
  }

  /** UTF-16 offset where a 1-based line starts; beyond the last line: the end of the text. */
  lineStart(line: number): number {
    return this.starts[line - 1] ?? this.text.length;
  }

  /** A 1-based line without its line break; empty beyond the text. */
  lineText(line: number): string {
    const start = this.lineStart(line);
    const next = this.starts[line];
    const end = next === undefined ? this.text.length : next - 1;
    return this.text.slice(start, end > start && this.text[end - 1] === '\r' ? end - 1 : end);
  }

  /**
   * The full lines that a range touches, joined by `\n` and right-trimmed (semantics 11 §1, `lines`).
   * Offsets are UTF-16, `end` exclusive, and counts as the line it stands on even at column 1.
   */
  linesOf(start: number, end: number): string {
    const last = this.lineAt(end);
    const lines: string[] = [];
    for (let line = this.lineAt(start); line <= last; line++) lines.push(this.lineText(line));
    return lines.join('\n').trimEnd();
  }

  private rawLineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

const NON_ASCII = /[^\0-\x7f]/;

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/**
 * Bytes before each 128th unit: a minified file is one line of a megabyte, and counting from its line start for
 * every finding would be quadratic. 1,024 took 10 µs a position, 128 takes 1.5 µs.
 */
const STRIDE = 128;

class ByteCounts {
  private readonly text: string;
  private readonly checkpoints: Uint32Array;

  constructor(text: string) {
    this.text = text;
    this.checkpoints = new Uint32Array(Math.floor(text.length / STRIDE) + 1);
    let bytes = 0;
    for (let unit = 0; unit < text.length; unit++) {
      if (unit % STRIDE === 0) this.checkpoints[unit / STRIDE] = bytes;
      bytes += this.weight(unit);
    }
    if (text.length % STRIDE === 0) this.checkpoints[text.length / STRIDE] = bytes;
  }

  before(offset: number): number {
    const checkpoint = Math.floor(offset / STRIDE);
    let bytes = this.checkpoints[checkpoint] ?? 0;
    for (let unit = checkpoint * STRIDE; unit < offset; unit++) bytes += this.weight(unit);
    return bytes;
  }

  unitAt(byteOffset: number): number {
    let low = 0;
    let high = this.checkpoints.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.checkpoints[middle] ?? 0) <= byteOffset) low = middle;
      else high = middle;
    }
    let unit = low * STRIDE;
    let bytes = this.checkpoints[low] ?? 0;
    while (unit < this.text.length) {
      bytes += this.weight(unit);
      if (bytes > byteOffset) break;
      unit++;
    }
    return unit;
  }

  /**
   * Bytes a unit adds. A surrogate pair is 3 + 1, so that the bytes before an offset in the middle of the pair are
   * those of the text cut there.
   */
  private weight(unit: number): number {
    const code = this.text.charCodeAt(unit);
    if (code < 0x80) return 1;
    if (code < 0x800) return 2;
    const pairs = code >= 0xdc00 && code < 0xe000 && isHighSurrogate(this.text.charCodeAt(unit - 1));
    return pairs ? 1 : 3;
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}
