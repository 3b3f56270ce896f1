/** A piece of a message: plain text, or what its author put between backticks. */
export interface MessagePiece {
  text: string;
  isCode: boolean;
}

/** The pieces of one line of a message, in order. Backticks without a partner are text. */
export function messagePieces(line: string): MessagePiece[] {
  const pieces: MessagePiece[] = [];
  let at = 0;
  for (const { index, 0: span, 1: ticks = '' } of line.matchAll(CODE)) {
    pieces.push({ text: line.slice(at, index), isCode: false });
    pieces.push({ text: span.slice(ticks.length, -ticks.length), isCode: true });
    at = index + span.length;
  }
  pieces.push({ text: line.slice(at), isCode: false });
  return pieces.filter(({ text }) => text !== '');
}

const CODE = /(?<!`)(``?)(?!`)[^`]+\1(?!`)/g;
