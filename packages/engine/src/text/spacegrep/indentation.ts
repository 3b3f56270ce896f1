/** What `walkIndentation` reports, in order. */
export interface IndentationVisitor {
  /** A block of more deeply indented lines begins; its first line follows. */
  open(): void;
  /** The line with this index in the list. */
  line(index: number): void;
  close(): void;
}

const TAB_WIDTH = 8;

/** Width of the blanks that a line begins with. */
export function indentOf(text: string, lineStart: number): number {
  let width = 0;
  for (let i = lineStart; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x20) width++;
    else if (char === 0x09) width += TAB_WIDTH;
    else break;
  }
  return width;
}

/**
 * Groups lines by indentation. A block lasts while lines are indented at least as its first one is; so after indents
 * 0, 4, 2 the last line is a block of its own, beside the one before.
 */
export function walkIndentation(indents: readonly number[], rootIndent: number, visitor: IndentationVisitor): void {
  const open = [rootIndent];
  const innermost = () => open[open.length - 1] as number;
  for (const [index, indent] of indents.entries()) {
    while (open.length > 1 && indent < innermost()) {
      open.pop();
      visitor.close();
    }
    if (indent > innermost()) {
      open.push(indent);
      visitor.open();
    }
    visitor.line(index);
  }
  for (; open.length > 1; open.pop()) visitor.close();
}
