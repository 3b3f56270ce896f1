import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '@lockstep/engine';
import { createTwoFilesPatch } from 'diff';
import { writeFault } from '../../config/own-file.ts';
import { neutralize, neutralizeLine } from '../../reports/neutralize.ts';
import { print } from '../../reports/print.ts';
import { UsageError } from '../usage-error.ts';
import type { ProposedFile } from './ci-files.ts';

/** How files are written: at once, after a question, or not at all. */
export interface Consent {
  dryRun: boolean;
  /** null: no question. */
  ask: ((question: string) => Promise<boolean>) | null;
}

export type Outcome = 'written' | 'there already' | 'to be added by hand' | 'declined' | 'not written';

/** Shows a file and writes it if that is wanted; one that is there is left alone, and what to add to it is shown. */
export async function offerFile(root: string, file: ProposedFile, consent: Consent): Promise<Outcome> {
  const { path, before, after } = file;
  if (before === after) {
    tell(`${path} is there already`);
    return 'there already';
  }
  if (before !== null) {
    tell(`${path} is there already and stays as it is. To make it what is proposed:`, patch(path, before, after));
    return 'to be added by hand';
  }
  tell(`${path}, new:`, indented(shortened(after)));
  if (consent.dryRun) return 'not written';
  if (consent.ask !== null && !(await consent.ask(`Write ${neutralizeLine(path)}?`))) return 'declined';
  write(root, path, after);
  return 'written';
}

function tell(headline: string, body = ''): void {
  print(`${neutralizeLine(headline)}\n${body === '' ? '' : `\n${neutralize(body)}`}\n`);
}

/** A lock of all that comes with Lockstep has 180 lines that nobody reads twice. */
const SHOWN_LINES = 80;

function shortened(text: string): string {
  const lines = text.split('\n');
  if (lines.length <= SHOWN_LINES) return text;
  return [...lines.slice(0, SHOWN_LINES / 8), `… and ${lines.length - SHOWN_LINES / 8} more lines`, ''].join('\n');
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}

function patch(path: string, before: string, after: string): string {
  const text = createTwoFilesPatch(path, path, before, after, '', '', { context: 2 });
  return indented(text.slice(text.indexOf('@@')));
}

/** Never over a file, and never through a link out of the repository. */
function write(root: string, path: string, text: string): void {
  const target = join(root, path);
  try {
    const fault = writeFault(target, root);
    if (fault !== null) throw new Error(fault);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${neutralizeLine(path)} cannot be written: ${messageOf(error)}`);
  }
}
