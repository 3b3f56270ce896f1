import type { Prohibition } from '../guardrail.ts';
import { codeList, type FormRule } from './form-rule.ts';
import type { Idioms } from './idioms.ts';
import { all, any, conditions, insideAny, pattern } from './rule-text.ts';

/**
 * The rule of a `forbid` entry. A name is looked for as a name and not as a call, so that it is found wherever it is
 * handed on: to `map`, in a `partial`, as a decorator.
 */
export function compileForbid(entry: Prohibition, idioms: Idioms): FormRule[] {
  const { use, module, instead, inside, where } = entry;
  const names = [...use, ...module];
  const sought = [
    ...use.flatMap((name) => idioms.uses(name)),
    ...module.flatMap((name) => idioms.imports(name.replace(/\.\*$/, ''))),
  ];
  const remedy = instead === null ? '' : `: use \`${instead}\` instead`;
  return [
    {
      suffix: '',
      about: `${codeList(names, 'and')}, wherever ${names.length > 1 ? 'they are' : 'it is'} used`,
      message: `${codeList(names, 'and')} ${names.length > 1 ? 'are' : 'is'} not used here${remedy}.`,
      body: all([any(sought.map(pattern)), ...insideAny(inside), ...conditions(where)]),
      role: 'fault',
    },
  ];
}
