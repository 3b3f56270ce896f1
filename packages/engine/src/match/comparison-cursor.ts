import { comparisonTokens, type Token } from './comparison-tokens.ts';

/** Why a comparison does not parse; `offset` in UTF-16 units. */
export class SyntaxFailure extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** 100 brackets deep: no rule comes close, and the interpreter recurses as deep. */
const MAX_DEPTH = 100;

/** A place in the tokens of a comparison. Throws `SyntaxFailure` where they are not as expected. */
export class TokenCursor {
  readonly #tokens: Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    const tokens = comparisonTokens(text);
    if ('unexpected' in tokens) throw new SyntaxFailure('this is not part of a Python expression', tokens.unexpected);
    this.#tokens = tokens;
  }

  peek(): Token {
    return this.#tokens[this.#next]!;
  }

  advance(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  at(text: string): boolean {
    const token = this.peek();
    return (token.kind === 'sign' || token.kind === 'name') && token.text === text;
  }

  take(text: string): boolean {
    if (!this.at(text)) return false;
    this.#next++;
    return true;
  }

  /** Takes all of them, or none. */
  takeAll(...texts: string[]): boolean {
    const start = this.#next;
    if (texts.every((text) => this.take(text))) return true;
    this.#next = start;
    return false;
  }

  takeOneOf<T extends string>(texts: readonly T[]): T | null {
    return texts.find((text) => this.take(text)) ?? null;
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail(`\`${text}\` is missing`);
  }

  /** To the end of the bracket at hand. */
  skipBracket(): void {
    let open = 0;
    for (let token = this.peek(); token.kind !== 'end'; token = this.peek()) {
      if (token.kind === 'sign' && '([{'.includes(token.text)) open++;
      if (token.kind === 'sign' && ')]}'.includes(token.text) && open-- === 0) return;
      this.#next++;
    }
  }

  deeper<T>(parse: () => T): T {
    if (++this.#depth > MAX_DEPTH) this.fail('the expression is nested too deeply');
    const parsed = parse();
    this.#depth--;
    return parsed;
  }

  fail(message: string, offset = this.peek().at): never {
    throw new SyntaxFailure(message, offset);
  }
}
