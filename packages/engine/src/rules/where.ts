/** `where:`, `as:` and `fix:` of the `match:` syntax (semantics 01 §1.4). */
import { didYouMean } from './closest-name.ts';
import {
  type FormulaReader,
  readAnalysis,
  readComparison,
  readFocus,
  readMetavariable,
  readPatternCondition,
  readRegexCondition,
  readTypeCondition,
  rememberCondition,
} from './conditions.ts';
import { type FileContext, firstLineSpan } from './file-context.ts';
import type { FormulaScope } from './formula-scope.ts';
import { oneOf } from './read-values.ts';
import type { Condition } from './rule.ts';
import { findEntry, type YamlMap, type YamlNode } from './yaml-tree.ts';

export const MATCH_KINDS = ['pattern', 'regex', 'all', 'any', 'not', 'inside', 'anywhere'] as const;
export const MATCH_EXTRAS = ['where', 'as', 'fix'] as const;
/** Keys of a `where` item that decide what it is, in order of precedence. */
const WHERE_KINDS = ['focus', 'comparison', 'metavariable'] as const;
/** What a condition on a sub-formula holds beside the formula. */
export const CONDITION_EXTRAS: readonly string[] = ['metavariable', 'language'];

export interface Extras {
  conditions: Condition[];
  focus: string[][];
  as: string | null;
  fix: string | null;
}

export function hasExtras(map: YamlMap): boolean {
  return map.entries.some((entry) => MATCH_EXTRAS.some((extra) => extra === entry.key));
}

/** The extras of one formula's mapping; `readFormula` reads the sub-formulas that conditions hold. */
export function readExtras(
  context: FileContext,
  map: YamlMap,
  path: string,
  scope: FormulaScope,
  readFormula: FormulaReader,
): Extras {
  const extras: Extras = { conditions: [], focus: [], as: null, fix: null };
  const where = findEntry(map, 'where');
  const as = findEntry(map, 'as');
  const fix = findEntry(map, 'fix');
  if (where !== undefined) readWhere(context, where.value, `${path}.where`, scope, extras, readFormula);
  if (as !== undefined) extras.as = context.string(as.value, `${path}.as`, 'a metavariable');
  if (fix !== undefined) extras.fix = context.string(fix.value, `${path}.fix`)?.trim() ?? null;
  return extras;
}

function readWhere(
  context: FileContext,
  node: YamlNode,
  path: string,
  scope: FormulaScope,
  extras: Extras,
  readFormula: FormulaReader,
): void {
  for (const [index, item] of (context.seq(node, path, 'a list of conditions')?.items ?? []).entries()) {
    const itemPath = `${path}.${index}`;
    const map = context.map(item, itemPath, 'a condition');
    if (map === null) continue;
    const kind = WHERE_KINDS.find((key) => findEntry(map, key) !== undefined);
    if (kind === 'focus') readFocusItem(context, map, itemPath, extras);
    else if (kind !== undefined) {
      const condition = readWhereCondition(context, map, itemPath, scope, kind, readFormula);
      if (condition === null) continue;
      rememberCondition(context, condition, map, itemPath);
      extras.conditions.push(condition);
    } else reportNoCondition(context, map, itemPath);
  }
}

function reportNoCondition(context: FileContext, map: YamlMap, path: string): void {
  const first = map.entries[0];
  const classic = first?.key.startsWith('metavariable-') === true;
  const suggestion = classic
    ? 'under `match:`, write the keys of the condition alone, such as `{metavariable: $X, regex: …}`'
    : didYouMean(first?.key ?? '', WHERE_KINDS);
  const message = `expected a condition: ${oneOf(WHERE_KINDS)}`;
  context.report('unknown-operator', firstLineSpan(map), path, message, suggestion);
}

function readFocusItem(context: FileContext, map: YamlMap, path: string, extras: Extras): void {
  const entry = findEntry(map, 'focus');
  const names = entry === undefined ? null : readFocus(context, entry.value, `${path}.focus`);
  if (names !== null) extras.focus.push(names);
  warnOfOthers(context, map, path, ['focus'], '`focus` stands alone in its list item');
}

function readWhereCondition(
  context: FileContext,
  map: YamlMap,
  path: string,
  scope: FormulaScope,
  kind: 'comparison' | 'metavariable',
  readFormula: FormulaReader,
): Condition | null {
  const location = context.location(map, path);
  const has = (key: string): boolean => findEntry(map, key) !== undefined;
  if (kind === 'comparison') {
    warnOfOthers(context, map, path, ['comparison', 'metavariable', 'strip', 'base'], 'this is a comparison');
    return readComparison(context, map, path, location, /* stripNeedsMetavariable */ false);
  }
  if (has('type') || has('types')) {
    warnOfOthers(context, map, path, ['metavariable', 'type', 'types', 'language'], 'this is a condition on a type');
    return readTypeCondition(context, map, path, location, scope);
  }
  if (has('analyzer')) {
    warnOfOthers(context, map, path, ['metavariable', 'analyzer', 'options'], 'this is an analysis');
    return readAnalysis(context, map, path, location);
  }
  if (has('regex') && !hasExtras(map) && !MATCH_KINDS.some((other) => other !== 'regex' && has(other))) {
    const known = ['metavariable', 'regex', 'constant-propagation', 'language'];
    warnOfOthers(context, map, path, known, 'this is a condition on a text');
    return readRegexCondition(context, map, path, location, /* constantPropagation */ true);
  }
  return readNestedCondition(context, map, path, scope, readFormula);
}

function readNestedCondition(
  context: FileContext,
  map: YamlMap,
  path: string,
  scope: FormulaScope,
  readFormula: FormulaReader,
): Condition | null {
  if (map.entries.every((entry) => CONDITION_EXTRAS.includes(entry.key))) {
    readMetavariable(context, map, path);
    const message = 'expected what must hold of the metavariable: a formula, `type`, `types` or `analyzer`';
    context.report('no-formula', firstLineSpan(map), path, message);
    return null;
  }
  return readPatternCondition(context, map, path, context.location(map, path), scope, readFormula);
}

function warnOfOthers(context: FileContext, map: YamlMap, path: string, known: string[], why: string): void {
  for (const entry of map.entries) {
    if (!known.includes(entry.key)) context.ignoredKey(entry, `${path}.${entry.key}`, why);
  }
}
