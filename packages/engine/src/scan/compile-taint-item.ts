import type { CompiledItem } from '../flow/taint/taint-rule.ts';
import { type CompileLeaf, compileFormula, type FormulaProblem } from '../match/formula.ts';
import { type Requirement, requirementOf } from '../match/requirement.ts';
import type { Leaf } from '../match/target.ts';
import type { Formula, Rule } from '../rules/rule.ts';

/** A source, sink, sanitizer or propagator. */
export interface TaintItem {
  formula: Formula;
}

type ItemCompilation<Spec> =
  | { ok: true; item: CompiledItem<Spec>; warnings: FormulaProblem[] }
  | { ok: false; problems: FormulaProblem[] };

export type CompileItem = <Spec extends TaintItem>(spec: Spec) => ItemCompilation<Spec>;

/**
 * Compiles the items of taint rules. Those of a model are the same objects in all rules that use it, and are compiled
 * once for rules with the same options: what they match is then known to be the same.
 */
export class SharedItems {
  private readonly compiled = new Map<string, Map<TaintItem, ItemCompilation<TaintItem>>>();
  private readonly ofLeaf: (leaf: Leaf) => Requirement;

  constructor(ofLeaf: (leaf: Leaf) => Requirement) {
    this.ofLeaf = ofLeaf;
  }

  of({ options, languages }: Rule, compileLeaf: CompileLeaf): CompileItem {
    const key = JSON.stringify([options, languages]);
    const known = this.compiled.get(key) ?? new Map<TaintItem, ItemCompilation<TaintItem>>();
    this.compiled.set(key, known);
    return <Spec extends TaintItem>(spec: Spec): ItemCompilation<Spec> => {
      const before = known.get(spec) as ItemCompilation<Spec> | undefined;
      if (before !== undefined) {
        if (before.ok) before.item.isShared = true;
        return before;
      }
      const result = compileItem(spec, compileLeaf, this.ofLeaf);
      known.set(spec, result);
      return result;
    };
  }
}

function compileItem<Spec extends TaintItem>(
  spec: Spec,
  compileLeaf: CompileLeaf,
  ofLeaf: (leaf: Leaf) => Requirement,
): ItemCompilation<Spec> {
  const result = compileFormula(spec.formula, compileLeaf);
  if (!result.ok) return result;
  const { formula, leaves, warnings } = result;
  const isFocused = formula.kind === 'all' && formula.focus.length > 0;
  const requirement = requirementOf(formula, ofLeaf);
  return { ok: true, item: { spec, formula, leaves, requirement, isFocused, isShared: false }, warnings };
}
