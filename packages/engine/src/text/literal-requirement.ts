import { caselessChar } from './pcre/case-variants.ts';
import { type CharSet, sameSet } from './pcre/char-set.ts';
import { type GroupBodies, groupBodies } from './pcre/first-set.ts';
import type { RegexNode, RegexSyntax } from './pcre/syntax.ts';

/**
 * What any text that matches must contain: a necessary condition cheap enough to test before anything else.
 * A `caseless` literal is in lower case and is looked for in the folded text.
 */
export type LiteralRequirement =
  | { kind: 'literal'; text: string; caseless: boolean }
  | { kind: 'all'; parts: LiteralRequirement[] }
  | { kind: 'any'; parts: LiteralRequirement[] };

/** A text with its folded form, which is made when first asked for. */
export interface SearchableText {
  readonly text: string;
  readonly folded: string;
}

/** Shorter literals occur in nearly every file. */
const MIN_LENGTH = 3;
/** Ways to spell one run of characters; a longer alternation is cheaper left to the regular expression. */
const MAX_SPELLINGS = 16;
/** A class counts as alternatives up to this size: `[sx]`, not `\d`. */
const MAX_CLASS = 4;

/** The literals that every match of the pattern contains; null where there are none to rely on. */
export function requiredLiteral(syntax: RegexSyntax): LiteralRequirement | null {
  return new Collector(groupBodies(syntax.root)).required(syntax.root);
}

export function meetsRequirement(requirement: LiteralRequirement, searched: SearchableText): boolean {
  switch (requirement.kind) {
    case 'literal':
      return (requirement.caseless ? searched.folded : searched.text).includes(requirement.text);
    case 'all':
      return requirement.parts.every((part) => meetsRequirement(part, searched));
    case 'any':
      return requirement.parts.some((part) => meetsRequirement(part, searched));
  }
}

export function searchableText(text: string): SearchableText {
  let folded: string | null = null;
  return {
    text,
    get folded() {
      folded ??= foldText(text);
      return folded;
    },
  };
}

/**
 * Lower case, with what lower case alone does not unite: long s, which matches s caselessly (so does the Kelvin sign
 * match k, but that is its lower case), and the two lower-case forms of sigma, of which position decides.
 */
function foldText(text: string): string {
  const lower = text.toLowerCase();
  return /[\u017f\u03c2]/.test(lower) ? lower.replaceAll('\u017f', 's').replaceAll('\u03c2', '\u03c3') : lower;
}

interface Spelling {
  text: string;
  caseless: boolean;
}

const BLANK: Spelling = { text: '', caseless: false };

class Collector {
  private readonly groups: GroupBodies;

  constructor(groups: GroupBodies) {
    this.groups = groups;
  }

  required(node: RegexNode): LiteralRequirement | null {
    return allOf(this.conditions(node));
  }

  /** Conditions that all hold for a text with a match of the node. */
  private conditions(node: RegexNode): LiteralRequirement[] {
    const spellings = this.spellings(node);
    if (spellings) return conditionOf(spellings);
    switch (node.kind) {
      case 'sequence':
        return this.ofSequence(node.items);
      case 'alternation':
        return anyOf(node.branches.map((branch) => this.required(branch)));
      case 'repeat':
        return node.min > 0 ? this.conditions(node.body) : [];
      case 'capture':
      case 'atomic':
        return this.conditions(node.body);
      case 'look':
        return node.negative ? [] : this.conditions(node.body);
      case 'conditional':
        return node.test.kind === 'constant' ? [] : anyOf([this.required(node.yes), this.required(node.no)]);
      default:
        return [];
    }
  }

  /** Adjacent parts with few spellings join into longer literals. */
  private ofSequence(items: readonly RegexNode[]): LiteralRequirement[] {
    const found: LiteralRequirement[] = [];
    let run: Spelling[] = [BLANK];
    const flush = () => {
      found.push(...conditionOf(run));
      run = [BLANK];
    };
    for (const item of items) {
      if (item.kind === 'assert' || item.kind === 'keep') continue;
      const spellings = this.spellings(item);
      if (spellings && spellings.length * run.length > MAX_SPELLINGS) flush();
      if (spellings) {
        run = run.flatMap((before) => spellings.map((after) => joined(before, after)));
        continue;
      }
      // A look-around takes no characters, so the run goes on behind it.
      if (item.kind !== 'look') flush();
      found.push(...this.conditions(item));
    }
    flush();
    return found;
  }

  /** All texts that the node matches, if they are few; null otherwise. */
  private spellings(node: RegexNode): Spelling[] | null {
    switch (node.kind) {
      case 'set':
        return spellingsOfSet(node.set);
      case 'sequence':
        return this.product(node.items);
      case 'alternation':
        return this.sum(node.branches);
      case 'capture':
      case 'atomic':
        return this.spellings(node.body);
      case 'repeat':
        if (node.min === 0 && node.max === 1) return this.sum([node.body, { kind: 'sequence', items: [] }]);
        return node.min === node.max && node.min <= 64 ? this.product(Array(node.min).fill(node.body)) : null;
      case 'call': {
        const body = this.groups.get(node.group);
        // Only plain literals: a body with calls of its own might be recursive.
        return body?.kind === 'capture' && body.body.kind === 'set' ? this.spellings(body) : null;
      }
      case 'assert':
      case 'keep':
        return [BLANK];
      default:
        return null;
    }
  }

  private product(items: readonly RegexNode[]): Spelling[] | null {
    let result: Spelling[] = [BLANK];
    for (const item of items) {
      const next = this.spellings(item);
      if (next === null || next.length * result.length > MAX_SPELLINGS) return null;
      result = result.flatMap((before) => next.map((after) => joined(before, after)));
    }
    return result;
  }

  private sum(branches: readonly RegexNode[]): Spelling[] | null {
    const result: Spelling[] = [];
    for (const branch of branches) {
      const next = this.spellings(branch);
      if (next === null || next.length + result.length > MAX_SPELLINGS) return null;
      result.push(...next);
    }
    return result;
  }
}

/** One caseless character makes the whole spelling caseless, which asks for less. */
function joined(a: Spelling, b: Spelling): Spelling {
  const caseless = a.caseless || b.caseless;
  const text = a.text + b.text;
  return { text: caseless ? foldText(text) : text, caseless };
}

function spellingsOfSet(set: CharSet): Spelling[] | null {
  if (set.properties.length > 0) return null;
  const members: number[] = [];
  for (let i = 0; i < set.ranges.length; i += 2) {
    for (let c = set.ranges[i] as number; c <= (set.ranges[i + 1] as number); c++) {
      if (members.push(c) > MAX_CLASS) return null;
    }
  }
  const letter = members.find((c) => c >= 0x61 && c <= 0x7a);
  if (letter !== undefined && sameSet(set, caselessChar(letter))) {
    return [{ text: String.fromCharCode(letter), caseless: true }];
  }
  return members.map((c) => ({ text: String.fromCodePoint(c), caseless: false }));
}

/** Nothing where one spelling is too short to tell anything. */
function conditionOf(spellings: readonly Spelling[]): LiteralRequirement[] {
  if (spellings.length === 0 || spellings.some(({ text }) => text.length < MIN_LENGTH)) return [];
  return anyOf(spellings.map((spelling) => ({ kind: 'literal', ...spelling })));
}

function allOf(parts: LiteralRequirement[]): LiteralRequirement | null {
  const flat = distinct(parts.flatMap((part) => (part.kind === 'all' ? part.parts : [part])));
  return flat.length > 1 ? { kind: 'all', parts: flat } : (flat[0] ?? null);
}

function anyOf(parts: (LiteralRequirement | null)[]): LiteralRequirement[] {
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length) return [];
  const flat = distinct(known.flatMap((part) => (part.kind === 'any' ? part.parts : [part])));
  if (flat.length > MAX_SPELLINGS) return [];
  return flat.length > 1 ? [{ kind: 'any', parts: flat }] : flat;
}

function distinct(parts: LiteralRequirement[]): LiteralRequirement[] {
  const seen = new Map(parts.map((part) => [JSON.stringify(part), part]));
  return [...seen.values()];
}
