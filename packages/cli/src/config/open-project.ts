import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { messageOf, type RuleProblem } from '@lockstep/engine';
import { type ProjectConfig, readProjectConfig } from '@lockstep/guardrails';
import { findProject } from '../targets/project.ts';
import type { ConfigProblem } from './config-problem.ts';
import { isWithin } from './is-within.ts';
import { readFault } from './own-file.ts';
import { PROJECT_FILES } from './rule-file-names.ts';

/** A repository that says in a `lockstep.yaml` what it is to be checked for. */
export interface Project {
  /** The folder of `lockstep.yaml`: absolute, free of symbolic links. */
  root: string;
  /** `lockstep.yaml`, as messages name it: relative to the folder the command runs in. */
  file: string;
  text: string;
  /** null where something is wrong with it. */
  config: ProjectConfig | null;
  /** What is wrong within the file. */
  problems: RuleProblem[];
  /** What keeps the file from being read at all. */
  unreadable: ConfigProblem | null;
}

/** One of 5,000 overrides has 600 kB; reading one of 1 MB takes a second. */
const MAX_BYTES = 1_000_000;

/**
 * Reads the nearest `lockstep.yaml` from a folder upwards; null if there is none. The search ends at the root of the
 * repository and, outside of one, in the folder itself: what somebody left in `/tmp` decides nothing.
 */
export function openProject(cwd: string): Project | null {
  const start = realpathSync(cwd);
  const top = findProject(start, new Map())?.root ?? start;
  for (let folder = start; isWithin(top, folder); folder = dirname(folder)) {
    const name = PROJECT_FILES.find((each) => existsSync(join(folder, each)));
    if (name !== undefined) return readProject(folder, name, start);
    if (folder === dirname(folder)) break;
  }
  return null;
}

/** Reads the `lockstep.yaml` of one folder, wherever that is. */
function readProject(root: string, name: string, cwd: string): Project {
  const path = join(root, name);
  const project: Project = {
    root,
    file: relative(cwd, path),
    text: '',
    config: null,
    problems: [],
    unreadable: null,
  };
  try {
    const fault = readFault(path, root, MAX_BYTES);
    if (fault !== null) return { ...project, unreadable: unreadable(project.file, fault) };
    const text = readFileSync(path, 'utf8');
    return { ...project, text, ...readProjectConfig(text, project.file) };
  } catch (error) {
    return { ...project, unreadable: unreadable(project.file, messageOf(error)) };
  }
}

function unreadable(file: string, fault: string): ConfigProblem {
  return {
    code: 'project-unreadable',
    level: 'fatal',
    subject: file,
    message: `${file} cannot be read: ${fault}`,
    remedy: 'Pass the rules with --config to do without it.',
  };
}
