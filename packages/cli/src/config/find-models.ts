import { statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { compareTexts } from '@lockstep/engine';
import { normalizeSpelling } from '../targets/scan-root.ts';
import type { ConfigProblem } from './config-problem.ts';
import { isRuleFileName } from './rule-file-names.ts';

/** A file of models, named for messages as `--models` spells its folder. */
export interface ModelFile {
  path: string;
  text: string;
}

export interface ModelFiles {
  files: ModelFile[];
  problems: ConfigProblem[];
}

export interface ModelOptions {
  /** Absolute; folders are relative to it. */
  cwd: string;
  /** Folder of the models that come with Lockstep, absolute; null if there are none. */
  bundledModels: string | null;
}

/** Reads the model files that come with Lockstep, then those of the folders that `--models` names, each sorted. */
export async function findModels(
  folders: readonly string[],
  { cwd, bundledModels }: ModelOptions,
): Promise<ModelFiles> {
  const found: ModelFiles = { files: [], problems: [] };
  if (bundledModels !== null) await addFolder(found, 'lockstep:models', bundledModels);
  for (const folder of folders) await addFolder(found, normalizeSpelling(folder), resolve(cwd, folder));
  return found;
}

/** Folders below are for what goes with models, such as their tests. */
async function addFolder(found: ModelFiles, folder: string, absoluteFolder: string): Promise<void> {
  try {
    const names = (await readdir(absoluteFolder)).filter(isRuleFileName).sort(compareTexts);
    if (names.length === 0) found.problems.push(problem(folder, 'holds no model files', 'They end in .yml or .yaml.'));
    const odd = names.find((name) => !statSync(join(absoluteFolder, name)).isFile());
    if (odd !== undefined) {
      found.problems.push(problem(`${folder}/${odd}`, 'is no regular file', 'Remove it.'));
      return;
    }
    const texts = await Promise.all(names.map((name) => readFile(join(absoluteFolder, name), 'utf8')));
    found.files.push(...names.map((name, index) => ({ path: `${folder}/${name}`, text: texts[index]! })));
  } catch (error) {
    const what = `cannot be read: ${(error as NodeJS.ErrnoException).code}`;
    found.problems.push(problem(folder, what, 'Pass a folder of model files with --models.'));
  }
}

function problem(folder: string, what: string, remedy: string): ConfigProblem {
  return { code: 'models-unreadable', level: 'fatal', subject: folder, message: `${folder} ${what}`, remedy };
}
