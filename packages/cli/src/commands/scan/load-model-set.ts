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

export interface ModelSetOptions {
  /** Absolute. */
  cwd: string;
  /** The models that come with Lockstep too. */
  withBundled: boolean;
}

/** Loads the models of the folders that `--models` names. Never throws. */
export async function loadModelSet(
  folders: readonly string[],
  { cwd, withBundled }: ModelSetOptions,
): Promise<ModelSet> {
  const bundled = withBundled ? bundledModels() : null;
  const { files, problems: configProblems } = await findModels(folders, { cwd, bundledModels: bundled });
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
