/** The tokens that generic-mode patterns and documents share: words, punctuation marks, other characters. */
export interface Line {
  /** 1-based. */
  number: number;
  /** Width of the leading blanks; a tab counts 8. */
  indent: number;
  tokens: Token[];
}

export interface Token {
  text: string;
  start: number;
  end: number;
}

const TAB_WIDTH = 8;

/** The non-blank lines of a text, each cut into what `tokenPattern` (global, unicode) finds. */
export function linesOf(text: string, tokenPattern: RegExp): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const [index, content] of text.split('\n').entries()) {
    const tokens: Token[] = [];
    for (const match of content.matchAll(tokenPattern)) {
      tokens.push({ text: match[0], start: start + match.index, end: start + match.index + match[0].length });
    }
    if (tokens.length > 0) lines.push({ number: index + 1, indent: indentOf(content), tokens });
    start += content.length + 1;
  }
  return lines;
}

function indentOf(line: string): number {
  let width = 0;
  for (const char of line) {
    if (char === ' ') width++;
    else if (char === '\t') width += TAB_WIDTH;
    else break;
  }
  return width;
}

/** A line, or a run of more deeply indented lines. */
export type Block = (Line | Block)[];

/**
 * Groups lines by indentation. A block lasts while lines are indented at least as its first one is, so that after
 * `0 4 2` the last line is a block of its own beside the one before.
 */
export function groupByIndent(lines: readonly Line[], indent: number): Block {
  const root: Block = [];
  const open: { indent: number; block: Block }[] = [{ indent, block: root }];
  for (const line of lines) {
    while (open.length > 1 && line.indent < innermost(open).indent) open.pop();
    if (line.indent > innermost(open).indent) {
      const block: Block = [];
      innermost(open).block.push(block);
      open.push({ indent: line.indent, block });
    }
    innermost(open).block.push(line);
  }
  return root;
}

function innermost<T>(stack: readonly T[]): T {
  return stack[stack.length - 1] as T;
}
