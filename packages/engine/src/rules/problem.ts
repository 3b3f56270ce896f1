/**
 * What can be wrong in a rule file. A code is stable: scripts and editors may rely on it. Its level says whether the
 * rule runs; its stage, how far Semgrep 1.182 would have come, which decides the exit code (semantics 01 §1.10). Where
 * Semgrep's schema is laxer than its rule parser, a problem of stage schema moves to stage rule (`asRuleProblems`).
 */
import type { Span } from './yaml-tree.ts';

export type ProblemStage = 'yaml' | 'schema' | 'language' | 'rule';
export type ProblemLevel = 'error' | 'warning';

export const RULE_PROBLEMS = {
  'yaml-syntax': { stage: 'yaml', level: 'error' },
  /** An alias without its anchor, an unknown tag: the value is lost, the rest of the file is not. */
  'yaml-value': { stage: 'yaml', level: 'error' },
  'yaml-limit': { stage: 'yaml', level: 'error' },
  'yaml-documents': { stage: 'yaml', level: 'error' },
  'empty-file': { stage: 'yaml', level: 'error' },
  'not-a-mapping': { stage: 'yaml', level: 'error' },

  'missing-rules': { stage: 'schema', level: 'error' },
  'duplicate-key': { stage: 'schema', level: 'error' },
  'missing-key': { stage: 'schema', level: 'error' },
  'wrong-type': { stage: 'schema', level: 'error' },
  'bad-value': { stage: 'schema', level: 'error' },
  'bad-id': { stage: 'schema', level: 'error' },
  'no-formula': { stage: 'schema', level: 'error' },
  'several-formulas': { stage: 'schema', level: 'error' },
  'unexpected-key': { stage: 'schema', level: 'error' },
  'several-keys': { stage: 'schema', level: 'error' },
  'bare-string': { stage: 'schema', level: 'error' },
  'unknown-operator': { stage: 'schema', level: 'error' },
  'misplaced-operator': { stage: 'schema', level: 'error' },
  'regex-only': { stage: 'schema', level: 'error' },
  /** Two models of one name: which one a rule means cannot be told. */
  'duplicate-model': { stage: 'schema', level: 'error' },

  'unknown-language': { stage: 'language', level: 'error' },

  'removed-operator': { stage: 'rule', level: 'error' },
  'no-language': { stage: 'rule', level: 'error' },
  'language-alone': { stage: 'rule', level: 'error' },
  'no-positive-term': { stage: 'rule', level: 'error' },
  'misplaced-negation': { stage: 'rule', level: 'error' },
  'bad-option': { stage: 'rule', level: 'error' },
  'bad-version': { stage: 'rule', level: 'error' },
  'bad-condition': { stage: 'rule', level: 'error' },
  'unknown-model': { stage: 'rule', level: 'error' },
  'unsupported-mode': { stage: 'rule', level: 'error' },

  'unknown-key': { stage: 'schema', level: 'warning' },
  'ignored-key': { stage: 'schema', level: 'warning' },
  'unknown-option': { stage: 'rule', level: 'warning' },
  'empty-list': { stage: 'rule', level: 'warning' },
  'empty-id': { stage: 'schema', level: 'warning' },
  'duplicate-id': { stage: 'rule', level: 'warning' },
  'bad-metavariable': { stage: 'rule', level: 'warning' },
  'unbound-metavariable': { stage: 'rule', level: 'warning' },
} as const satisfies Record<string, { stage: ProblemStage; level: ProblemLevel }>;

export type RuleProblemCode = keyof typeof RULE_PROBLEMS;

export interface RuleProblem {
  code: RuleProblemCode;
  level: ProblemLevel;
  stage: ProblemStage;
  /** What is wrong and what was expected; one sentence without a final full stop. */
  message: string;
  /** What to write instead; '' if there is nothing to suggest. */
  suggestion: string;
  file: string;
  /** 1-based; columns count characters; the end is exclusive. */
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** Path inside the file, e.g. `rules.0.patterns.2.pattern-not`; '' for the file itself. */
  path: string;
  ruleId: string | null;
}

/** A problem that a YAML reader found, before there are rules to speak of. */
export interface YamlProblem extends Span {
  code: 'yaml-syntax' | 'yaml-value' | 'yaml-limit' | 'yaml-documents' | 'duplicate-key';
  message: string;
  suggestion: string;
}
