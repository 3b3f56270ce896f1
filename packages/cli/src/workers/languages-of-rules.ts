import { type Condition, type Formula, languageNamed, type Rule } from '@lockstep/engine';

/** Canonical names of the languages that the rules' patterns are written in and the engine has a grammar for, sorted. */
export function languagesOfRules(rules: readonly Rule[]): string[] {
  const names = new Set<string>();
  for (const rule of rules) {
    for (const name of rule.languages) names.add(name);
    for (const formula of formulasOf(rule)) addNested(formula, names);
  }
  return [...names].filter((name) => languageNamed(name) !== null).sort();
}

function formulasOf({ formula, taint }: Rule): Formula[] {
  if (taint === null) return formula === null ? [] : [formula];
  return Object.values(taint).flatMap((items: readonly { formula: Formula }[]) => items.map((item) => item.formula));
}

/** `metavariable-pattern` and `metavariable-type` may be in another language than their rule. */
function addNested(formula: Formula, names: Set<string>): void {
  switch (formula.kind) {
    case 'pattern':
    case 'regex':
      return;
    case 'any':
      for (const part of formula.parts) addNested(part, names);
      return;
    case 'not':
    case 'inside':
    case 'anywhere':
      addNested(formula.part, names);
      return;
    case 'all':
      for (const part of formula.parts) addNested(part, names);
      for (const condition of formula.conditions) addOfCondition(condition, names);
  }
}

function addOfCondition(condition: Condition, names: Set<string>): void {
  if (condition.kind !== 'pattern' && condition.kind !== 'type') return;
  if (condition.language !== null) names.add(condition.language);
  if (condition.kind === 'pattern') addNested(condition.formula, names);
}
