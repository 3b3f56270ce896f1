/** The pattern keys of a rule, by its mode (semantics 01 §1.2). */
import { checkMetavariables, checkTaintMetavariables } from './check-metavariables.ts';
import type { FileContext } from './file-context.ts';
import { type FormulaScope, formulaScope } from './formula-scope.ts';
import { ROOT_OPERATORS, readRootFormula } from './legacy-formula.ts';
import { readMatchFormula } from './match-formula.ts';
import { joinItems, NO_ITEMS, type TaintItems } from './model.ts';
import { readChoice, readRequiredString } from './read-values.ts';
import type { Formula, Rule, TaintSpec } from './rule.ts';
import { DEPENDENCY_KEY, EXTRACT_REDUCES, EXTRACT_TRANSFORMS } from './rule-keys.ts';
import { CLASSIC_TAINT_KEYS, readClassicTaint, readMatchTaint } from './taint-spec.ts';
import { findEntry, keySpan, type YamlMap } from './yaml-tree.ts';

/** What a rule looks for. */
export interface RuleBody {
  formula: Formula | null;
  taint: TaintSpec | null;
}

/**
 * Reads the pattern keys that the rule's mode asks for; null parts have no meaning in it or are broken. `given`: what
 * models add to a taint rule, null if that could not be told.
 */
export function readBody(
  context: FileContext,
  map: YamlMap,
  path: string,
  mode: Rule['mode'] | null,
  given: TaintItems | null,
): RuleBody {
  const scope = formulaScope(map);
  if (mode === 'taint') return { formula: null, taint: readTaint(context, map, path, scope, given) };
  if (mode === 'join') readJoin(context, map, path);
  if (mode === 'extract') readExtract(context, map, path);
  if (mode !== 'search' && mode !== 'extract') return { formula: null, taint: null };
  const errorsBefore = context.errorCount;
  const formula = readSearchFormula(context, map, path, scope);
  if (formula !== null && context.errorCount === errorsBefore) checkMetavariables(context, formula);
  return { formula, taint: null };
}

const CLASSIC_LISTS: readonly string[] = Object.values(CLASSIC_TAINT_KEYS);

function readSearchFormula(context: FileContext, map: YamlMap, path: string, scope: FormulaScope): Formula | null {
  const match = findEntry(map, 'match');
  if (match !== undefined) {
    for (const entry of map.entries) {
      if (ROOT_OPERATORS.includes(entry.key))
        context.ignoredKey(entry, `${path}.${entry.key}`, '`match` is used instead');
    }
    return readMatchFormula(context, match.value, `${path}.match`, scope);
  }
  const hasFormula = map.entries.some((entry) => ROOT_OPERATORS.includes(entry.key));
  if (!hasFormula && findEntry(map, DEPENDENCY_KEY) !== undefined) return null;
  const taintKey = hasFormula ? undefined : map.entries.find((entry) => CLASSIC_LISTS.includes(entry.key));
  if (taintKey !== undefined) {
    const message = `\`${taintKey.key}\` belongs to taint rules; expected \`mode: taint\` or a pattern`;
    context.report('no-formula', keySpan(taintKey), `${path}.${taintKey.key}`, message, 'add `mode: taint`');
    return null;
  }
  return readRootFormula(context, map, path, scope);
}

function readTaint(
  context: FileContext,
  map: YamlMap,
  path: string,
  scope: FormulaScope,
  given: TaintItems | null,
): TaintSpec | null {
  const errorsBefore = context.errorCount;
  const entry = findEntry(map, 'taint');
  const taintMap = entry === undefined ? null : context.map(entry.value, `${path}.taint`);
  if (entry !== undefined && taintMap === null) return null;
  const needsSources = given?.sources.length === 0;
  const taint =
    taintMap === null
      ? readClassicTaint(context, map, path, scope, needsSources)
      : readMatchTaint(context, taintMap, `${path}.taint`, scope, needsSources);
  if (context.errorCount === errorsBefore) checkTaintMetavariables(context, taint);
  return { ...taint, ...joinItems(taint, given ?? NO_ITEMS) };
}

/** Checks the shape only: nothing runs these rules yet. */
function readJoin(context: FileContext, map: YamlMap, path: string): void {
  const entry = findEntry(map, 'join');
  if (entry === undefined) {
    context.missingKey(map, path, 'join', 'the rules to join and the conditions to join them on');
    return;
  }
  const join = context.map(entry.value, `${path}.join`);
  if (join === null) return;
  for (const inner of join.entries) {
    const innerPath = `${path}.join.${inner.key}`;
    if (inner.key === 'on') context.strings(inner.value, innerPath);
    else if (inner.key === 'rules' || inner.key === 'refs') context.seq(inner.value, innerPath, 'a list of rules');
    else context.unknownKey(inner, innerPath, ['on', 'rules', 'refs']);
  }
}

function readExtract(context: FileContext, map: YamlMap, path: string): void {
  readRequiredString(context, map, path, 'extract', 'the metavariable whose text is extracted');
  readRequiredString(context, map, path, 'dest-language', 'the language of the extracted text');
  const transform = findEntry(map, 'transform');
  const reduce = findEntry(map, 'reduce');
  if (transform !== undefined) readChoice(context, transform.value, `${path}.transform`, EXTRACT_TRANSFORMS);
  if (reduce !== undefined) readChoice(context, reduce.value, `${path}.reduce`, EXTRACT_REDUCES);
}
