import { createPalette } from '../../reports/palette.ts';
import { print } from '../../reports/print.ts';
import { readColor } from '../scan/environment.ts';
import { checkFolders } from './check-folders.ts';

/** `lockstep guardrail check`: everything that is wrong, and 1 where anything is. */
export async function runCheck(folders: readonly string[], models: readonly string[]): Promise<number> {
  const palette = createPalette(readColor(false, process.env) ?? process.stdout.isTTY);
  const { isInOrder, text } = await checkFolders(folders, models, palette);
  print(text);
  return isInOrder ? 0 : 1;
}
