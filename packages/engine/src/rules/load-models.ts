/** Model files → models and everything that is wrong with them; see docs/models.md for the format. */
import { checkTaintMetavariables } from './check-metavariables.ts';
import type { FileContext } from './file-context.ts';
import { formulaScope } from './formula-scope.ts';
import type { Model } from './model.ts';
import type { RuleProblem } from './problem.ts';
import { type FileText, readItemFile } from './read-item-file.ts';
import { readRequiredString } from './read-values.ts';
import { readLanguages } from './rule-languages.ts';
import { MODEL_LISTS, readTaintItems } from './taint-spec.ts';
import { findEntry, type YamlMap, type YamlNode } from './yaml-tree.ts';

export interface LoadModelsResult {
  /** In written order, broken ones among them, so that rules which name them can say so. */
  models: Model[];
  problems: RuleProblem[];
}

/** Loads the models of some files; a name may be taken twice if the languages differ. Nothing here throws. */
export function loadModels(files: readonly FileText[]): LoadModelsResult {
  const models: Model[] = [];
  const problems = files.flatMap((file) =>
    readItemFile(file, 'models', (context, node, path) => {
      const model = readModel(context, node, path);
      if (model === null) return;
      reportTaken(context, node, path, model, models);
      models.push(model);
    }),
  );
  return { models, problems };
}

const MODEL_KEYS = ['name', 'description', 'languages', ...MODEL_LISTS];

/** null where not even the name can be told. */
function readModel(context: FileContext, node: YamlNode, path: string): Model | null {
  const map = context.map(node, path, 'a model: a mapping with `name`, `description`, `languages` and taint items');
  if (map === null) return null;
  const errorsBefore = context.errorCount;
  const name = readName(context, map, path);
  readRequiredString(context, map, path, 'description', 'what the model knows, in a sentence');
  const languages = readLanguages(context, map, path);
  const items = readTaintItems(context, map, path, formulaScope(map));
  for (const entry of map.entries) {
    if (!MODEL_KEYS.includes(entry.key)) context.unknownKey(entry, `${path}.${entry.key}`, MODEL_KEYS);
  }
  if (!map.entries.some(({ key }) => MODEL_LISTS.includes(key))) {
    context.missingKey(map, path, 'sources', 'a model holds sources, sanitizers or propagators');
  }
  const isSound = context.errorCount === errorsBefore;
  if (isSound) checkTaintMetavariables(context, { ...items, sinks: [] });
  if (name === null) return null;
  return { name, languages, items: isSound ? items : null, location: context.location(map, path) };
}

const MODEL_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function readName(context: FileContext, map: YamlMap, path: string): string | null {
  const name = readRequiredString(context, map, path, 'name', 'what rules call the model');
  const node = findEntry(map, 'name')?.value;
  if (name === null || node === undefined || MODEL_NAME.test(name)) return name;
  const message = `\`${name}\` is not the name of a model; expected lower-case words with hyphens between them`;
  context.report('bad-id', node, `${path}.name`, message);
  return name;
}

function reportTaken(
  context: FileContext,
  node: YamlNode,
  path: string,
  { name, languages }: Model,
  models: readonly Model[],
): void {
  const other = models.find((model) => model.name === name && model.languages.some((key) => languages.includes(key)));
  if (other === undefined) return;
  const { file, line } = other.location;
  const span = node.kind === 'map' ? (findEntry(node, 'name')?.value ?? node) : node;
  const message = `there is a model \`${name}\` already, in ${file} on line ${line}`;
  context.report('duplicate-model', span, `${path}.name`, message, 'give each model a name of its own');
}
