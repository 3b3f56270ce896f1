import { languageNamed, TEXT_LANGUAGES } from '../languages/languages.ts';
import { allOf, anyOf, meetsRequirement, type Requirement, type RequirementText } from '../match/requirement.ts';
import type { Formula, Rule, TaintSpec } from '../rules/rule.ts';
import { wordsOf } from './words.ts';

type NamesOf = (pattern: string) => readonly string[];

/**
 * Sorts out, before anything is compiled, what cannot match any of some texts: whole rules, and alternatives of the
 * others. Compiling 360 rules takes two seconds, as each pattern is parsed; of what they look for, the twenty files of a
 * change have little. What is found, and how, stays the same, but for rules that follow data from one text to another.
 */
export class RuleSieve {
  readonly #texts: readonly RequirementText[];

  constructor(texts: readonly string[]) {
    this.#texts = texts.map((text) => ({ text, folded: text, words: wordsOf(text) }));
  }

  /** The rule without the alternatives that cannot match; null where it cannot match at all. */
  sift(rule: Rule): Rule | null {
    // Patterns are parsed in the first language that the engine has: with several, nobody knows which before compiling.
    const [name = ''] = rule.languages;
    const language = rule.languages.length === 1 && !TEXT_LANGUAGES.has(name) ? languageNamed(name) : null;
    if (language === null) return rule;
    const namesOf = memoized((pattern) => language.sureNames(pattern));
    const { formula, taint } = rule;
    if (taint !== null) {
      if (!this.#isMet(requirementOfFlow(taint, namesOf))) return null;
      const left = this.#siftTaint(taint, namesOf);
      return left.sources.length === 0 || left.sinks.length === 0 ? null : { ...rule, taint: left };
    }
    if (formula !== null && !this.#isMet(requirementOf(formula, namesOf))) return null;
    const left = formula === null ? null : this.#sift(formula, namesOf);
    return left === null && formula !== null ? null : { ...rule, formula: left };
  }

  #siftTaint({ sources, sinks, sanitizers, propagators }: TaintSpec, namesOf: NamesOf): TaintSpec {
    const items = <Item extends { formula: Formula }>(all: readonly Item[]): Item[] =>
      all.flatMap((item) => {
        const formula = this.#sift(item.formula, namesOf);
        return formula === null ? [] : [{ ...item, formula }];
      });
    return {
      sources: items(sources),
      sinks: items(sinks),
      sanitizers: items(sanitizers),
      propagators: items(propagators),
    };
  }

  /** The formula without the parts that match nothing; null where nothing is left that could match. */
  #sift(formula: Formula, namesOf: NamesOf): Formula | null {
    switch (formula.kind) {
      case 'regex':
        return formula;
      case 'pattern':
        return this.#isMet(requirementOfPattern(formula.text, namesOf)) ? formula : null;
      case 'any': {
        const parts = formula.parts.flatMap((part) => this.#sift(part, namesOf) ?? []);
        return parts.length === 0 ? null : { ...formula, parts };
      }
      case 'all': {
        const parts = formula.parts.map((part) => ({ part, left: this.#sift(part, namesOf) }));
        if (parts.some(({ part, left }) => left === null && part.kind !== 'not')) return null;
        return { ...formula, parts: parts.flatMap(({ left }) => left ?? []) };
      }
      case 'not':
      case 'inside':
      case 'anywhere': {
        const part = this.#sift(formula.part, namesOf);
        return part === null ? null : { ...formula, part };
      }
    }
  }

  #isMet(requirement: Requirement): boolean {
    return requirement === null || this.#texts.some((text) => meetsRequirement(requirement, text));
  }
}

function memoized(namesOf: NamesOf): NamesOf {
  const known = new Map<string, readonly string[]>();
  return (pattern) => {
    const names = known.get(pattern) ?? namesOf(pattern);
    known.set(pattern, names);
    return names;
  };
}

/** A source and a sink in one text. */
function requirementOfFlow({ sources, sinks }: TaintSpec, namesOf: NamesOf): Requirement {
  const ofItems = (items: readonly { formula: Formula }[]) =>
    anyOf(items.map((item) => requirementOf(item.formula, namesOf)));
  return allOf([ofItems(sources), ofItems(sinks)]);
}

/**
 * What the texts of patterns surely ask of a file; less than `CompiledRule.requirement` knows, and no more. Negations and
 * conditions say nothing.
 */
function requirementOf(formula: Formula, namesOf: NamesOf): Requirement {
  switch (formula.kind) {
    case 'pattern':
      return requirementOfPattern(formula.text, namesOf);
    case 'inside':
    case 'anywhere':
      return requirementOf(formula.part, namesOf);
    case 'any':
      return anyOf(formula.parts.map((part) => requirementOf(part, namesOf)));
    case 'all':
      return allOf(formula.parts.map((part) => requirementOf(part, namesOf)));
    case 'regex':
    case 'not':
      return null;
  }
}

function requirementOfPattern(text: string, namesOf: NamesOf): Requirement {
  const words = namesOf(text);
  return words.length === 0 ? null : { kind: 'words', words };
}
