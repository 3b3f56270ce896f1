/** The `match:` syntax → formula (semantics 01 §1.4). */
import { closestName, didYouMean } from './closest-name.ts';
import { type FileContext, firstLineSpan } from './file-context.ts';
import { checkPositiveTerm, conjunction, reportMisplacedNegation, stringFormula } from './formula-parts.ts';
import type { FormulaScope } from './formula-scope.ts';
import { oneOf } from './read-values.ts';
import type { Formula } from './rule.ts';
import { CONDITION_EXTRAS, hasExtras, MATCH_EXTRAS, MATCH_KINDS, readExtras } from './where.ts';
import { keySpan, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.ts';

/** What else a mapping may hold beside its formula, and whether a negation is welcome there. */
interface Surroundings {
  otherKeys: readonly string[];
  inConjunction: boolean;
}

const ALONE: Surroundings = { otherKeys: [], inConjunction: false };
const IN_CONJUNCTION: Surroundings = { otherKeys: [], inConjunction: true };
const CONDITION: Surroundings = { otherKeys: CONDITION_EXTRAS, inConjunction: false };

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
  const kind = findKind(context, node, path);
  if (kind === null) {
    if (reportForeignKeys(context, node, path, surroundings) === 0) reportNoKind(context, node, path);
    return null;
  }
  context.asRuleProblems(() => reportForeignKeys(context, node, path, surroundings));
  const kindPath = `${path}.${kind.key}`;
  if (kind.key === 'not') {
    return readNegation(context, node, kind, path, scope, surroundings);
  }
  const formula = readKind(context, kind, kindPath, scope, node);
  const extras = readExtras(context, node, path, scope, readConditionFormula);
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

/** The formula of a condition, which shares its mapping with the metavariable it is about. */
function readConditionFormula(context: FileContext, map: YamlMap, path: string, scope: FormulaScope): Formula | null {
  return readFormula(context, map, path, scope, CONDITION);
}

function isOneOf(key: string, names: readonly string[]): boolean {
  return names.includes(key);
}
