/** The sources, sinks, sanitizers and propagators of a taint rule, in either syntax (semantics 01 §1.5). */

import type { FileContext } from './file-context.ts';
import type { FormulaScope } from './formula-scope.ts';
import { parseLabelCondition } from './label-condition.ts';
import { ROOT_OPERATORS, readRootFormula } from './legacy-formula.ts';
import { readMatchFormulaAmong } from './match-formula.ts';
import { joinItems, type TaintItems } from './model.ts';
import { readOptionalBoolean, readRequiredString } from './read-values.ts';
import type {
  CleanedByTest,
  Formula,
  TaintPropagator,
  TaintSanitizer,
  TaintSink,
  TaintSource,
  TaintSpec,
} from './rule.ts';
import { findEntry, type YamlMap, type YamlNode, type YamlSeq } from './yaml-tree.ts';

/** Keys of an item beside its formula. */
export const SOURCE_KEYS = ['exact', 'by-side-effect', 'control', 'label', 'requires'] as const;
export const SINK_KEYS = ['exact', 'at-exit', 'requires'] as const;
export const SANITIZER_KEYS = [
  'exact',
  'by-side-effect',
  'not_conflicting',
  'not-conflicting',
  'clean-if-true',
  'clean-if-false',
] as const;
export const PROPAGATOR_KEYS = ['from', 'to', 'by-side-effect', 'label', 'requires', 'replace-labels'] as const;

/** The label of sources that name none. */
const DEFAULT_LABEL = '__SOURCE__';

/** Either syntax: where its lists stand and how an item's formula is read. */
interface Syntax {
  keys: { sources: string; sinks: string; sanitizers: string; propagators: string };
  readFormula: (
    context: FileContext,
    item: YamlNode,
    path: string,
    scope: FormulaScope,
    keys: readonly string[],
  ) => Formula | null;
}

export const CLASSIC_TAINT_KEYS = {
  sources: 'pattern-sources',
  sinks: 'pattern-sinks',
  sanitizers: 'pattern-sanitizers',
  propagators: 'pattern-propagators',
};

const CLASSIC: Syntax = { keys: CLASSIC_TAINT_KEYS, readFormula: readClassicItem };

const MATCH: Syntax = {
  keys: { sources: 'sources', sinks: 'sinks', sanitizers: 'sanitizers', propagators: 'propagators' },
  readFormula: readMatchFormulaAmong,
};

/** `rule` holds the `pattern-…` lists; without `needsSources` it has them from elsewhere, and its own are a bonus. */
export function readClassicTaint(
  context: FileContext,
  rule: YamlMap,
  path: string,
  scope: FormulaScope,
  needsSources: boolean,
): TaintSpec {
  requireLists(context, rule, path, CLASSIC, needsSources);
  return readSpec(context, rule, path, scope, CLASSIC);
}

/** `taint` is the value of a rule's `taint` key. */
export function readMatchTaint(
  context: FileContext,
  taint: YamlMap,
  path: string,
  scope: FormulaScope,
  needsSources: boolean,
): TaintSpec {
  const known = Object.values(MATCH.keys);
  for (const entry of taint.entries) {
    if (!known.includes(entry.key)) context.unknownKey(entry, `${path}.${entry.key}`, known);
  }
  requireLists(context, taint, path, MATCH, needsSources);
  return readSpec(context, taint, path, scope, MATCH);
}

/** Lists that a model may have, in either syntax. */
export const MODEL_LISTS: readonly string[] = [CLASSIC, MATCH].flatMap(({ keys }) => [
  keys.sources,
  keys.sanitizers,
  keys.propagators,
]);

/** The items of a model. */
export function readTaintItems(context: FileContext, model: YamlMap, path: string, scope: FormulaScope): TaintItems {
  const classic = readSpec(context, model, path, scope, CLASSIC);
  return joinItems(classic, readSpec(context, model, path, scope, MATCH));
}

function requireLists(context: FileContext, map: YamlMap, path: string, { keys }: Syntax, needsSources: boolean): void {
  for (const key of needsSources ? [keys.sources, keys.sinks] : [keys.sinks]) {
    if (findEntry(map, key) === undefined) context.missingKey(map, path, key, 'a list of formulas');
  }
}

function readSpec(context: FileContext, map: YamlMap, path: string, scope: FormulaScope, syntax: Syntax): TaintSpec {
  const list = (key: string): YamlSeq | null => {
    const entry = findEntry(map, key);
    return entry === undefined ? null : context.seq(entry.value, `${path}.${key}`, 'a list of formulas');
  };
  const { keys } = syntax;
  const at = (key: string): ItemReaderPlace => ({ context, path: `${path}.${key}`, scope, syntax });
  return {
    sources: readItems(list(keys.sources), at(keys.sources), readSource),
    sinks: readItems(list(keys.sinks), at(keys.sinks), readSink),
    sanitizers: readItems(list(keys.sanitizers), at(keys.sanitizers), readSanitizer),
    propagators: readItems(list(keys.propagators), at(keys.propagators), readPropagator),
  };
}

interface ItemReaderPlace {
  context: FileContext;
  path: string;
  scope: FormulaScope;
  syntax: Syntax;
}

type ItemReader<T> = (item: YamlNode, place: ItemReaderPlace) => T | null;

/**
 * Reads an item's formula, then its own keys. The schema knows little of the keys, so what is wrong with them is for
 * the rule parser to say.
 */
function readItem<T>(
  item: YamlNode,
  { context, path, scope, syntax }: ItemReaderPlace,
  keys: readonly string[],
  readKeys: (map: YamlMap, formula: Formula | null) => T | null,
): T | null {
  const formula = syntax.readFormula(context, item, path, scope, keys);
  return context.asRuleProblems(() => readKeys(keysOf(item), formula));
}

function readItems<T>(list: YamlSeq | null, place: ItemReaderPlace, read: ItemReader<T>): T[] {
  const items = (list?.items ?? []).map((item, index) => read(item, { ...place, path: `${place.path}.${index}` }));
  return items.filter((item) => item !== null);
}

function readClassicItem(
  context: FileContext,
  item: YamlNode,
  path: string,
  scope: FormulaScope,
  keys: readonly string[],
): Formula | null {
  const map = context.map(item, path, 'a mapping with a formula such as `pattern:`');
  if (map === null) return null;
  const formula = readRootFormula(context, map, path, scope);
  // Operators in the wrong place are the formula reader's to report, if there was no formula.
  for (const entry of formula === null ? [] : map.entries) {
    if (keys.includes(entry.key) || ROOT_OPERATORS.includes(entry.key)) continue;
    context.unknownKey(entry, `${path}.${entry.key}`, [...keys, ...ROOT_OPERATORS]);
  }
  return formula;
}

/** The keys of an item that is a mapping; a bare pattern of the newer syntax has none. */
function keysOf(item: YamlNode): YamlMap {
  return item.kind === 'map' ? item : { kind: 'map', entries: [], start: item.start, end: item.end };
}

function readSource(item: YamlNode, place: ItemReaderPlace): TaintSource | null {
  const { context, path } = place;
  return readItem(item, place, SOURCE_KEYS, (map, formula) => {
    const exact = readOptionalBoolean(context, map, path, 'exact', false);
    const bySideEffect = readSideEffect(context, map, path);
    const control = readOptionalBoolean(context, map, path, 'control', false);
    const label = readOptionalString(context, map, path, 'label') ?? DEFAULT_LABEL;
    const requires = readRequires(context, map, path);
    if (formula === null || exact === null || bySideEffect === null || control === null) return null;
    return { formula, exact, bySideEffect, control, label, requires, location: context.location(item, path) };
  });
}

function readSink(item: YamlNode, place: ItemReaderPlace): TaintSink | null {
  const { context, path } = place;
  return readItem(item, place, SINK_KEYS, (map, formula) => {
    const exact = readOptionalBoolean(context, map, path, 'exact', true);
    const atExit = readOptionalBoolean(context, map, path, 'at-exit', false);
    const requires = readSinkRequires(context, map, path);
    if (formula === null || exact === null || atExit === null) return null;
    return { formula, exact, atExit, requires, location: context.location(item, path) };
  });
}

function readSanitizer(item: YamlNode, place: ItemReaderPlace): TaintSanitizer | null {
  const { context, path } = place;
  return readItem(item, place, SANITIZER_KEYS, (map, formula) => {
    const exact = readOptionalBoolean(context, map, path, 'exact', false);
    const bySideEffect = readOptionalBoolean(context, map, path, 'by-side-effect', false);
    const spelling = findEntry(map, 'not-conflicting') === undefined ? 'not_conflicting' : 'not-conflicting';
    const notConflicting = readOptionalBoolean(context, map, path, spelling, false);
    if (formula === null || exact === null || bySideEffect === null || notConflicting === null) return null;
    const cleaned = readCleaned(context, map, path);
    const sanitizer = { formula, exact, bySideEffect, notConflicting, cleaned, location: context.location(item, path) };
    if (cleaned.length > 0) context.remember(sanitizer, item, path);
    return sanitizer;
  });
}

function readCleaned(context: FileContext, map: YamlMap, path: string): CleanedByTest[] {
  const read = (key: string, holds: boolean): CleanedByTest[] => {
    const metavariable = readOptionalString(context, map, path, key);
    return metavariable === null ? [] : [{ metavariable, holds }];
  };
  return [...read('clean-if-true', true), ...read('clean-if-false', false)];
}

function readPropagator(item: YamlNode, place: ItemReaderPlace): TaintPropagator | null {
  const { context, path } = place;
  return readItem(item, place, PROPAGATOR_KEYS, (map, formula) => {
    const from = readRequiredString(context, map, path, 'from', 'the metavariable whose taint moves');
    const to = readRequiredString(context, map, path, 'to', 'the metavariable that becomes tainted');
    const bySideEffect = readOptionalBoolean(context, map, path, 'by-side-effect', true);
    const label = readOptionalString(context, map, path, 'label');
    const requires = readRequires(context, map, path);
    const labels = findEntry(map, 'replace-labels');
    const replaceLabels = labels === undefined ? null : context.strings(labels.value, `${path}.replace-labels`);
    if (formula === null || from === null || to === null || bySideEffect === null) return null;
    const location = context.location(item, path);
    const propagator = { formula, from, to, bySideEffect, label, requires, replaceLabels, location };
    context.remember(propagator, findEntry(map, 'from')?.value ?? item, path);
    return propagator;
  });
}

function readSideEffect(context: FileContext, map: YamlMap, path: string): boolean | 'only' | null {
  const entry = findEntry(map, 'by-side-effect');
  if (entry?.value.kind === 'scalar' && entry.value.value === 'only') return 'only';
  return readOptionalBoolean(context, map, path, 'by-side-effect', false);
}

function readOptionalString(context: FileContext, map: YamlMap, path: string, key: string): string | null {
  const entry = findEntry(map, key);
  return entry === undefined ? null : context.string(entry.value, `${path}.${key}`);
}

function readRequires(context: FileContext, map: YamlMap, path: string): string | null {
  const entry = findEntry(map, 'requires');
  return entry === undefined ? null : readLabelCondition(context, entry.value, `${path}.requires`);
}

/** An expression over labels, as text; one that cannot be read is an error, as nothing would ever meet it. */
function readLabelCondition(context: FileContext, node: YamlNode, path: string): string | null {
  const text = context.string(node, path, 'an expression over labels');
  const condition = text === null ? null : parseLabelCondition(text);
  if (typeof condition !== 'string') return text;
  const message = `\`${text}\` is no expression over labels: ${condition}`;
  context.report(
    'bad-value',
    node,
    path,
    message,
    'write labels with `and`, `or`, `not` and parentheses: `A and not B`',
  );
  return null;
}

/** One expression, or a list of `$METAVARIABLE: expression`. */
function readSinkRequires(context: FileContext, map: YamlMap, path: string): TaintSink['requires'] {
  const entry = findEntry(map, 'requires');
  if (entry === undefined) return null;
  const entryPath = `${path}.requires`;
  if (entry.value.kind !== 'seq') return readLabelCondition(context, entry.value, entryPath);
  const requires: { metavariable: string; requires: string }[] = [];
  for (const [index, item] of entry.value.items.entries()) {
    const itemPath = `${entryPath}.${index}`;
    for (const pair of context.map(item, itemPath, 'a mapping `$X: expression`')?.entries ?? []) {
      const expression = readLabelCondition(context, pair.value, `${itemPath}.${pair.key}`);
      if (expression !== null) requires.push({ metavariable: pair.key, requires: expression });
    }
  }
  return requires;
}
