import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { formatProblem, messageOf } from '@lockstep/engine';
import { readTriage, renderTriage, type TriageEntry } from '@lockstep/guardrails';
import { UsageError } from '../commands/usage-error.ts';
import { readFault, writeFault } from '../config/own-file.ts';
import { LEDGER_FOLDER, repositoryRoot } from './places.ts';

/** Where a repository keeps its verdicts; absolute. */
export function triageFile(cwd: string): string {
  return join(repositoryRoot(cwd), LEDGER_FOLDER, 'triage.yaml');
}

/** The verdicts in a file; none where there is no file yet. Throws `UsageError` where it cannot be understood. */
export function readTriageFile(file: string): TriageEntry[] {
  if (!existsSync(file)) return [];
  const shown = relative(process.cwd(), file) || file;
  const fault = readFault(file, repositoryRoot(process.cwd()));
  if (fault !== null) throw new UsageError(`${shown} cannot be read: ${fault}`);
  const content = readFileSync(file, 'utf8');
  const { value, problems } = readTriage(content, shown);
  if (value !== null) return value;
  const faults = problems.filter(({ level }) => level === 'error').map((problem) => formatProblem(problem, content));
  throw new UsageError([`${shown} is faulty`, ...faults].join('\n'));
}

export function writeTriageFile(file: string, entries: readonly TriageEntry[]): void {
  try {
    const fault = writeFault(file, repositoryRoot(process.cwd()));
    if (fault !== null) throw new Error(fault);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, renderTriage(entries));
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${messageOf(error)}`);
  }
}
