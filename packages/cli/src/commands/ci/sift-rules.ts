import { type Rule, RuleSieve } from '@lockstep/engine';

/** Of rules that look at files one by one, what may find something in some of the texts. */
export function siftRules(rules: readonly Rule[], texts: readonly string[]): Rule[] {
  const sieve = new RuleSieve(texts);
  return rules.flatMap((rule) => sieve.sift(rule) ?? []);
}
