import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { formatProblem, messageOf } from '@lockstep/engine';
import { type Baseline, readBaseline, renderBaseline } from '@lockstep/guardrails';
import { UsageError } from '../commands/usage-error.ts';
import { isWithin } from '../config/is-within.ts';
import { openProject } from '../config/open-project.ts';
import { readFault, writeFault } from '../config/own-file.ts';
import { projectBaseline } from '../config/project-baseline.ts';
import { LEDGER_FOLDER, repositoryRoot } from './places.ts';

export type BaselineReading = { ok: true; baseline: Baseline } | { ok: false; message: string; remedy: string };

/** Where a repository keeps its baseline, for those who name no file. */
export function usualBaseline(cwd: string): string {
  const project = openProject(cwd);
  const named = project === null ? null : projectBaseline(project, cwd);
  return named === null ? join(repositoryRoot(cwd), LEDGER_FOLDER, 'baseline.yaml') : resolve(cwd, named);
}

/** Reads the baseline in a file, as spelled. */
export function readBaselineFile(file: string, cwd: string): BaselineReading {
  const path = resolve(cwd, file);
  if (!existsSync(path)) {
    return { ok: false, message: `there is no baseline ${file}`, remedy: 'lockstep baseline write makes one' };
  }
  let content: string;
  try {
    const fault = faultWithin(path, cwd);
    if (fault !== null) return { ok: false, message: `the baseline ${file} cannot be read: ${fault}`, remedy: '' };
    content = readFileSync(path, 'utf8');
  } catch (error) {
    return { ok: false, message: `the baseline ${file} cannot be read: ${messageOf(error)}`, remedy: '' };
  }
  const { value, problems } = readBaseline(content, file);
  if (value !== null) return { ok: true, baseline: value };
  const faults = problems.filter(({ level }) => level === 'error').map((problem) => formatProblem(problem, content));
  return {
    ok: false,
    message: `the baseline ${file} is faulty\n${faults.join('\n')}`,
    remedy: 'put it right, or take it back from version control',
  };
}

/** One elsewhere is what somebody named on the command line. */
function faultWithin(path: string, cwd: string): string | null {
  const root = repositoryRoot(cwd);
  return isWithin(root, path) ? readFault(path, root) : null;
}

/** Writes a baseline to a file, as spelled. Throws `UsageError` where that cannot be. */
export function writeBaselineFile(file: string, baseline: Baseline, cwd: string): void {
  const path = resolve(cwd, file);
  const root = repositoryRoot(cwd);
  try {
    const fault = isWithin(root, path) ? writeFault(path, root) : null;
    if (fault !== null) throw new Error(fault);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, renderBaseline(baseline));
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${messageOf(error)}`);
  }
}
