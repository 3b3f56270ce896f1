/** The `match:` syntax → formula (semantics 01 §1.4). */
import { closestName, didYouMean } from './closest-name.ts';
import {
  oneOf,
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
import { checkPositiveTerm, conjunction, reportMisplacedNegation, stringFormula } from './formula-parts.ts';
import type { FormulaScope } from './formula-scope.ts';
import type { Condition, Formula } from './rule.ts';
import { findEntry, keySpan, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.ts';

export const MATCH_KINDS = ['pattern', 'regex', 'all', 'any', 'not', 'inside', 'anywhere'] as const;
export const MATCH_EXTRAS = ['where', 'as', 'fix'] as const;
/** Keys of a `where` item that decide what it is, in order of precedence. */
export const WHERE_KINDS = ['focus', 'comparison', 'metavariable'] as const;

/** What else a mapping may hold beside its formula, and whether a negation is welcome there. */
interface Surroundings {
  otherKeys: readonly string[];
  inConjunction: boolean;
}

const ALONE: Surroundings = { otherKeys: [], inConjunction: false };
const IN_CONJUNCTION: Surroundings = { otherKeys: [], inConjunction: true };
const CONDITION: Surroundings = { otherKeys: ['metavariable', 'language'], inConjunction: false };

/** A formula of a rule's `match` key. */
export function readMatchFormula(
  context: FileContext,
  node: YamlNode,
  path: string,
  scope: FormulaScope,
): Formula | null {
  return readFormula(context, node, path, scope, ALONE);
}

/** A formula that shares its mapping with the keys of a taint item. */
export function readMatchFormulaAmong(
  context: FileContext,
  node: YamlNode,
  path: string,
  scope: FormulaScope,
  otherKeys: readonly string[],
): Formula | null {
  return readFormula(context, node, path, scope, { otherKeys, inConjunction: false });
}

function readFormula(
  context: FileContext,
  node: YamlNode,
  path: string,
  scope: FormulaScope,
  surroundings: Surroundings,
): Formula | null {
  if (node.kind !== 'map') {
    const text = context.string(node, path, 'a pattern, or a mapping with one operator');
    return text === null ? null : stringFormula(text, context.location(node, path), scope);
  }
  const foreign = reportForeignKeys(context, node, path, surroundings);
  const kind = findKind(context, node, path);
  if (kind === null) {
    if (foreign === 0) reportNoKind(context, node, path);
    return null;
  }
  const kindPath = `${path}.${kind.key}`;
  if (kind.key === 'not') {
    return readNegation(context, node, kind, path, scope, surroundings);
  }
  const formula = readKind(context, kind, kindPath, scope, node);
  const extras = readExtras(context, node, path, scope);
  if (formula === null) return null;
  if (formula.kind === 'all') return { ...formula, ...extras };
  return hasExtras(node) ? conjunction([formula], context.location(node, path), extras) : formula;
}

function findKind(context: FileContext, map: YamlMap, path: string): YamlEntry | null {
  const [first, ...others] = map.entries.filter((entry) => isOneOf(entry.key, MATCH_KINDS));
  if (first === undefined) return null;
  for (const other of others) {
    const message = `expected one operator, found \`${first.key}\` and \`${other.key}\``;
    context.report(
      'several-formulas',
      keySpan(other),
      `${path}.${other.key}`,
      message,
      'put both under `all` or `any`',
    );
  }
  return first;
}

function reportNoKind(context: FileContext, map: YamlMap, path: string): void {
  const message = `expected a formula: ${oneOf(MATCH_KINDS)}`;
  context.report('no-formula', firstLineSpan(map), path, message);
}

/** Returns how many keys have no place here. */
function reportForeignKeys(context: FileContext, map: YamlMap, path: string, surroundings: Surroundings): number {
  let foreign = 0;
  for (const entry of map.entries) {
    const { key } = entry;
    if (isOneOf(key, MATCH_KINDS) || isOneOf(key, MATCH_EXTRAS) || surroundings.otherKeys.includes(key)) continue;
    foreign++;
    const message =
      key === 'taint'
        ? '`taint` may only stand at the top of a rule'
        : `\`${key}\` is not allowed here; expected ${oneOf([...MATCH_KINDS, ...MATCH_EXTRAS])}`;
    const suggestion = foreignKeyHint(key) || didYouMean(key, surroundings.otherKeys);
    context.report('unknown-operator', keySpan(entry), `${path}.${key}`, message, suggestion);
  }
  return foreign;
}

const CLASSIC_OPERATORS: Record<string, string> = {
  patterns: '`all`',
  'pattern-either': '`any`',
  'pattern-not': '`not`',
  'pattern-inside': '`inside`',
  'pattern-not-inside': '`not: {inside: …}`',
  'pattern-regex': '`regex`',
  'pattern-not-regex': '`not: {regex: …}`',
  'semgrep-internal-pattern-anywhere': '`anywhere`',
  'focus-metavariable': '`where: [{focus: …}]`',
};

function foreignKeyHint(key: string): string {
  const classic = Object.hasOwn(CLASSIC_OPERATORS, key) ? CLASSIC_OPERATORS[key] : undefined;
  if (classic !== undefined) return `under \`match:\`, write ${classic}`;
  if (key.startsWith('metavariable-')) return 'under `match:`, conditions stand in a `where:` list';
  const closest = closestName(key, [...MATCH_KINDS, ...MATCH_EXTRAS]);
  return closest === null ? '' : `did you mean \`${closest}\`?`;
}

function readKind(
  context: FileContext,
  kind: YamlEntry,
  path: string,
  scope: FormulaScope,
  map: YamlMap,
): Formula | null {
  const { value } = kind;
  switch (kind.key) {
    case 'pattern':
      return readPattern(context, value, path, scope);
    case 'regex': {
      const text = context.string(value, path);
      return text === null ? null : { kind: 'regex', text, location: context.location(value, path) };
    }
    case 'all':
      return readAll(context, value, path, scope, map);
    case 'any':
      return readAny(context, value, path, scope);
    default: {
      const part = readFormula(context, value, path, scope, ALONE);
      const location = context.location(value, path);
      return part === null ? null : { kind: kind.key === 'inside' ? 'inside' : 'anywhere', part, location };
    }
  }
}

function readPattern(context: FileContext, node: YamlNode, path: string, scope: FormulaScope): Formula | null {
  if (scope.regexRule) {
    const message = 'rules for the language `regex` have no patterns; `pattern` is refused';
    context.report('regex-only', node, path, message, 'use `regex`');
    return null;
  }
  const text = context.string(node, path);
  return text === null ? null : stringFormula(text, context.location(node, path), scope);
}

function readAll(
  context: FileContext,
  node: YamlNode,
  path: string,
  scope: FormulaScope,
  map: YamlMap,
): Formula | null {
  const items = context.seq(node, path, 'a list of formulas')?.items;
  if (items === undefined) return null;
  const errorsBefore = context.errorCount;
  const parts: Formula[] = [];
  for (const [index, item] of items.entries()) {
    const part = readFormula(context, item, `${path}.${index}`, scope, IN_CONJUNCTION);
    if (part !== null) parts.push(part);
  }
  if (context.errorCount === errorsBefore) checkPositiveTerm(context, firstLineSpan(map), path, parts, scope);
  return conjunction(parts, context.location(node, path));
}

function readAny(context: FileContext, node: YamlNode, path: string, scope: FormulaScope): Formula | null {
  const items = context.seq(node, path, 'a list of formulas')?.items;
  if (items === undefined) return null;
  if (items.length === 0) context.report('empty-list', node, path, 'an empty `any` matches nothing');
  const parts: Formula[] = [];
  for (const [index, item] of items.entries()) {
    const part = readFormula(context, item, `${path}.${index}`, scope, ALONE);
    if (part !== null) parts.push(part);
  }
  return { kind: 'any', parts, location: context.location(node, path) };
}

function readNegation(
  context: FileContext,
  map: YamlMap,
  kind: YamlEntry,
  path: string,
  scope: FormulaScope,
  surroundings: Surroundings,
): Formula | null {
  const kindPath = `${path}.not`;
  const part = readFormula(context, kind.value, kindPath, scope, ALONE);
  if (!surroundings.inConjunction) return reportMisplacedNegation(context, keySpan(kind), kindPath, 'not');
  for (const extra of map.entries.filter((entry) => isOneOf(entry.key, MATCH_EXTRAS))) {
    const why = 'what `not` takes away has no bindings';
    context.ignoredKey(extra, `${path}.${extra.key}`, why, 'indent it under `not:`, next to the formula it is about');
  }
  return part === null ? null : { kind: 'not', part, location: context.location(kind.value, kindPath) };
}

interface Extras {
  conditions: Condition[];
  focus: string[][];
  as: string | null;
  fix: string | null;
}

function hasExtras(map: YamlMap): boolean {
  return map.entries.some((entry) => isOneOf(entry.key, MATCH_EXTRAS));
}

function readExtras(context: FileContext, map: YamlMap, path: string, scope: FormulaScope): Extras {
  const extras: Extras = { conditions: [], focus: [], as: null, fix: null };
  const where = findEntry(map, 'where');
  const as = findEntry(map, 'as');
  const fix = findEntry(map, 'fix');
  if (where !== undefined) readWhere(context, where.value, `${path}.where`, scope, extras);
  if (as !== undefined) extras.as = context.string(as.value, `${path}.as`, 'a metavariable');
  if (fix !== undefined) extras.fix = context.string(fix.value, `${path}.fix`)?.trim() ?? null;
  return extras;
}

function readWhere(context: FileContext, node: YamlNode, path: string, scope: FormulaScope, extras: Extras): void {
  for (const [index, item] of (context.seq(node, path, 'a list of conditions')?.items ?? []).entries()) {
    const itemPath = `${path}.${index}`;
    const map = context.map(item, itemPath, 'a condition');
    if (map === null) continue;
    const kind = WHERE_KINDS.find((key) => findEntry(map, key) !== undefined);
    if (kind === 'focus') readFocusItem(context, map, itemPath, extras);
    else if (kind !== undefined) {
      const condition = readWhereCondition(context, map, itemPath, scope, kind);
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
  return readNestedCondition(context, map, path, scope);
}

function readNestedCondition(context: FileContext, map: YamlMap, path: string, scope: FormulaScope): Condition | null {
  if (!map.entries.some((entry) => !CONDITION.otherKeys.includes(entry.key))) {
    readMetavariable(context, map, path);
    const message = 'expected what must hold of the metavariable: a formula, `type`, `types` or `analyzer`';
    context.report('no-formula', firstLineSpan(map), path, message);
    return null;
  }
  const read = (_: FileContext, inner: YamlMap, at: string, within: FormulaScope): Formula | null =>
    readFormula(context, inner, at, within, CONDITION);
  return readPatternCondition(context, map, path, context.location(map, path), scope, read);
}

function warnOfOthers(context: FileContext, map: YamlMap, path: string, known: string[], why: string): void {
  for (const entry of map.entries) {
    if (!known.includes(entry.key)) context.ignoredKey(entry, `${path}.${entry.key}`, why);
  }
}

function isOneOf(key: string, names: readonly string[]): boolean {
  return names.includes(key);
}
