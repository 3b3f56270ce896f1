import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { closestName, compareTexts, formatProblem } from '@lockstep/engine';
import { type Guardrail, readGuardrail } from '@lockstep/guardrails';
import { UsageError } from '../commands/usage-error.ts';
import { type Config, findConfig, type GuardrailFile, type RuleFile } from '../config/find-config.ts';
import { guardrailManifestNames } from '../config/rule-file-names.ts';
import { bundledGuardrails } from '../installation.ts';

/** A guardrail folder as it was found. */
export interface FoundGuardrail {
  /** The name of its folder, which its id must be. */
  name: string;
  /** As spelled; `lockstep:…` where it comes with Lockstep. */
  folder: string;
  absoluteFolder: string;
  manifest: Pick<GuardrailFile, 'path' | 'absolutePath' | 'text'>;
  /** null where something is wrong with its description. */
  guardrail: Guardrail | null;
  /** For people to read, in the order of their places. */
  problems: { isError: boolean; text: string }[];
  ruleFiles: RuleFile[];
}

/** Where a repository keeps its guardrails, for those who name no folder. */
export const USUAL_FOLDER = 'guardrails';

/** The guardrails of some folders (default: `guardrails/`), sorted. Throws `UsageError` where there are none. */
export async function findGuardrails(folders: readonly string[], cwd: string): Promise<FoundGuardrail[]> {
  const values = folders.length > 0 ? folders : usualFolder(cwd);
  const config = await findConfig(values, { cwd, bundledGuardrails: bundledGuardrails() });
  const [fatal] = config.problems.filter(({ level, code }) => level === 'fatal' && code !== 'config-empty');
  if (fatal !== undefined) throw new UsageError(`${fatal.message}${fatal.remedy === '' ? '' : `\n${fatal.remedy}`}`);
  if (config.guardrails.length === 0) {
    throw new UsageError(`there is no guardrail in ${values.join(', ')}: none of its folders holds a guardrail.yaml`);
  }
  return readGuardrails(config);
}

/** The guardrails among rule files that were found, sorted. */
export function readGuardrails({ guardrails, ruleFiles }: Pick<Config, 'guardrails' | 'ruleFiles'>): FoundGuardrail[] {
  return guardrails.map((file) => readFolder(file, ruleFiles)).sort((a, b) => compareTexts(a.folder, b.folder));
}

/** One guardrail: its folder, or its id below `guardrails/` or among those that come with Lockstep. */
export async function findGuardrail(name: string, cwd: string): Promise<FoundGuardrail> {
  if (name.startsWith('lockstep:') || isGuardrailFolder(resolve(cwd, name)))
    return only(await findGuardrails([name], cwd));
  const own = existsSync(join(cwd, USUAL_FOLDER)) ? await findGuardrails([], cwd) : [];
  const bundled = await findGuardrails(['lockstep:default'], cwd);
  const known = [...own, ...bundled];
  const found = known.find((each) => each.name === name);
  if (found !== undefined) return found;
  const closest = closestName(
    name,
    known.map((each) => each.name),
  );
  const hint = closest === null ? 'lockstep guardrail list shows those there are' : `did you mean ${closest}?`;
  throw new UsageError(`there is no guardrail ${name}, neither a folder nor an id; ${hint}`);
}

function only(found: FoundGuardrail[]): FoundGuardrail {
  const [first, second] = found;
  if (first === undefined || second !== undefined) {
    throw new UsageError(`expected one guardrail, found ${found.map(({ folder }) => folder).join(', ')}`);
  }
  return first;
}

function usualFolder(cwd: string): string[] {
  if (existsSync(join(cwd, USUAL_FOLDER))) return [USUAL_FOLDER];
  throw new UsageError(
    `there is no folder ${USUAL_FOLDER}/ here: name the one that holds your guardrails, ` +
      'or make the first one with lockstep guardrail new',
  );
}

function isGuardrailFolder(folder: string): boolean {
  return guardrailManifestNames.some((name) => existsSync(join(folder, name)));
}

function readFolder(file: GuardrailFile, ruleFiles: readonly RuleFile[]): FoundGuardrail {
  const { path, absolutePath, text, folder } = file;
  const absoluteFolder = dirname(absolutePath);
  const { guardrail, problems } = readGuardrail(text, path, basename(absoluteFolder));
  return {
    name: basename(absoluteFolder),
    folder: folder === '' ? '.' : folder,
    absoluteFolder,
    manifest: { path, absolutePath, text },
    guardrail,
    problems: problems.map((problem) => ({ isError: problem.level === 'error', text: formatProblem(problem, text) })),
    ruleFiles: ruleFiles.filter((each) => each.guardrail === folder),
  };
}

/** The guardrail, or an end to the command with everything that is wrong with it. */
export function soundGuardrail({ guardrail, problems, folder }: FoundGuardrail): Guardrail {
  if (guardrail !== null) return guardrail;
  const faults = problems.filter(({ isError }) => isError).map(({ text }) => text);
  throw new UsageError([`${folder} cannot be used`, ...faults].join('\n'));
}
