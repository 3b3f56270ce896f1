import type { Finding } from '@lockstep/engine';
import { bySeverity } from './by-severity.ts';
import { quantity } from './quantity.ts';
import { compareFindings } from './scan-report.ts';

/** What GitHub's code scanning takes; it refuses a file that has more of any of them. */
export const SARIF_LIMITS = { results: 25_000, rules: 25_000, tagsOfRule: 20, stepsOfFlow: 10_000 } as const;

/** Characters of a rule's name, and of its descriptions. */
export const MAX_NAME = 255;
export const MAX_DESCRIPTION = 1024;

/** What was left out to stay within the limits: the report says so, as for everything that it does not hold. */
export class LeftOut {
  #results = 0;
  #rules = 0;
  #rulesWithFewerTags = 0;
  #shortenedFlows = 0;

  /** The gravest findings, in report order. */
  limitFindings(findings: readonly Finding[]): readonly Finding[] {
    this.#results = Math.max(0, findings.length - SARIF_LIMITS.results);
    if (this.#results === 0) return findings;
    return bySeverity(findings).slice(0, SARIF_LIMITS.results).sort(compareFindings);
  }

  /** Rules with findings before others. */
  limitRules(ruleIds: readonly string[], findings: readonly Finding[]): readonly string[] {
    this.#rules = Math.max(0, ruleIds.length - SARIF_LIMITS.rules);
    if (this.#rules === 0) return ruleIds;
    const used = new Set(findings.map(({ ruleId }) => ruleId));
    const wanted = [...ruleIds.filter((id) => used.has(id)), ...ruleIds.filter((id) => !used.has(id))];
    return wanted.slice(0, SARIF_LIMITS.rules).sort();
  }

  limitTags(tags: readonly string[]): readonly string[] {
    if (tags.length <= SARIF_LIMITS.tagsOfRule) return tags;
    this.#rulesWithFewerTags++;
    return tags.slice(0, SARIF_LIMITS.tagsOfRule);
  }

  /** Both ends of a flow. */
  limitSteps<T>(steps: readonly T[]): readonly T[] {
    if (steps.length <= SARIF_LIMITS.stepsOfFlow) return steps;
    this.#shortenedFlows++;
    const half = SARIF_LIMITS.stepsOfFlow / 2;
    return [...steps.slice(0, half), ...steps.slice(-half)];
  }

  messages(): string[] {
    const told: [number, string][] = [
      [this.#results, `${quantity(this.#results, 'result')} left out, the least grave: GitHub takes 25,000`],
      [this.#rules, `${quantity(this.#rules, 'rule')} without results left out: GitHub takes 25,000`],
      [
        this.#rulesWithFewerTags,
        `${quantity(this.#rulesWithFewerTags, 'rule')} shown with 20 tags: GitHub takes no more`,
      ],
      [this.#shortenedFlows, `${quantity(this.#shortenedFlows, 'flow')} shown with 10,000 steps: GitHub takes no more`],
    ];
    return told.filter(([count]) => count > 0).map(([, message]) => message);
  }
}
