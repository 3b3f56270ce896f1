import type { Project } from '../config/open-project.ts';
import { neutralizeLine } from './neutralize.ts';

/** Tells, on standard error, which `lockstep.yaml` a command goes by. */
export function projectNote({ file }: Pick<Project, 'file'>): string {
  return `Using ${neutralizeLine(file)}.\n`;
}
