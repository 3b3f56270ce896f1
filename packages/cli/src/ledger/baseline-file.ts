import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatProblem, messageOf } from '@lockstep/engine';
import { type Baseline, readBaseline } from '@lockstep/guardrails';
import { openProject } from '../config/open-project.ts';
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
