import { confirm, isCancel } from '@clack/prompts';
import type { Terminal } from '../guardrail/new/ask.ts';
import { UsageError } from '../usage-error.ts';

/** Asks for a yes or a no; Ctrl-C ends the command. */
export async function confirmOn(terminal: Terminal, message: string): Promise<boolean> {
  const answer = await confirm({ ...terminal, message });
  if (isCancel(answer)) throw new UsageError('cancelled: files that were agreed to are written, the others are not');
  return answer;
}
