import { PassThrough } from 'node:stream';
import type { Terminal } from '../guardrail/new/ask.ts';

export const ENTER = '\r';
export const DOWN = '\u001b[B';
export const BACKSPACE = '\u007f';
export const CTRL_C = '\u0003';

/** A terminal at which somebody types: a text each time that a prompt asks for one. */
export interface TypedTerminal extends Required<Terminal> {
  /** Everything that was shown, without what colours it and moves the cursor. */
  shown(): string;
  /** The same as it was written. */
  written(): string;
}

export function typedTerminal(answers: readonly { to: string; keys: string }[]): TypedTerminal {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  const waiting = [...answers];
  let written = '';
  let seen = 0;
  output.on('data', (chunk: Buffer) => {
    written += chunk;
    const [next] = waiting;
    const at = next === undefined ? -1 : plain(written).indexOf(next.to, seen);
    if (next === undefined || at < 0) return;
    seen = at + next.to.length;
    waiting.shift();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: one key after the other, as a person presses them.
    const keys = next.keys.match(/\u001b\[.|./gs) ?? [];
    for (const [turn, key] of keys.entries()) setTimeout(() => input.write(key), turn + 1);
  });
  return { input, output, shown: () => plain(written), written: () => written };
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what a terminal is told.
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
}
