import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { formatProblem } from '@lockstep/engine';
import { openProject, type Project } from '../../config/open-project.ts';
import { neutralize } from '../../reports/neutralize.ts';
import { print, tell } from '../../reports/print.ts';
import { lockProject } from './lock-project.ts';

/** What a command exits with where a configuration cannot be used, as a scan does. */
const BAD_CONFIG = 7;

/** `lockstep lock`: fetches what `lockstep.yaml` names and writes its lock; says what changed. */
export async function runLock(offline: boolean): Promise<number> {
  const project = openProject(process.cwd());
  if (project === null) {
    return fail(['there is no lockstep.yaml, here or above: lockstep init writes one']);
  }
  const faults = faultsOf(project);
  if (faults.length > 0) return fail(faults);
  const locked = await lockProject(project, offline);
  if (!locked.ok) return fail(locked.faults);
  const { lock, text, changes } = locked;
  if (text === '') return succeed(['nothing to lock: the commits of this repository say what its own folders hold']);
  if (text === lock.text) return succeed(['lockstep.lock is up to date']);
  writeFileSync(lock.path, text);
  return succeed([...changes, `wrote ${relative(process.cwd(), lock.path)}`]);
}

function faultsOf({ unreadable, problems, text }: Project): string[] {
  if (unreadable !== null) return [unreadable.message];
  return problems.filter(({ level }) => level === 'error').map((problem) => formatProblem(problem, text));
}

function fail(faults: readonly string[]): number {
  tell(neutralize(`${faults.join('\n\n')}\n`));
  return BAD_CONFIG;
}

function succeed(lines: readonly string[]): number {
  print(neutralize(`${lines.join('\n')}\n`));
  return 0;
}
