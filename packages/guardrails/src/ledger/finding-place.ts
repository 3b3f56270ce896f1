import { checkedText } from '../fields/values.ts';

/** A finding, as baselines and verdicts know it. */
export interface FindingPlace {
  /** The guardrail of its rule; of a rule without one, the last part of the rule's id. */
  guardrail: string;
  /** Relative to the root of the repository, with `/`. */
  path: string;
  /** The functions and classes it stands in; empty for none. */
  symbol: string;
  /** `Anchor.identity`; verdicts add the number among equal ones, from the second on: `49eb06b657e6db00:2`. */
  finding: string;
}

export const identity = checkedText(
  (written) => /^[0-9a-f]{16}(?::[1-9]\d*)?$/.test(written),
  (written) => `\`${written}\` is not the identity of a finding`,
  () => 'it is 16 hexadecimal digits, as `extra.lockstep.finding` of a JSON report has them',
);

/**
 * Findings in report order with their number among those that are alike in file, symbol and code, so that a verdict is
 * about one of them.
 */
export function numberPlaces(places: readonly FindingPlace[]): FindingPlace[] {
  const seen = new Map<string, number>();
  return places.map((place) => {
    const key = [place.path, place.symbol, place.finding].join('\0');
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    return number === 1 ? place : { ...place, finding: `${place.finding}:${number}` };
  });
}
