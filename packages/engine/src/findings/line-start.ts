/** UTF-16 offset where the line of an offset begins. */
export function lineStartAt(text: string, offset: number): number {
  // `lastIndexOf` takes a negative start for 0, which would find a newline that opens the text.
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
