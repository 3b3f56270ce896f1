import {
  type LiteralRequirement,
  meetsRequirement as meetsLiteral,
  requiredLiteral,
  type SearchableText,
  searchableText,
} from '../text/literal-requirement.ts';
import type { CompiledCondition } from './conditions.ts';
import type { CompiledConjunction, CompiledFormula } from './formula.ts';
import type { Leaf } from './target.ts';

/** A necessary condition for a rule to match a file, on the file's text alone (semantics 07 §1). `null` says nothing. */
export type Requirement =
  | { kind: 'words'; words: readonly string[] }
  | { kind: 'literal'; literal: LiteralRequirement }
  | { kind: 'all' | 'any'; parts: Requirement[] }
  | null;

/** The text of a file as requirements look at it. */
export interface RequirementText extends SearchableText {
  words: ReadonlySet<string>;
}

/** A text and its words, as requirements look at them. */
export function requirementText(text: string, words: ReadonlySet<string>): RequirementText {
  const searched = searchableText(text);
  return {
    text,
    words,
    get folded() {
      return searched.folded;
    },
  };
}

/**
 * What a formula needs: negations are ignored, as are conditions but those that ask for certain text; one unknown
 * alternative makes all of them unknown.
 */
export function requirementOf(formula: CompiledFormula, ofLeaf: (leaf: Leaf) => Requirement): Requirement {
  switch (formula.kind) {
    case 'leaf':
      return ofLeaf(formula.leaf);
    case 'inside':
    case 'anywhere':
      return requirementOf(formula.part, ofLeaf);
    case 'any':
      return anyOf(formula.parts.map((part) => requirementOf(part, ofLeaf)));
    case 'all':
      return allOf([
        ...formula.positives.map((part) => requirementOf(part, ofLeaf)),
        ...formula.conditions.map((condition) => requirementOfCondition(condition, formula)),
      ]);
  }
}

/** What is bound stands in the file as the condition sees it, but for what strings hold, which may be spelled otherwise. */
function requirementOfCondition(condition: CompiledCondition, formula: CompiledConjunction): Requirement {
  if (condition.kind !== 'regex' || condition.constantPropagation || isInString(condition.metavariable, formula)) {
    return null;
  }
  const literal = requiredLiteral(condition.regex.syntax);
  return literal === null ? null : { kind: 'literal', literal };
}

/** Whether a pattern may bind the metavariable to what a string holds: it stands behind a quote. */
function isInString(metavariable: string, formula: CompiledFormula): boolean {
  switch (formula.kind) {
    case 'leaf':
      return formula.leaf.text.split('\n').some((line) => QUOTED.test(line) && line.includes(metavariable));
    case 'inside':
    case 'anywhere':
      return isInString(metavariable, formula.part);
    case 'any':
      return formula.parts.some((part) => isInString(metavariable, part));
    case 'all':
      return formula.positives.some((part) => isInString(metavariable, part));
  }
}

const QUOTED = /["'`]/;

/** All of them; one that asks for nothing adds nothing. */
export function allOf(parts: Requirement[]): Requirement {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : { kind: 'all', parts: known };
}

/** One of them at least; if one asks for nothing, so do all. */
export function anyOf(parts: Requirement[]): Requirement {
  return parts.includes(null) ? null : { kind: 'any', parts };
}

/** Whether a file may match. */
export function meetsRequirement(requirement: Requirement, text: RequirementText): boolean {
  if (requirement === null) return true;
  switch (requirement.kind) {
    case 'words':
      return requirement.words.every((word) => text.words.has(word));
    case 'literal':
      return meetsLiteral(requirement.literal, text);
    case 'all':
      return requirement.parts.every((part) => meetsRequirement(part, text));
    case 'any':
      return requirement.parts.some((part) => meetsRequirement(part, text));
  }
}

/**
 * Words of which a matching file has at least one, as few as can be told: what an index over rules is keyed by. Null
 * where there are none.
 */
export function anchorWords(requirement: Requirement): readonly string[] | null {
  if (requirement === null) return null;
  switch (requirement.kind) {
    case 'words': {
      // The longest word is the rarest, as a rule.
      const longest = [...requirement.words].sort((a, b) => b.length - a.length)[0];
      return longest === undefined ? null : [longest];
    }
    case 'literal':
      // Literals need not be words: they are searched for, not looked up.
      return null;
    case 'all': {
      const anchors = requirement.parts.map(anchorWords).filter((words) => words !== null);
      return anchors.sort((a, b) => a.length - b.length || lengthOf(b) - lengthOf(a))[0] ?? null;
    }
    case 'any': {
      const anchors = requirement.parts.map(anchorWords);
      return anchors.includes(null) ? null : [...new Set(anchors.flatMap((words) => words ?? []))];
    }
  }
}

function lengthOf(words: readonly string[]): number {
  return Math.min(...words.map((word) => word.length));
}
