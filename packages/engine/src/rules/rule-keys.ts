/** The keys and enumerations of a rule (semantics 01 §1.2), read by the loader, its hints and the published schema. */
import type { Rule, Severity } from './rule.ts';

export const SEVERITIES = [
  'ERROR',
  'WARNING',
  'INFO',
  'CRITICAL',
  'HIGH',
  'MEDIUM',
  'LOW',
  'INVENTORY',
  'EXPERIMENT',
] as const satisfies readonly Severity[];

export const MODES = ['search', 'taint', 'extract', 'join', 'step'] as const satisfies readonly Rule['mode'][];

export const EXTRACT_TRANSFORMS = ['no_transform', 'unquote_string', 'concat_json_string_array'] as const;
export const EXTRACT_REDUCES = ['separate', 'concat'] as const;

/** The modes that read a key; keys that are not here belong to every rule. */
const MODE_KEYS: Record<string, readonly Rule['mode'][]> = {
  pattern: ['search', 'extract'],
  patterns: ['search', 'extract'],
  'pattern-either': ['search', 'extract'],
  'pattern-regex': ['search', 'extract'],
  match: ['search', 'extract'],
  'pattern-sources': ['taint'],
  'pattern-sinks': ['taint'],
  'pattern-sanitizers': ['taint'],
  'pattern-propagators': ['taint'],
  taint: ['taint'],
  join: ['join'],
  extract: ['extract'],
  'dest-language': ['extract'],
  'dest-rules': ['extract'],
  transform: ['extract'],
  reduce: ['extract'],
  steps: ['step'],
};

export const DEPENDENCY_KEY = 'r2c-internal-project-depends-on';

const COMMON_KEYS = [
  'id',
  'message',
  'severity',
  'languages',
  'mode',
  'fix',
  'fix-regex',
  'paths',
  'options',
  'metadata',
  'min-version',
  'max-version',
  'version',
  'validators',
  'equivalences',
  DEPENDENCY_KEY,
];

export const RULE_KEYS: ReadonlySet<string> = new Set([...COMMON_KEYS, ...Object.keys(MODE_KEYS)]);

/** The modes that read `key`, or null if every mode does or nothing does. */
export function modesOfKey(key: string): readonly Rule['mode'][] | null {
  return Object.hasOwn(MODE_KEYS, key) ? (MODE_KEYS[key] ?? null) : null;
}
