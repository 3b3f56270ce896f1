/**
 * The JSON Schema of rule files, for completion and checks in editors. It is made from the tables the loader itself
 * reads, so the two cannot drift apart; it is looser than the loader where JSON Schema would be clumsy (placement
 * of negations, unbound metavariables).
 */
import { allLanguages } from '../languages/language-table.ts';
import { ANALYZERS, CONDITION_KEYS, ENTROPY_MODES } from './conditions.ts';
import { EITHER_OPERATORS, PATTERNS_OPERATORS, ROOT_OPERATORS } from './legacy-formula.ts';
import type { Json } from './rule.ts';
import { EXTRACT_REDUCES, EXTRACT_TRANSFORMS, MODES, RULE_KEYS, SEVERITIES } from './rule-keys.ts';
import { CHOICES, defaultOptions, FLAGS, OTHER_FLAGS } from './rule-options.ts';
import { PROPAGATOR_KEYS, SANITIZER_KEYS, SINK_KEYS, SOURCE_KEYS } from './taint-spec.ts';
import { MATCH_KINDS } from './where.ts';

type Schema = { [key: string]: Json };

const STRING: Schema = { type: 'string' };
const STRINGS: Schema = { type: 'array', items: STRING };
const FLAG: Schema = { enum: [true, false, 'true', 'false'] };
const INTEGER: Schema = { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^-?[0-9]+$' }] };
const ANYTHING: Schema = {};

/** The schema of a whole rule file, in draft 7, which YAML editors support best. */
export function ruleFileJsonSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Rules in Semgrep syntax',
    type: 'object',
    required: ['rules'],
    properties: { rules: { type: 'array', items: ref('rule') } },
    definitions: {
      rule: ruleSchema(),
      options: optionsSchema(),
      ...classicDefinitions(),
      ...conditionDefinitions(),
      ...matchDefinitions(),
      ...taintDefinitions(),
    },
  };
}

function ref(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}

function object(properties: Schema, required: string[] = []): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}

function listOf(item: Schema): Schema {
  return { type: 'array', items: item };
}

/** The properties `names`, each as `special` says or else a string. */
function properties(names: Iterable<string>, special: Schema): Schema {
  return Object.fromEntries([...names].map((name) => [name, special[name] ?? STRING]));
}

function ruleSchema(): Schema {
  const searchRule = { anyOf: [...ROOT_OPERATORS, 'match', 'r2c-internal-project-depends-on'].map(requires) };
  return {
    type: 'object',
    required: ['id'],
    properties: properties(RULE_KEYS, RULE_PROPERTIES),
    allOf: [
      implies(not(hasMode('extract')), { required: ['message', 'severity'] }),
      implies(not(hasMode('join')), requires('languages')),
      implies(hasMode('join'), requires('join')),
      implies(hasMode('extract'), { required: ['extract', 'dest-language'] }),
      implies(hasMode('taint'), { anyOf: [requires('taint'), allOf(requires('pattern-sinks'), HAS_SOURCES)] }),
      { anyOf: [hasMode('taint'), hasMode('join'), hasMode('step'), requires('taint'), searchRule] },
    ],
  };
}

function requires(key: string): Schema {
  return { required: [key] };
}

function hasMode(mode: string): Schema {
  return { required: ['mode'], properties: { mode: { const: mode } } };
}

function not(schema: Schema): Schema {
  return { not: schema };
}

function allOf(...schemas: Schema[]): Schema {
  return { allOf: schemas };
}

function implies(condition: Schema, consequence: Schema): Schema {
  return { anyOf: [not(condition), consequence] };
}

/** Sources of its own, or models that may have some. */
const HAS_SOURCES: Schema = {
  anyOf: [requires('pattern-sources'), { required: ['options'], properties: { options: requires('models') } }],
};

const RULE_PROPERTIES: Schema = {
  id: { type: 'string', pattern: '^[a-zA-Z0-9._-]*$', description: 'Name of the rule' },
  message: { type: 'string', description: 'What to tell whoever wrote the code; metavariables are filled in' },
  severity: { enum: [...SEVERITIES] },
  languages: listOf({
    anyOf: [{ enum: allLanguages().flatMap((language) => [...language.keys]) }, STRING],
  }),
  mode: { enum: [...MODES], default: 'search' },
  pattern: ref('pattern'),
  patterns: ref('patterns'),
  'pattern-either': ref('pattern-either'),
  'pattern-regex': ref('pattern-regex'),
  match: ref('formula'),
  'pattern-sources': listOf(ref('source')),
  'pattern-sinks': listOf(ref('sink')),
  'pattern-sanitizers': listOf(ref('sanitizer')),
  'pattern-propagators': listOf(ref('propagator')),
  taint: ref('taint'),
  join: object({ on: STRINGS, rules: { type: 'array' }, refs: { type: 'array' } }),
  'dest-rules': { type: 'object' },
  transform: { enum: [...EXTRACT_TRANSFORMS] },
  reduce: { enum: [...EXTRACT_REDUCES] },
  steps: { type: 'array' },
  fix: { type: 'string', description: 'Replaces the finding; metavariables are filled in' },
  'fix-regex': {
    type: 'object',
    required: ['regex', 'replacement'],
    properties: { regex: STRING, replacement: STRING, count: INTEGER },
  },
  paths: object({ include: STRINGS, exclude: STRINGS }),
  options: ref('options'),
  metadata: { type: 'object', description: 'Copied to findings as it is' },
  'min-version': { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
  'max-version': { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
  version: ANYTHING,
  validators: { type: 'array' },
  equivalences: ANYTHING,
  'r2c-internal-project-depends-on': { type: 'object' },
};

function optionsSchema(): Schema {
  const defaults = defaultOptions();
  const flags = Object.entries(FLAGS).map(([name, field]) => [name, { ...FLAG, default: defaults[field] }]);
  const others = OTHER_FLAGS.map((name) => [name, { ...FLAG, default: false }]);
  const choices = Object.entries(CHOICES).map(([name, words]) => [name, { enum: [...words] }]);
  const pairs = listOf({ type: 'array', items: STRING, minItems: 2, maxItems: 2 });
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries([...flags, ...others, ...choices]),
      generic_ellipsis_max_span: { ...INTEGER, default: defaults.genericEllipsisMaxSpan },
      generic_braces: pairs,
      generic_extra_braces: pairs,
      generic_extra_word_characters: STRINGS,
      models: { ...STRINGS, description: 'Models whose sources, sanitizers and propagators a taint rule takes over' },
    },
  };
}

/** One-key mappings: an item of a list of operators. */
function items(operators: readonly string[]): Schema {
  return listOf({ anyOf: operators.map((operator) => object({ [operator]: ref(operator) }, [operator])) });
}

function classicDefinitions(): Schema {
  const nested: Schema = {
    anyOf: [STRING, ...EITHER_OPERATORS.map((operator) => object({ [operator]: ref(operator) }, [operator]))],
  };
  return {
    pattern: { type: 'string', description: 'Code to find; `...` and metavariables such as `$X` stand for anything' },
    'pattern-regex': { type: 'string', description: 'Regular expression to find' },
    'pattern-not-regex': { type: 'string', description: 'Regular expression that a finding must not hold' },
    patterns: { ...items(PATTERNS_OPERATORS), description: 'All of these must hold' },
    'pattern-either': { ...items(EITHER_OPERATORS), description: 'Any of these' },
    'pattern-inside': { ...nested, description: 'What a finding must be inside of' },
    'pattern-not': { ...nested, description: 'What a finding must not be' },
    'pattern-not-inside': { ...nested, description: 'What a finding must not be inside of' },
    'semgrep-internal-pattern-anywhere': nested,
    'focus-metavariable': { anyOf: [STRING, STRINGS], description: 'Report only what this is bound to' },
  };
}

const CONDITION_PROPERTIES: Schema = {
  metavariable: { type: 'string', description: 'Such as `$X`' },
  'constant-propagation': FLAG,
  strip: FLAG,
  base: INTEGER,
  types: STRINGS,
  modules: STRINGS,
  fqns: STRINGS,
  options: { type: 'object' },
  analyzer: {
    anyOf: [
      { enum: [...ANALYZERS] },
      object({ kind: { enum: [...ANALYZERS] }, mode: { enum: [...ENTROPY_MODES] } }, ['kind']),
    ],
  },
  patterns: ref('patterns'),
  'pattern-either': ref('pattern-either'),
};

const CONDITION_REQUIRES: Record<string, string[]> = {
  'metavariable-regex': ['metavariable', 'regex'],
  'metavariable-comparison': ['comparison'],
  'metavariable-analysis': ['metavariable', 'analyzer'],
};

function conditionDefinitions(): Schema {
  return Object.fromEntries(
    Object.entries(CONDITION_KEYS).map(([operator, keys]) => [
      operator,
      {
        type: 'object',
        properties: properties(keys, CONDITION_PROPERTIES),
        required: CONDITION_REQUIRES[operator] ?? ['metavariable'],
      },
    ]),
  );
}

const MATCH_PROPERTIES: Schema = {
  pattern: ref('pattern'),
  regex: ref('pattern-regex'),
  all: { ...listOf(ref('formula')), description: 'All of these must hold' },
  any: { ...listOf(ref('formula')), description: 'Any of these' },
  not: { ...ref('formula') },
  inside: { ...ref('formula') },
  anywhere: { ...ref('formula') },
  where: listOf(ref('where')),
  as: { type: 'string', description: 'A metavariable to bind the match to' },
  fix: { type: 'string' },
};

function matchMapping(extra: Schema = {}): Schema {
  return { ...object({ ...MATCH_PROPERTIES, ...extra }), oneOf: MATCH_KINDS.map(requires) };
}

function matchDefinitions(): Schema {
  const whereProperties = {
    ...CONDITION_PROPERTIES,
    ...MATCH_PROPERTIES,
    focus: ref('focus-metavariable'),
    comparison: STRING,
    type: STRING,
    language: STRING,
  };
  return {
    formula: { anyOf: [STRING, matchMapping()] },
    where: {
      type: 'object',
      properties: whereProperties,
      anyOf: ['focus', 'comparison', 'metavariable'].map(requires),
    },
  };
}

const TAINT_PROPERTIES: Schema = {
  exact: FLAG,
  control: FLAG,
  'at-exit': FLAG,
  not_conflicting: FLAG,
  'not-conflicting': FLAG,
  'by-side-effect': { enum: [true, false, 'true', 'false', 'only'] },
  requires: { anyOf: [STRING, listOf({ type: 'object', additionalProperties: STRING })] },
  'replace-labels': STRINGS,
  'clean-if-true': { type: 'string', description: 'The metavariable that is clean where the matched test holds' },
  'clean-if-false': {
    type: 'string',
    description: 'The metavariable that is clean where the matched test does not hold',
  },
};

/** Items of both syntaxes: `source` for `pattern-sources`, `match-source` for `taint: {sources: …}`. */
function taintDefinitions(): Schema {
  const kinds = { source: SOURCE_KEYS, sink: SINK_KEYS, sanitizer: SANITIZER_KEYS, propagator: PROPAGATOR_KEYS };
  const definitions: Schema = {};
  for (const [kind, keys] of Object.entries(kinds)) {
    const own = properties(keys, TAINT_PROPERTIES);
    const required = kind === 'propagator' ? ['from', 'to'] : [];
    const roots = Object.fromEntries(ROOT_OPERATORS.map((operator) => [operator, ref(operator)]));
    definitions[kind] = {
      type: 'object',
      properties: { ...roots, ...own },
      required,
      oneOf: ROOT_OPERATORS.map(requires),
    };
    const mapping = { ...matchMapping(own), required };
    definitions[`match-${kind}`] = kind === 'propagator' ? mapping : { anyOf: [STRING, mapping] };
  }
  const lists = {
    sources: listOf(ref('match-source')),
    sinks: listOf(ref('match-sink')),
    sanitizers: listOf(ref('match-sanitizer')),
    propagators: listOf(ref('match-propagator')),
  };
  // Sources may come from models, which stand among the rule's options.
  return { ...definitions, taint: { type: 'object', properties: lists, required: ['sinks'] } };
}
