import { formatProblem, loadModels, type Model } from '@lockstep/engine';
import { findModels } from '../../config/find-models.ts';
import { bundledModels } from '../../installation.ts';
import { fromConfigProblem, fromRuleProblem, type SetupProblem } from '../../reports/setup-problem.ts';

/** What rules may name in `options: {models: […]}`. */
export interface ModelSet {
  models: readonly Model[];
  problems: readonly ModelProblem[];
}

export interface ModelProblem {
  problem: SetupProblem;
  /** For people to read, with the lines of the file; null where there are none. */
  explanation: string | null;
}

/** Loads the models that come with Lockstep and those of the folders of `--models`. Never throws. */
export async function loadModelSet(folders: readonly string[], cwd: string): Promise<ModelSet> {
  const { files, problems: configProblems } = await findModels(folders, { cwd, bundledModels: bundledModels() });
  const { models, problems } = loadModels(files);
  const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? '';
  return {
    models,
    problems: [
      ...configProblems.map((problem) => ({ problem: fromConfigProblem(problem), explanation: null })),
      ...problems.map((problem) => ({
        problem: fromRuleProblem(problem),
        explanation: formatProblem(problem, textOf(problem.file)),
      })),
    ],
  };
}
