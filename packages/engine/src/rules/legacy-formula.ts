/** The operators of the classic syntax → formula (semantics 01 §1.3). */
import { didYouMean } from './closest-name.ts';
import { CONDITION_OPERATORS, readCondition, readFocus } from './conditions.ts';
import { type FileContext, firstLineSpan } from './file-context.ts';
import { checkPositiveTerm, conjunction, reportMisplacedNegation, stringFormula } from './formula-parts.ts';
import type { FormulaScope } from './formula-scope.ts';
import { oneOf } from './read-values.ts';
import type { Condition, Formula } from './rule.ts';
import { keySpan, quoteShort, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.ts';

/** Where an operator may stand; `nested` is the mapping form of `pattern-inside` and its like. */
type Place = 'root' | 'patterns' | 'pattern-either' | 'nested';

/** A reader per operator, with the places it may stand in. */
const OPERATORS: Record<string, { places: readonly Place[]; read: OperatorReader }> = {
  pattern: { places: ['root', 'patterns', 'pattern-either', 'nested'], read: readPattern },
  'pattern-regex': { places: ['root', 'patterns', 'pattern-either', 'nested'], read: readRegex },
  patterns: { places: ['root', 'patterns', 'pattern-either', 'nested'], read: readPatterns },
  'pattern-either': { places: ['root', 'patterns', 'pattern-either', 'nested'], read: readEither },
  'pattern-inside': { places: ['patterns', 'pattern-either', 'nested'], read: readInside },
  'semgrep-internal-pattern-anywhere': { places: ['patterns', 'pattern-either', 'nested'], read: readAnywhere },
  'pattern-not': { places: ['patterns'], read: readNot },
  'pattern-not-inside': { places: ['patterns'], read: readNotInside },
  'pattern-not-regex': { places: ['patterns'], read: readNotRegex },
};

/** The operators a rule, a taint item or a `metavariable-pattern` may have as its one formula. */
export const ROOT_OPERATORS = operatorsAt('root');
export const PATTERNS_OPERATORS = [...operatorsAt('patterns'), 'focus-metavariable', ...CONDITION_OPERATORS];
export const EITHER_OPERATORS = operatorsAt('pattern-either');
const REMOVED_OPERATOR = 'pattern-where-python';
const ALL_OPERATORS = [...PATTERNS_OPERATORS, REMOVED_OPERATOR];

type OperatorReader = (context: FileContext, node: YamlNode, path: string, scope: FormulaScope) => Formula | null;

function operatorsAt(place: Place): string[] {
  return Object.keys(OPERATORS).filter((name) => OPERATORS[name]?.places.includes(place));
}

/**
 * The one formula among the keys of a rule, taint item or `metavariable-pattern`; other keys are the caller's.
 * None or several are reported.
 */
export function readRootFormula(context: FileContext, map: YamlMap, path: string, scope: FormulaScope): Formula | null {
  const [first, ...others] = map.entries.filter((entry) => ROOT_OPERATORS.includes(entry.key));
  if (first === undefined) {
    reportNoFormula(context, map, path);
    return null;
  }
  for (const other of others) {
    context.report(
      'several-formulas',
      keySpan(other),
      `${path}.${other.key}`,
      `expected one formula, found \`${first.key}\` and \`${other.key}\``,
      'to require both, put them under one `patterns:`, each with its own hyphen; for either, under `pattern-either:`',
    );
  }
  return readOperator(context, first, `${path}.${first.key}`, 'root', scope);
}

function reportNoFormula(context: FileContext, map: YamlMap, path: string): void {
  const expected = `expected a formula: ${listNames(ROOT_OPERATORS)}`;
  const misplaced = map.entries.find((entry) => ALL_OPERATORS.includes(entry.key));
  if (misplaced !== undefined) {
    reportMisplaced(context, misplaced, `${path}.${misplaced.key}`, 'root');
    return;
  }
  const mistyped = map.entries.find((entry) => entry.key.startsWith('pat') && didYouMean(entry.key, ROOT_OPERATORS));
  const suggestion = mistyped === undefined ? '' : didYouMean(mistyped.key, ROOT_OPERATORS);
  context.report(
    'no-formula',
    mistyped === undefined ? firstLineSpan(map) : keySpan(mistyped),
    path,
    expected,
    suggestion,
  );
}

function readOperator(
  context: FileContext,
  entry: YamlEntry,
  path: string,
  place: Place,
  scope: FormulaScope,
): Formula | null {
  const operator = Object.hasOwn(OPERATORS, entry.key) ? OPERATORS[entry.key] : undefined;
  if (operator?.places.includes(place) !== true) {
    reportMisplaced(context, entry, path, place);
    return null;
  }
  return operator.read(context, entry.value, path, scope);
}

function reportMisplaced(context: FileContext, entry: YamlEntry, path: string, place: Place): void {
  const { key } = entry;
  if (key === REMOVED_OPERATOR) {
    const message = `\`${key}\` runs code from the rule and has been removed from the language`;
    context.report('removed-operator', keySpan(entry), path, message, 'use `metavariable-comparison`');
  } else if (place === 'nested' && key.startsWith('pattern-not') && Object.hasOwn(OPERATORS, key)) {
    reportMisplacedNegation(context, keySpan(entry), path, key);
  } else if (ALL_OPERATORS.includes(key)) {
    const message = `\`${key}\` may not stand ${placeName(place)}`;
    const suggestion = place === 'patterns' ? '' : 'put it under a `patterns:`, next to a positive pattern';
    context.report('misplaced-operator', keySpan(entry), path, message, suggestion);
  } else {
    const allowed = place === 'patterns' ? PATTERNS_OPERATORS : operatorsAt(place);
    const hint = unknownOperatorHint(key, allowed);
    const expected = hint === '' ? `; expected ${listNames(allowed)}` : '';
    context.report('unknown-operator', keySpan(entry), path, `\`${key}\` is not an operator${expected}`, hint);
  }
}

const MATCH_KINDS: Record<string, string> = {
  all: 'patterns',
  any: 'pattern-either',
  not: 'pattern-not',
  inside: 'pattern-inside',
  regex: 'pattern-regex',
  focus: 'focus-metavariable',
  comparison: 'metavariable-comparison',
};

function unknownOperatorHint(key: string, allowed: string[]): string {
  const classic = Object.hasOwn(MATCH_KINDS, key) ? MATCH_KINDS[key] : undefined;
  return classic === undefined ? didYouMean(key, allowed) : `outside of \`match:\`, write \`${classic}\``;
}

function placeName(place: Place): string {
  if (place === 'root') return 'on its own';
  if (place === 'nested') return 'here';
  return `in a \`${place}\` list`;
}

/** The names a rule author may choose from, without Semgrep's internal ones. */
function listNames(names: readonly string[]): string {
  return oneOf(names.filter((name) => !name.startsWith('semgrep-internal-')));
}

function readPattern(context: FileContext, node: YamlNode, path: string, scope: FormulaScope): Formula | null {
  if (scope.regexRule) {
    const message = 'rules for the language `regex` have no patterns; `pattern` is refused';
    context.report('regex-only', node, path, message, 'use `pattern-regex`');
    return null;
  }
  const text = context.string(node, path);
  return text === null ? null : stringFormula(text, context.location(node, path), scope);
}

function readRegex(context: FileContext, node: YamlNode, path: string): Formula | null {
  const text = context.string(node, path);
  return text === null ? null : { kind: 'regex', text, location: context.location(node, path) };
}

function readPatterns(context: FileContext, node: YamlNode, path: string, scope: FormulaScope): Formula | null {
  const items = context.seq(node, path, 'a list of operators, each with a hyphen')?.items;
  if (items === undefined) return null;
  const errorsBefore = context.errorCount;
  const parts: Formula[] = [];
  const conditions: Condition[] = [];
  const focus: string[][] = [];
  for (const [index, item] of items.entries()) {
    for (const entry of listItem(context, item, `${path}.${index}`)) {
      const entryPath = `${path}.${index}.${entry.key}`;
      if (entry.key === 'focus-metavariable') {
        const names = readFocus(context, entry.value, entryPath);
        if (names !== null) focus.push(names);
      } else if (CONDITION_OPERATORS.includes(entry.key)) {
        const condition = readCondition(context, entry, entryPath, scope, readRootFormula);
        if (condition !== null) conditions.push(condition);
      } else {
        const part = readOperator(context, entry, entryPath, 'patterns', scope);
        if (part !== null) parts.push(part);
      }
    }
  }
  // A broken item may have been the positive one.
  if (context.errorCount === errorsBefore) checkPositiveTerm(context, firstLineSpan(node), path, parts, scope);
  return conjunction(parts, context.location(node, path), { conditions, focus });
}

function readEither(context: FileContext, node: YamlNode, path: string, scope: FormulaScope): Formula | null {
  const items = context.seq(node, path, 'a list of operators, each with a hyphen')?.items;
  if (items === undefined) return null;
  if (items.length === 0) context.report('empty-list', node, path, 'an empty `pattern-either` matches nothing');
  const parts: Formula[] = [];
  for (const [index, item] of items.entries()) {
    for (const entry of listItem(context, item, `${path}.${index}`)) {
      const part = readOperator(context, entry, `${path}.${index}.${entry.key}`, 'pattern-either', scope);
      if (part !== null) parts.push(part);
    }
  }
  return { kind: 'any', parts, location: context.location(node, path) };
}

/** The entries of a list item: one, or after a report however many there are. */
function listItem(context: FileContext, item: YamlNode, path: string): YamlEntry[] {
  if (item.kind === 'scalar' && typeof item.value === 'string') {
    const message = `expected an operator and its value, found ${quoteShort(item.value)}`;
    context.report('bare-string', item, path, message, 'write `- pattern: …`');
    return [];
  }
  const entries = context.map(item, path, 'an operator and its value')?.entries;
  if (entries === undefined) return [];
  const [first, second] = entries;
  if (first === undefined) context.wrongType(item, path, 'an operator and its value');
  else if (second !== undefined && isEmpty(first.value)) {
    const message = `expected a value after \`${first.key}\`, found nothing`;
    const suggestion = `indent \`${second.key}\` and what follows more deeply than \`${first.key}\``;
    context.report('wrong-type', keySpan(first), `${path}.${first.key}`, message, suggestion);
    return [];
  }
  reportSeveralKeys(context, entries, path);
  return entries;
}

function isEmpty(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function reportSeveralKeys(context: FileContext, entries: YamlEntry[], path: string): void {
  const [first, second] = entries;
  if (first === undefined || second === undefined) return;
  const message = `expected one operator, found \`${first.key}\` and \`${second.key}\` in one item`;
  context.report('several-keys', keySpan(second), path, message, `did you forget a hyphen before \`${second.key}\`?`);
}

/** The value of `pattern-inside` and its like: a pattern, or a mapping with one operator. */
function readNested(context: FileContext, node: YamlNode, path: string, scope: FormulaScope): Formula | null {
  if (node.kind !== 'map') {
    const text = context.string(node, path, 'a string, or a mapping with one operator');
    return text === null ? null : stringFormula(text, context.location(node, path), scope);
  }
  const first = node.entries[0];
  if (first === undefined) return context.wrongType(node, path, 'a string, or a mapping with one operator');
  const twoOperators = ALL_OPERATORS.includes(node.entries[1]?.key ?? '');
  if (twoOperators) reportSeveralKeys(context, node.entries, path);
  else context.asRuleProblems(() => reportSeveralKeys(context, node.entries, path));
  return readOperator(context, first, `${path}.${first.key}`, 'nested', scope);
}

function readInside(context: FileContext, node: YamlNode, path: string, scope: FormulaScope): Formula | null {
  const part = readNested(context, node, path, scope);
  return part === null ? null : { kind: 'inside', part, location: context.location(node, path) };
}

function readAnywhere(context: FileContext, node: YamlNode, path: string, scope: FormulaScope): Formula | null {
  const part = readNested(context, node, path, scope);
  return part === null ? null : { kind: 'anywhere', part, location: context.location(node, path) };
}

function readNot(context: FileContext, node: YamlNode, path: string, scope: FormulaScope): Formula | null {
  const part = readNested(context, node, path, scope);
  return part === null ? null : { kind: 'not', part, location: context.location(node, path) };
}

function readNotInside(context: FileContext, node: YamlNode, path: string, scope: FormulaScope): Formula | null {
  const part = readInside(context, node, path, scope);
  return part === null ? null : { kind: 'not', part, location: context.location(node, path) };
}

function readNotRegex(context: FileContext, node: YamlNode, path: string): Formula | null {
  const part = readRegex(context, node, path);
  return part === null ? null : { kind: 'not', part, location: context.location(node, path) };
}
