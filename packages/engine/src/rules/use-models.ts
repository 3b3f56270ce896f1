/** A rule's `options: {models: […]}` → what the models it names add to it. */
import { didYouMean } from './closest-name.ts';
import type { FileContext } from './file-context.ts';
import { joinItems, type Model, NO_ITEMS, type TaintItems } from './model.ts';
import type { Rule } from './rule.ts';
import { findEntry, keySpan, type YamlNode } from './yaml-tree.ts';

/** The items of all the models that `options` name; null after reporting a name that leads nowhere. */
export function readModels(
  context: FileContext,
  options: YamlNode | undefined,
  path: string,
  { languages, mode }: { languages: readonly string[]; mode: Rule['mode'] | null },
  known: readonly Model[],
): TaintItems | null {
  const entry = options?.kind === 'map' ? findEntry(options, 'models') : undefined;
  if (entry === undefined) return NO_ITEMS;
  if (mode !== 'taint') {
    const span = keySpan(entry);
    context.report('ignored-key', span, `${path}.models`, '`models` has no effect: only taint rules use models');
    return NO_ITEMS;
  }
  // A value that is no list of names is reported where options are read.
  if (entry.value.kind !== 'seq') return null;
  const parts = entry.value.items.map((node, index) =>
    readModel(context, node, `${path}.models.${index}`, languages, known),
  );
  return parts.includes(null) ? null : parts.filter((items) => items !== null).reduce(joinItems, NO_ITEMS);
}

function readModel(
  context: FileContext,
  node: YamlNode,
  path: string,
  languages: readonly string[],
  known: readonly Model[],
): TaintItems | null {
  const name = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
  if (name === null) return null;
  const named = known.filter((model) => model.name === name);
  const model = named.find((candidate) => languages.every((language) => candidate.languages.includes(language)));
  if (model !== undefined && model.items !== null) return model.items;
  const names = known.map((candidate) => candidate.name);
  if (named.length === 0) {
    context.report('unknown-model', node, path, `there is no model \`${name}\``, didYouMean(name, names));
  } else if (model === undefined) {
    const message = `the model \`${name}\` is not for ${languages.join(', ')}`;
    const others = [...new Set(named.flatMap((candidate) => candidate.languages))].join(', ');
    context.report('unknown-model', node, path, message, `it is for ${others}`);
  } else {
    const { file, line } = model.location;
    context.report('unknown-model', node, path, `the model \`${name}\` has errors`, `see ${file}, line ${line}`);
  }
  return null;
}
