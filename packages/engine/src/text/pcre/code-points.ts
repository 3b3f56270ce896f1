/** Moving over UTF-16 text by whole characters. */

/** -1 if there are not so many characters before the position. */
export function stepBack(text: string, position: number, characters: number): number {
  let result = position;
  for (let i = 0; i < characters; i++) {
    if (result === 0) return -1;
    result -= result > 1 && isPair(text, result - 2) ? 2 : 1;
  }
  return result;
}

/** The position behind the character at `position`. */
export function nextChar(text: string, position: number): number {
  return position + (isPair(text, position) ? 2 : 1);
}

export function isPair(text: string, position: number): boolean {
  const first = text.charCodeAt(position);
  if (first < 0xd800 || first > 0xdbff) return false;
  const second = text.charCodeAt(position + 1);
  return second >= 0xdc00 && second <= 0xdfff;
}

/** The character that ends at `position`, which must not be 0. */
export function charBefore(text: string, position: number): number {
  return text.codePointAt(stepBack(text, position, 1)) as number;
}
