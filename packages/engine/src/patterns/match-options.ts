import type { RuleOptions } from '../rules/rule.ts';
import { defaultOptions } from '../rules/rule-options.ts';

const NAMES = [
  'constantPropagation',
  'symbolicPropagation',
  'acMatching',
  'commutativeBoolop',
  'symmetricEq',
  'attrExpr',
  'vardefAssign',
  'unifyIdsStrictly',
  'goDeeperExpr',
  'goDeeperStmt',
  'implicitDeepExprstmt',
  'implicitEllipsis',
  'implicitReturn',
  'decoratorsOrderMatters',
] as const satisfies readonly (keyof RuleOptions)[];

/** Options of the rule that matching looks at, resolved once. */
export type MatchOptions = Pick<RuleOptions, (typeof NAMES)[number]>;

/** What matching looks at of a rule's options: rules that agree in this share their patterns. */
export function matchOptions(options: RuleOptions): MatchOptions {
  const own = Object.fromEntries(NAMES.map((name) => [name, options[name]])) as MatchOptions;
  return { ...own, symbolicPropagation: options.symbolicPropagation && options.constantPropagation };
}

/** As of a rule that sets none. */
export function defaultMatchOptions(): MatchOptions {
  return matchOptions(defaultOptions());
}
