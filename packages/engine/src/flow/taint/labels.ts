import { type LabelCondition, parseLabelCondition } from '../../rules/label-condition.ts';
import type { TaintPropagator, TaintSink, TaintSource } from '../../rules/rule.ts';
import type { SpecMatch } from './spec-matches.ts';
import { NO_TAINTS, type Taint, type Taints } from './value.ts';

/** What sources that name no label emit, and sinks that require none want. */
export const DEFAULT_LABEL = '__SOURCE__';

/** Labels and what is required of them, read once a rule (semantics 05 §5.6). */
export class Labels {
  private readonly conditions = new Map<string, LabelCondition>();

  /** What a source makes of what is there already. */
  emitted(source: SpecMatch<TaintSource>, incoming: Taints): Taints {
    const { label, requires } = source.spec;
    if (requires !== null && !this.holds(requires, incoming)) return NO_TAINTS;
    const key = `${source.id} ${label}`;
    return new Map([[key, { key, source, input: null, label, beginning: { kind: 'source' }, through: [] }]]);
  }

  /** What a propagator takes along. */
  carried({ spec }: SpecMatch<TaintPropagator>, taints: Taints): Taints {
    if (taints.size === 0 || (spec.requires !== null && !this.holds(spec.requires, taints))) return NO_TAINTS;
    if (spec.label === null) return taints;
    const carried = new Map<string, Taint>();
    for (const taint of taints.values()) {
      const isReplaced = spec.replaceLabels === null || spec.replaceLabels.includes(taint.label);
      const label = isReplaced ? spec.label : taint.label;
      const key = taint.source === null ? taint.key : `${taint.source.id} ${label}`;
      carried.set(key, { ...taint, key, label });
    }
    return carried;
  }

  /**
   * The taints for each of which there is a finding: one for every source, or where labels are required one for all
   * together. Empty where the sink does not want them.
   */
  reported({ spec, match }: SpecMatch<TaintSink>, taints: Taints, parts: ReadonlyMap<string, Taints>): Taint[][] {
    const { requires } = spec;
    if (requires === null) {
      return [...taints.values()].filter(({ label }) => label === DEFAULT_LABEL).map((taint) => [taint]);
    }
    if (typeof requires === 'string') return this.holds(requires, taints) ? [[...taints.values()]] : [];
    const wanted = requires.map(({ metavariable, requires: condition }) => {
      const binding = match.bindings.get(metavariable);
      const own = (binding && parts.get(`${binding.start}:${binding.end}`)) ?? NO_TAINTS;
      return own.size > 0 && this.holds(condition, own) ? [...own.values()] : [];
    });
    return wanted.some((own) => own.length === 0) ? [] : [wanted.flat()];
  }

  private holds(requires: string, taints: Taints): boolean {
    let condition = this.conditions.get(requires);
    if (condition === undefined) {
      const parsed = parseLabelCondition(requires);
      // Rules with a condition that cannot be read are not run.
      condition = typeof parsed === 'string' ? () => false : parsed;
      this.conditions.set(requires, condition);
    }
    return condition(new Set([...taints.values()].map(({ label }) => label)));
  }
}
