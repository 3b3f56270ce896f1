/** Knowledge about frameworks and libraries that taint rules take by name (`options: {models: […]}`). */
import type { RuleLocation, TaintSpec } from './rule.ts';

/** What a model adds to a taint rule. Sinks are the rule's own: they are what it is about. */
export type TaintItems = Omit<TaintSpec, 'sinks'>;

export const NO_ITEMS: TaintItems = { sources: [], sanitizers: [], propagators: [] };

export interface Model {
  name: string;
  /** Canonical names. A rule takes the model if these include all of its own. */
  languages: string[];
  /** null: something is wrong with the model, which was reported where it stands. */
  items: TaintItems | null;
  location: RuleLocation;
}

/** The items of both, in this order. */
export function joinItems(first: TaintItems, second: TaintItems): TaintItems {
  return {
    sources: [...first.sources, ...second.sources],
    sanitizers: [...first.sanitizers, ...second.sanitizers],
    propagators: [...first.propagators, ...second.propagators],
  };
}
