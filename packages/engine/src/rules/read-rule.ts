/** One item of `rules:` → `Rule` (semantics 01). */
import { didYouMean } from './closest-name.ts';
import type { FileContext } from './file-context.ts';
import { formulaString } from './formula-string.ts';
import { PATTERNS_OPERATORS, ROOT_OPERATORS } from './legacy-formula.ts';
import type { Model } from './model.ts';
import { oneOf, readChoice, readRequiredString } from './read-values.ts';
import type { FixRegex, Rule, RuleLocation, Severity } from './rule.ts';
import { readBody } from './rule-body.ts';
import { MODES, modesOfKey, RULE_KEYS, SEVERITIES } from './rule-keys.ts';
import { readLanguages } from './rule-languages.ts';
import { readOptions } from './rule-options.ts';
import { readModels } from './use-models.ts';
import { includesVersion, readVersionRange } from './version-range.ts';
import { findEntry, keySpan, toJsonObject, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.ts';

/** A rule written for other versions of the language; it is neither run nor checked. */
export interface IncompatibleRule {
  ruleId: string;
  minVersion: string | null;
  maxVersion: string | null;
  location: RuleLocation;
}

export type RuleReading =
  | { kind: 'rule'; rule: Rule }
  | { kind: 'incompatible'; rule: IncompatibleRule }
  | { kind: 'broken' };

const BROKEN: RuleReading = { kind: 'broken' };

/** What is around the rules of a file. */
export interface RuleSurroundings {
  /** The version of Semgrep that rules are read for. */
  version: string;
  /** What rules may name in their options. */
  models: readonly Model[];
}

/** Reads a rule, reporting everything wrong with it; sets the context's `ruleId` for its problems. */
export function readRule(
  context: FileContext,
  node: YamlNode,
  path: string,
  { version, models }: RuleSurroundings,
): RuleReading {
  context.ruleId = null;
  const map = context.map(node, path, 'a rule: a mapping with `id`, `languages`, `message`, `severity` and a pattern');
  if (map === null) return BROKEN;
  const errorsBefore = context.errorCount;
  const id = readId(context, map, path);
  context.ruleId = id;
  const range = readVersionRange(context, map, path);
  if (id !== null && !includesVersion(range, version)) {
    const location = context.location(map, path);
    return {
      kind: 'incompatible',
      rule: { ruleId: id, minVersion: range.min, maxVersion: range.max, location },
    };
  }
  const mode = readMode(context, map, path);
  const { message, severity, languages } = readHeader(context, map, path, mode);
  const optionsNode = findOptional(context, map, path, 'options');
  const options = readOptions(context, optionsNode, `${path}.options`);
  const given = readModels(context, optionsNode, `${path}.options`, { languages, mode }, models);
  const { formula, taint } = readBody(context, map, path, mode, given);
  const { fix, fixRegex } = readFixes(context, map, path);
  const paths = readPaths(context, map, path);
  const metadata = readMetadata(context, map, path);
  checkKeys(context, map, path, mode);
  if (id === null || mode === null || context.errorCount > errorsBefore) return BROKEN;
  const rule: Rule = {
    id,
    message,
    severity,
    languages,
    mode,
    formula,
    taint,
    fix,
    fixRegex,
    paths,
    options,
    metadata,
    minVersion: range.min,
    maxVersion: range.max,
    formulaString: formulaString(map),
    location: context.location(map, path),
  };
  context.remember(rule, findEntry(map, 'id')?.value ?? map, `${path}.id`);
  return { kind: 'rule', rule };
}

const RULE_ID = /^[a-zA-Z0-9._-]*$/;
/** What Semgrep calls a rule with an empty id. */
const NO_ID = 'no-rule-id';

function readId(context: FileContext, map: YamlMap, path: string): string | null {
  const id = readRequiredString(context, map, path, 'id', 'the name of the rule');
  const node = findEntry(map, 'id')?.value;
  if (id === null || node === undefined) return null;
  if (id === '') {
    context.report('empty-id', node, `${path}.id`, `an empty id makes the rule \`${NO_ID}\``);
    return NO_ID;
  }
  if (!RULE_ID.test(id)) {
    const message = `\`${id}\` is not a rule id; expected letters, digits, \`.\`, \`_\` and \`-\` only`;
    const fixed = id.trim().replace(/[^a-zA-Z0-9._-]+/g, '-');
    context.report('bad-id', node, `${path}.id`, message, `for instance \`${fixed}\``);
  }
  return id;
}

function readMode(context: FileContext, map: YamlMap, path: string): Rule['mode'] | null {
  const entry = findEntry(map, 'mode');
  const hasTaint = findEntry(map, 'taint') !== undefined;
  if (entry === undefined) return hasTaint ? 'taint' : 'search';
  const mode = readChoice(context, entry.value, `${path}.mode`, MODES);
  if (mode === 'step') {
    const message = 'rules made of steps are not supported';
    context.report('unsupported-mode', entry.value, `${path}.mode`, message);
  } else if (mode !== null && mode !== 'taint' && hasTaint) {
    const message = `a rule with the key \`taint\` is a taint rule, but its mode is \`${mode}\``;
    const suggestion = 'remove `mode` or write `mode: taint`';
    context.asRuleProblems(() => context.report('bad-value', entry.value, `${path}.mode`, message, suggestion));
    return 'taint';
  }
  return mode;
}

interface Header {
  message: string;
  severity: Severity;
  languages: string[];
}

function readHeader(context: FileContext, map: YamlMap, path: string, mode: Rule['mode'] | null): Header {
  const languages =
    mode === 'join' && findEntry(map, 'languages') === undefined ? [] : readLanguages(context, map, path);
  if (mode === 'extract') return { message: '', severity: 'INFO', languages };
  const message = readRequiredString(context, map, path, 'message', 'what to tell whoever wrote the code');
  return { message: message ?? '', severity: readSeverity(context, map, path) ?? 'INFO', languages };
}

function readSeverity(context: FileContext, map: YamlMap, path: string): Severity | null {
  const entry = findEntry(map, 'severity');
  if (entry === undefined) return context.missingKey(map, path, 'severity', oneOf(SEVERITIES));
  return readChoice(context, entry.value, `${path}.severity`, SEVERITIES);
}

function readFixes(
  context: FileContext,
  map: YamlMap,
  path: string,
): { fix: string | null; fixRegex: FixRegex | null } {
  const fix = findEntry(map, 'fix');
  const fixRegex = findEntry(map, 'fix-regex');
  return {
    fix: fix === undefined ? null : (context.string(fix.value, `${path}.fix`)?.trim() ?? null),
    fixRegex: fixRegex === undefined ? null : readFixRegex(context, fixRegex.value, `${path}.fix-regex`),
  };
}

function readFixRegex(context: FileContext, node: YamlNode, path: string): FixRegex | null {
  const map = context.map(node, path);
  if (map === null) return null;
  const regex = readRequiredString(context, map, path, 'regex', 'what to replace');
  const replacement = readRequiredString(context, map, path, 'replacement', 'what to put in its place');
  const countEntry = findEntry(map, 'count');
  const count = countEntry === undefined ? null : context.integer(countEntry.value, `${path}.count`);
  for (const entry of map.entries) {
    const known = ['regex', 'replacement', 'count'];
    if (!known.includes(entry.key)) context.unknownKey(entry, `${path}.${entry.key}`, known);
  }
  return regex === null || replacement === null ? null : { regex, replacement, count };
}

function readPaths(context: FileContext, map: YamlMap, path: string): Rule['paths'] {
  const paths: Rule['paths'] = { include: [], exclude: [], narrowed: [] };
  const node = findOptional(context, map, path, 'paths');
  if (node === undefined) return paths;
  for (const entry of context.map(node, `${path}.paths`)?.entries ?? []) {
    const { key } = entry;
    const entryPath = `${path}.paths.${key}`;
    if (key === 'include' || key === 'exclude') {
      paths[key] = context.strings(entry.value, entryPath, 'a list of strings') ?? [];
    } else {
      const message = `\`${key}\` is not allowed here; expected \`include\` or \`exclude\``;
      context.report('unexpected-key', keySpan(entry), entryPath, message, didYouMean(key, ['include', 'exclude']));
    }
  }
  return paths;
}

function readMetadata(context: FileContext, map: YamlMap, path: string): Rule['metadata'] {
  const node = findOptional(context, map, path, 'metadata');
  const metadata = node === undefined ? null : context.map(node, `${path}.metadata`);
  return metadata === null ? {} : toJsonObject(metadata);
}

/** The value of a key that may also be left empty, which Semgrep refuses and its engine takes. */
function findOptional(context: FileContext, map: YamlMap, path: string, key: string): YamlNode | undefined {
  const entry = findEntry(map, key);
  if (entry?.value.kind !== 'scalar' || entry.value.value !== null) return entry?.value;
  context.ignoredKey(entry, `${path}.${key}`, 'it has no value', 'indent what belongs to it, or remove it');
  return undefined;
}

/** Keys that nothing reads: unknown ones, and those of another mode or place. */
function checkKeys(context: FileContext, map: YamlMap, path: string, mode: Rule['mode'] | null): void {
  for (const entry of map.entries) {
    const { key } = entry;
    const keyPath = `${path}.${key}`;
    const modes = modesOfKey(key);
    if (key === 'validators') context.seq(entry.value, keyPath, 'a list of validators');
    if (modes !== null) {
      if (mode !== null && !modes.includes(mode)) {
        context.ignoredKey(entry, keyPath, `only rules with \`mode: ${modes[0]}\` read it`);
      }
    } else if (!RULE_KEYS.has(key)) {
      checkStrayKey(context, map, entry, keyPath);
    }
  }
}

function checkStrayKey(context: FileContext, map: YamlMap, entry: YamlEntry, path: string): void {
  if (!PATTERNS_OPERATORS.includes(entry.key)) {
    context.unknownKey(entry, path, RULE_KEYS);
  } else if (map.entries.some((other) => ROOT_OPERATORS.includes(other.key))) {
    const why = 'it may only stand in a list of `patterns`';
    context.ignoredKey(entry, path, why, 'put it under `patterns:`, with a hyphen before each operator');
  }
}
