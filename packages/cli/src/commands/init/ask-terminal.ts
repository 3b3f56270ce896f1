import { confirm, isCancel } from '@clack/prompts';
import { UsageError } from '../usage-error.ts';

/** Asks somebody at a terminal for a yes or a no; Ctrl-C ends the command. */
export async function confirmOnTerminal(message: string): Promise<boolean> {
  const answer = await confirm({ message });
  if (isCancel(answer)) throw new UsageError('cancelled: files that were agreed to are written, the others are not');
  return answer;
}
