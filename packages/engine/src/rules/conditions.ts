/** Conditions on metavariables (semantics 01 §1.3): the classic operators, and the pieces `where:` shares with them. */
import { findLanguage } from '../languages/language-table.ts';
import { type FileContext, firstLineSpan } from './file-context.ts';
import type { FormulaScope } from './formula-scope.ts';
import { oneOf, readChoice, readOptionalBoolean, readRequiredString } from './read-values.ts';
import type { Condition, Formula, RuleLocation } from './rule.ts';
import { findEntry, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.ts';

/** Keys of each condition; those of a nested formula are the formula reader's. */
export const CONDITION_KEYS: Record<string, readonly string[]> = {
  'metavariable-regex': ['metavariable', 'regex', 'constant-propagation'],
  'metavariable-pattern': ['metavariable', 'language', 'pattern', 'patterns', 'pattern-either', 'pattern-regex'],
  'metavariable-comparison': ['metavariable', 'comparison', 'strip', 'base'],
  'metavariable-analysis': ['metavariable', 'analyzer', 'options'],
  'metavariable-type': ['metavariable', 'type', 'types', 'language'],
  'metavariable-name': ['metavariable', 'module', 'modules'],
  'semgrep-internal-metavariable-name': ['metavariable', 'module', 'modules', 'fqn', 'fqns', 'kind'],
};

export const CONDITION_OPERATORS = Object.keys(CONDITION_KEYS);

export const ANALYZERS = ['entropy', 'redos', 'entropy_v2'] as const;
export const ENTROPY_MODES = ['lax', 'default', 'strict'] as const;

export type FormulaReader = (context: FileContext, map: YamlMap, path: string, scope: FormulaScope) => Formula | null;

/** A condition of a `patterns` list; `readFormula` reads what `metavariable-pattern` nests. */
export function readCondition(
  context: FileContext,
  entry: YamlEntry,
  path: string,
  scope: FormulaScope,
  readFormula: FormulaReader,
): Condition | null {
  const map = context.map(entry.value, path);
  if (map === null) return null;
  const known = CONDITION_KEYS[entry.key] ?? [];
  for (const inner of map.entries) {
    if (!known.includes(inner.key)) context.unknownKey(inner, `${path}.${inner.key}`, known);
  }
  const condition = readConditionOf(context, entry.key, map, path, scope, readFormula);
  if (condition !== null) rememberCondition(context, condition, map, path);
  return condition;
}

/** Problems with a condition as a whole point at its metavariable or comparison. */
export function rememberCondition(context: FileContext, condition: Condition, map: YamlMap, path: string): void {
  const key = condition.kind === 'comparison' ? 'comparison' : 'metavariable';
  const value = findEntry(map, key)?.value;
  context.remember(condition, value ?? map, value === undefined ? path : `${path}.${key}`);
}

function readConditionOf(
  context: FileContext,
  operator: string,
  map: YamlMap,
  path: string,
  scope: FormulaScope,
  readFormula: FormulaReader,
): Condition | null {
  const location = context.location(map, path);
  switch (operator) {
    case 'metavariable-regex':
      return readRegexCondition(context, map, path, location, /* constantPropagation */ false);
    case 'metavariable-pattern':
      return readPatternCondition(context, map, path, location, scope, readFormula);
    case 'metavariable-comparison':
      return readComparison(context, map, path, location, /* stripNeedsMetavariable */ true);
    case 'metavariable-analysis':
      return readAnalysis(context, map, path, location);
    case 'metavariable-type':
      return readTypeCondition(context, map, path, location, scope);
    default:
      return readNameCondition(context, map, path, location, CONDITION_KEYS[operator] ?? []);
  }
}

/** `$X`, `[$X, $Y]`: the metavariables of one focus entry. */
export function readFocus(context: FileContext, node: YamlNode, path: string): string[] | null {
  if (node.kind !== 'seq') {
    const name = context.asRuleProblems(() => context.string(node, path, 'a metavariable or a list of them'));
    if (name === null) return null;
    checkMetavariable(context, name, node, path);
    const names = [name];
    context.remember(names, node, path);
    return names;
  }
  if (node.items.length === 0) context.report('empty-list', node, path, 'an empty focus leaves no finding');
  const names = context.asRuleProblems(() => context.strings(node, path));
  for (const [index, item] of node.items.entries()) {
    if (item.kind === 'scalar' && typeof item.value === 'string') {
      checkMetavariable(context, item.value, item, `${path}.${index}`);
    }
  }
  if (names !== null) context.remember(names, node, path);
  return names;
}

export function readMetavariable(context: FileContext, map: YamlMap, path: string): string | null {
  const entry = findEntry(map, 'metavariable');
  if (entry === undefined) return context.missingKey(map, path, 'metavariable', 'the metavariable to look at');
  const keyPath = `${path}.metavariable`;
  const name = context.string(entry.value, keyPath, 'a metavariable');
  if (name !== null) checkMetavariable(context, name, entry.value, keyPath);
  return name;
}

/** Names of regex captures may be in lower case, numbers are captures too. */
const METAVARIABLE = /^\$(?:(?:\.\.\.)?[A-Za-z_][A-Za-z0-9_]*|[0-9]+)$/;

function checkMetavariable(context: FileContext, name: string, node: YamlNode, path: string): void {
  if (METAVARIABLE.test(name)) return;
  const upper = `$${name.replace(/^\$/, '').toUpperCase()}`;
  const suggestion = METAVARIABLE.test(upper) ? `did you mean \`${upper}\`?` : '';
  const message = `\`${name}\` is not a metavariable, so nothing can be bound to it; expected one such as \`$X\``;
  context.report('bad-metavariable', node, path, message, suggestion);
}

export function readRegexCondition(
  context: FileContext,
  map: YamlMap,
  path: string,
  location: RuleLocation,
  constantPropagation: boolean,
): Condition | null {
  const metavariable = readMetavariable(context, map, path);
  const regex = readRequiredString(context, map, path, 'regex', 'a regular expression');
  const propagate = readOptionalBoolean(context, map, path, 'constant-propagation', constantPropagation);
  if (metavariable === null || regex === null || propagate === null) return null;
  return { kind: 'regex', metavariable, regex, constantPropagation: propagate, location };
}

/** Reads the parts of a nested formula's condition around the formula itself. */
export function readPatternCondition(
  context: FileContext,
  map: YamlMap,
  path: string,
  location: RuleLocation,
  scope: FormulaScope,
  readFormula: FormulaReader,
): Condition | null {
  const metavariable = readMetavariable(context, map, path);
  const errorsBefore = context.errorCount;
  const language = readLanguage(context, map, path);
  if (context.errorCount > errorsBefore) return null;
  const inner = { ...scope, language: language ?? scope.language, hasContext: true };
  const formula = readFormula(context, map, path, inner);
  if (metavariable === null || formula === null) return null;
  return { kind: 'pattern', metavariable, formula, language, location };
}

/** The canonical name under `language`; null if there is none, or after reporting that it is unknown. */
function readLanguage(context: FileContext, map: YamlMap, path: string): string | null {
  const entry = findEntry(map, 'language');
  if (entry === undefined) return null;
  const key = context.string(entry.value, `${path}.language`, 'the name of a language');
  if (key === null) return null;
  const language = findLanguage(key);
  if (language !== null) return language.name;
  context.report('bad-condition', entry.value, `${path}.language`, `unknown language \`${key}\``);
  return null;
}

export function readComparison(
  context: FileContext,
  map: YamlMap,
  path: string,
  location: RuleLocation,
  stripNeedsMetavariable: boolean,
): Condition | null {
  const comparison = readRequiredString(context, map, path, 'comparison', 'an expression such as `$X > 5`');
  const strip = readOptionalBoolean(context, map, path, 'strip', false);
  const metavariable = findEntry(map, 'metavariable');
  if (metavariable !== undefined) readMetavariable(context, map, path);
  else if (strip === true && stripNeedsMetavariable) {
    const message = 'expected the key `metavariable`, without which `strip: true` is not allowed';
    context.report('bad-condition', firstLineSpan(map), path, message);
    return null;
  }
  if (comparison === null || strip === null) return null;
  return { kind: 'comparison', comparison, strip, location };
}

export function readAnalysis(
  context: FileContext,
  map: YamlMap,
  path: string,
  location: RuleLocation,
): Condition | null {
  const metavariable = readMetavariable(context, map, path);
  const entry = findEntry(map, 'analyzer');
  if (entry === undefined) return context.missingKey(map, path, 'analyzer', oneOf(ANALYZERS));
  const analyzer = readAnalyzer(context, entry.value, `${path}.analyzer`);
  return metavariable === null || analyzer === null ? null : { kind: 'analysis', metavariable, analyzer, location };
}

function readAnalyzer(context: FileContext, node: YamlNode, path: string): string | null {
  if (node.kind !== 'map') return readChoice(context, node, path, ANALYZERS);
  const kind = findEntry(node, 'kind');
  if (kind === undefined) return context.missingKey(node, path, 'kind', oneOf(ANALYZERS));
  const analyzer = readChoice(context, kind.value, `${path}.kind`, ANALYZERS);
  for (const entry of node.entries) {
    if (entry.key === 'mode') readChoice(context, entry.value, `${path}.mode`, ENTROPY_MODES);
    else if (entry.key !== 'kind') context.unknownKey(entry, `${path}.${entry.key}`, ['kind', 'mode']);
  }
  return analyzer;
}

export function readTypeCondition(
  context: FileContext,
  map: YamlMap,
  path: string,
  location: RuleLocation,
  scope: FormulaScope,
): Condition | null {
  const errorsBefore = context.errorCount;
  const metavariable = readMetavariable(context, map, path);
  const types = readTypes(context, map, path);
  const language = readLanguage(context, map, path);
  if (context.errorCount > errorsBefore || metavariable === null) return null;
  if (types.length === 0) {
    const message = 'expected at least one type under `type` or `types`';
    context.report('bad-condition', firstLineSpan(map), path, message);
    return null;
  }
  const typed = findLanguage(language ?? scope.language);
  if (typed !== null && !typed.typeConditions) {
    const message = `types are not known in \`${typed.name}\`, so a condition on them cannot hold`;
    context.report('bad-condition', firstLineSpan(map), path, message);
    return null;
  }
  return { kind: 'type', metavariable, types, language, location };
}

function readTypes(context: FileContext, map: YamlMap, path: string): string[] {
  const single = findEntry(map, 'type');
  const several = findEntry(map, 'types');
  if (single === undefined && several === undefined) {
    context.missingKey(map, path, 'type', 'a type such as `int`, or a list of them under `types`');
    return [];
  }
  const types = several === undefined ? [] : (context.strings(several.value, `${path}.types`) ?? []);
  const type = single === undefined ? null : context.string(single.value, `${path}.type`);
  return type === null ? types : [type, ...types];
}

function readNameCondition(
  context: FileContext,
  map: YamlMap,
  path: string,
  location: RuleLocation,
  keys: readonly string[],
): Condition | null {
  const metavariable = readMetavariable(context, map, path);
  const wanted = map.entries.filter((entry) => entry.key !== 'metavariable' && keys.includes(entry.key));
  if (wanted.length === 0) return context.missingKey(map, path, 'module', 'the module the name must come from');
  for (const entry of wanted) {
    if (entry.key.endsWith('s')) context.strings(entry.value, `${path}.${entry.key}`);
    else context.string(entry.value, `${path}.${entry.key}`);
  }
  return metavariable === null ? null : { kind: 'name', metavariable, location };
}
