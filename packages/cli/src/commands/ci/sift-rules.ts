import { followsFiles, type Rule, RuleSieve } from '@lockstep/engine';
import type { SessionOptions } from '../../workers/scan-session.ts';

/** Of the rules, what may find something in some of the texts. */
export function siftRules(rules: readonly Rule[], texts: readonly string[], options: SessionOptions): Rule[] {
  const acrossFiles = rules.some((rule) => followsFiles(rule, options));
  const sieve = new RuleSieve(texts, { acrossFiles });
  return rules.flatMap((rule) => sieve.sift(rule) ?? []);
}
