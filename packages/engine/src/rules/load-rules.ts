/**
 * Rule text → rules and everything that is wrong with the file. A broken rule is left out and never stops the
 * others; nothing here throws, whatever the text.
 */
import type { FileContext } from './file-context.ts';
import type { Model } from './model.ts';
import type { RuleProblem } from './problem.ts';
import { readItemFile } from './read-item-file.ts';
import { type IncompatibleRule, readRule } from './read-rule.ts';
import type { Rule } from './rule.ts';
import { SEMGREP_VERSION } from './version-range.ts';

export interface LoadOptions {
  /** Rules whose `min-version` and `max-version` exclude this version are set aside; 1.182.0 if not given. */
  semgrepVersion?: string;
  /** What rules may name in `options: {models: […]}`. */
  models?: readonly Model[];
}

export interface LoadResult {
  /** In written order. */
  rules: Rule[];
  /** In the order of their places in the file. */
  problems: RuleProblem[];
  incompatible: IncompatibleRule[];
}

/**
 * Loads the rules of one YAML or JSON text; `file` is only named in problems and locations. The result's `rules`
 * are sound: each problem of level error has cost the rule it names, or lies outside of any rule.
 */
export function loadRules(text: string, file: string, options: LoadOptions = {}): LoadResult {
  const rules: Rule[] = [];
  const incompatible: IncompatibleRule[] = [];
  const { semgrepVersion = SEMGREP_VERSION, models = [] } = options;
  const problems = readItemFile(
    { path: file, text },
    'rules',
    (context, node, path, isDamaged) => {
      const reading = readRule(context, node, path, { version: semgrepVersion, models });
      if (reading.kind === 'incompatible') incompatible.push(reading.rule);
      if (reading.kind === 'rule' && !isDamaged) rules.push(reading.rule);
    },
    (context) => warnOfRepeatedIds(context, rules),
  );
  return { rules, problems, incompatible };
}

function warnOfRepeatedIds(context: FileContext, rules: Rule[]): void {
  const seen = new Map<string, Rule>();
  for (const rule of rules) {
    const first = seen.get(rule.id);
    if (first === undefined) seen.set(rule.id, rule);
    else reportRepeatedId(context, rule, first);
  }
}

function reportRepeatedId(context: FileContext, rule: Rule, first: Rule): void {
  const place = context.placeOf(rule);
  if (place === undefined) return;
  context.ruleId = rule.id;
  const message = `the id \`${rule.id}\` is taken by the rule on line ${first.location.line}; both run under one name`;
  context.report('duplicate-id', place.span, place.path, message, 'give each rule an id of its own');
}
