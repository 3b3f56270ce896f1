import type { Json } from '@lockstep/engine';
import type { Prohibition } from '../guardrail.ts';
import { codeList, type FormRule } from './form-rule.ts';
import type { Idioms } from './idioms.ts';
import type { RulePart } from './rule-text.ts';

/**
 * The rule of a `forbid` entry. A name is looked for as a name and not as a call, so that it is found wherever it is
 * handed on: to `map`, in a `partial`, as a decorator. An import that the file itself has no use for is there for
 * others to import from, and is found as well.
 */
export function compileForbid({ use, module, instead, inside, where }: Prohibition, idioms: Idioms): FormRule[] {
  const names = [...use, ...module];
  const sought = [
    ...use.flatMap((name) => [...idioms.uses(name), ...passedOn(name, idioms)]),
    ...module.flatMap((name) => idioms.imports(name.replace(/\.\*$/, ''))),
  ];
  const isPlural = names.length > 1;
  const remedy = instead === null ? '' : `: use \`${instead}\` instead`;
  return [
    {
      suffix: '',
      about: `${codeList(names, 'and')}, wherever ${isPlural ? 'they are' : 'it is'} used`,
      message: `${codeList(names, 'and')} ${isPlural ? 'are' : 'is'} not used here${remedy}.`,
      body: { match: matchOf(sought, inside, where) },
      role: 'fault',
    },
  ];
}

/** Only the newer `match:` syntax can say of an import that nothing in the file uses it. */
function passedOn(name: string, idioms: Idioms): Json[] {
  const imported = idioms.importedAlone(name);
  const [used = ''] = idioms.uses(name);
  if (imported === null) return [];
  return [{ all: [imported.statement, { not: imported.namesake }, { not: { anywhere: used } }] }];
}

function matchOf(sought: Json[], inside: readonly string[], where: Readonly<Record<string, string>>): RulePart {
  const conditions = Object.entries(where).map(([metavariable, regex]) => ({ metavariable, regex }));
  if (inside.length + conditions.length === 0) return { any: sought };
  return {
    all: [{ any: sought }, ...(inside.length === 0 ? [] : [{ inside: { any: [...inside] } }])],
    ...(conditions.length === 0 ? {} : { where: conditions }),
  };
}
