/** A rule's `options` (semantics 01 §1.7): names, types, defaults. */

import { didYouMean } from './closest-name.ts';
import type { FileContext } from './file-context.ts';
import { oneOf } from './read-values.ts';
import type { Json, RuleOptions } from './rule.ts';
import { keySpan, toJson, type YamlEntry, type YamlNode } from './yaml-tree.ts';

type Flag = { [K in keyof RuleOptions]: RuleOptions[K] extends boolean ? K : never }[keyof RuleOptions];

/** Options that are on or off, and the field each sets. */
export const FLAGS: Record<string, Flag> = {
  constant_propagation: 'constantPropagation',
  symbolic_propagation: 'symbolicPropagation',
  ac_matching: 'acMatching',
  commutative_boolop: 'commutativeBoolop',
  symmetric_eq: 'symmetricEq',
  /** The former name. */
  commutative_compop: 'symmetricEq',
  vardef_assign: 'vardefAssign',
  flddef_assign: 'flddefAssign',
  attr_expr: 'attrExpr',
  unify_ids_strictly: 'unifyIdsStrictly',
  arrow_is_function: 'arrowIsFunction',
  let_is_var: 'letIsVar',
  go_deeper_expr: 'goDeeperExpr',
  go_deeper_stmt: 'goDeeperStmt',
  implicit_deep_exprstmt: 'implicitDeepExprstmt',
  implicit_ellipsis: 'implicitEllipsis',
  implicit_return: 'implicitReturn',
  decorators_order_matters: 'decoratorsOrderMatters',
  xml_singleton_loose_matching: 'xmlSingletonLooseMatching',
  xml_attrs_implicit_ellipsis: 'xmlAttrsImplicitEllipsis',
  xml_children_ordered: 'xmlChildrenOrdered',
  generic_multiline: 'genericMultiline',
  generic_caseless: 'genericCaseless',
};

/** Flags that other parts than the search engine read; kept as they are in `other`. */
export const OTHER_FLAGS = [
  'interfile',
  'taint_unify_mvars',
  'taint_assume_safe_functions',
  'taint_assume_safe_indexes',
  'taint_assume_safe_comparisons',
  'taint_assume_safe_booleans',
  'taint_assume_safe_numbers',
  'taint_only_propagate_through_assignments',
  'taint_intrafile',
  'guarded_taint_signatures',
] as const;

/** Options with a few allowed words; those without a field of their own go to `other`. */
export const CHOICES: Record<string, readonly string[]> = {
  generic_engine: ['spacegrep', 'aliengrep'],
  generic_comment_style: ['c', 'cpp', 'shell'],
  cpp_parsing_pref: ['as_vardef_with_ctor', 'as_fundef'],
  taint_focus_on: ['sink', 'source'],
  taint_match_on: ['sink', 'source'],
};

/** Known to the forks, which bound a rule's run with them. */
export const OTHER_NAMES = [
  'max_match_per_file',
  'timeout',
  'dynamic_timeout',
  'dynamic_timeout_unit_kb',
  'dynamic_timeout_max_multiplier',
] as const;

const OTHER_OPTIONS = [
  'generic_ellipsis_max_span',
  'generic_braces',
  'generic_extra_braces',
  'generic_extra_word_characters',
  'models',
] as const;

export const OPTION_NAMES: readonly string[] = [
  ...Object.keys(FLAGS),
  ...OTHER_FLAGS,
  ...Object.keys(CHOICES),
  ...OTHER_NAMES,
  ...OTHER_OPTIONS,
];

export function defaultOptions(): RuleOptions {
  return {
    constantPropagation: true,
    symbolicPropagation: false,
    acMatching: true,
    commutativeBoolop: false,
    symmetricEq: false,
    vardefAssign: true,
    flddefAssign: false,
    attrExpr: true,
    unifyIdsStrictly: true,
    arrowIsFunction: true,
    letIsVar: true,
    goDeeperExpr: true,
    goDeeperStmt: true,
    implicitDeepExprstmt: true,
    implicitEllipsis: true,
    implicitReturn: true,
    decoratorsOrderMatters: false,
    xmlSingletonLooseMatching: true,
    xmlAttrsImplicitEllipsis: true,
    xmlChildrenOrdered: true,
    genericEngine: 'spacegrep',
    genericEllipsisMaxSpan: 10,
    genericCommentStyle: null,
    genericMultiline: true,
    genericCaseless: false,
    genericBraces: null,
    genericExtraBraces: [],
    genericExtraWordCharacters: [],
    models: [],
    other: {},
  };
}

/** The options of a rule over their defaults; a wrong value is reported and leaves the default. */
export function readOptions(context: FileContext, node: YamlNode | undefined, path: string): RuleOptions {
  const options = defaultOptions();
  if (node === undefined) return options;
  for (const entry of context.map(node, path)?.entries ?? []) {
    readOption(context, entry, `${path}.${entry.key}`, options);
  }
  return options;
}

function readOption(context: FileContext, entry: YamlEntry, path: string, options: RuleOptions): void {
  const { key, value } = entry;
  const flag = Object.hasOwn(FLAGS, key) ? FLAGS[key] : undefined;
  if (flag !== undefined) {
    const on = flagValue(value);
    if (on === null) reportValue(context, value, path, '`true` or `false`');
    else options[flag] = on;
  } else if (OTHER_FLAGS.some((name) => name === key)) {
    const on = flagValue(value);
    if (on === null) reportValue(context, value, path, '`true` or `false`');
    else setOther(options, key, on);
  } else if (Object.hasOwn(CHOICES, key)) {
    readChoiceOption(context, entry, path, options, CHOICES[key] ?? []);
  } else {
    readOtherOption(context, entry, path, options);
  }
}

function readChoiceOption(
  context: FileContext,
  { key, value }: YamlEntry,
  path: string,
  options: RuleOptions,
  choices: readonly string[],
): void {
  const word = value.kind === 'scalar' ? choices.find((choice) => choice === value.value) : undefined;
  if (word === undefined) reportValue(context, value, path, oneOf(choices));
  else if (key === 'generic_engine') options.genericEngine = word === 'aliengrep' ? 'aliengrep' : 'spacegrep';
  else if (key === 'generic_comment_style') options.genericCommentStyle = word as 'c' | 'cpp' | 'shell';
  else setOther(options, key, word);
}

function readOtherOption(context: FileContext, entry: YamlEntry, path: string, options: RuleOptions): void {
  const { key, value } = entry;
  switch (key) {
    case 'generic_ellipsis_max_span': {
      const span = numberValue(value);
      if (span === null) reportValue(context, value, path, 'a number of lines');
      else options.genericEllipsisMaxSpan = Math.max(0, span);
      return;
    }
    case 'generic_braces':
      options.genericBraces = readBraces(context, value, path) ?? options.genericBraces;
      return;
    case 'generic_extra_braces':
      options.genericExtraBraces = readBraces(context, value, path) ?? options.genericExtraBraces;
      return;
    case 'generic_extra_word_characters': {
      const characters = stringList(value);
      if (characters === null) reportValue(context, value, path, 'a list of characters');
      else options.genericExtraWordCharacters = characters;
      return;
    }
    case 'models': {
      const names = stringList(value);
      if (names === null) reportValue(context, value, path, 'a list of names of models');
      else options.models = names;
      return;
    }
    default:
      if (!OTHER_NAMES.some((name) => name === key)) {
        const message = `the option \`${key}\` is unknown and has no effect`;
        context.report('unknown-option', keySpan(entry), path, message, didYouMean(key, OPTION_NAMES));
      }
      setOther(options, key, toJson(value));
  }
}

function readBraces(context: FileContext, node: YamlNode, path: string): [string, string][] | null {
  const pairs = node.kind === 'seq' ? node.items.map(stringList) : [null];
  const braces: [string, string][] = [];
  for (const pair of pairs) {
    const [open, close] = pair ?? [];
    if (open === undefined || close === undefined || pair?.length !== 2) {
      reportValue(context, node, path, 'a list of pairs such as `["(", ")"]`');
      return null;
    }
    braces.push([open, close]);
  }
  return braces;
}

function stringList(node: YamlNode): string[] | null {
  if (node.kind !== 'seq') return null;
  const texts = node.items.map((item) => (item.kind === 'scalar' ? item.value : null));
  return texts.every((text) => typeof text === 'string') ? texts : null;
}

/** Semgrep takes quoted values too. */
function flagValue(node: YamlNode): boolean | null {
  const value = node.kind === 'scalar' ? node.value : null;
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : null;
}

function numberValue(node: YamlNode): number | null {
  const value = node.kind === 'scalar' ? node.value : null;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  return typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : null;
}

function setOther(options: RuleOptions, name: string, value: Json): void {
  // `other[name] = …` would set the prototype for `__proto__`.
  options.other = Object.fromEntries([...Object.entries(options.other), [name, value]]);
}

function reportValue(context: FileContext, node: YamlNode, path: string, expected: string): void {
  const found = node.kind === 'scalar' ? `\`${node.value}\`` : node.kind === 'seq' ? 'a list' : 'a mapping';
  context.report('bad-option', node, path, `expected ${expected}, found ${found}`);
}
