/** Turns offsets of a text into lines and columns; the table of line starts is made on the first question. */
export class LineIndex {
  readonly text: string;
  #starts: number[] | null = null;
  #hasSurrogates: boolean | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** 1-based line, and 1-based column in characters (code points); offsets beyond the text mean its end. */
  locate(offset: number): { line: number; column: number } {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: this.#charactersBetween(starts[low] ?? 0, offset) + 1 };
  }

  /** A line's text without its line break; '' beyond the last one. */
  line(number: number): string {
    const starts = this.#lineStarts();
    const start = starts[number - 1];
    if (start === undefined) return '';
    return this.text.slice(start, starts[number] ?? this.text.length).replace(/\r?\n$/, '');
  }

  #lineStarts(): number[] {
    if (this.#starts === null) {
      this.#starts = [0];
      for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    }
    return this.#starts;
  }

  #charactersBetween(start: number, end: number): number {
    this.#hasSurrogates ??= /[\uD800-\uDBFF]/.test(this.text);
    return this.#hasSurrogates ? [...this.text.slice(start, end)].length : Math.min(end, this.text.length) - start;
  }
}
