import type { Condition, Formula, RuleLocation } from '../rules/rule.ts';
import { type CompiledCondition, compileCondition } from './conditions.ts';
import { ANY_WORDS, type PossibleWords, possibleWords } from './possible-words.ts';
import type { Leaf } from './target.ts';

/** A formula as it is evaluated: positives, negatives and selectors told apart, leaves numbered. */
export type CompiledFormula =
  | { kind: 'leaf'; leaf: Leaf }
  | CompiledConjunction
  | { kind: 'any'; parts: CompiledFormula[] }
  | { kind: 'inside'; part: CompiledFormula }
  | { kind: 'anywhere'; part: CompiledFormula };

export interface CompiledConjunction {
  kind: 'all';
  positives: CompiledFormula[];
  /** A `pattern: $X` beside other positives, matched within what they matched. */
  selector: Leaf | null;
  negatives: CompiledFormula[];
  conditions: CompiledCondition[];
  focus: string[][];
  as: string | null;
  fix: string | null;
}

/** Why a rule cannot run, or, as a warning, what of it cannot ever hold. */
export interface FormulaProblem {
  message: string;
  /** What to do about it; empty where the message says it all. */
  remedy: string;
  location: RuleLocation;
}

export type CompiledLeaf = { ok: true; leaf: Leaf } | { ok: false; problem: FormulaProblem };

/** A pattern or regular expression to be compiled. */
export interface LeafSource {
  kind: 'pattern' | 'regex';
  text: string;
  /** null for the language of the rule. */
  language: string | null;
  /**
   * Somewhere below `inside`: a final `...` need only match as much as it can, not every length (semantics 03 §11).
   * Semgrep does the same for all of a formula below `pattern-inside`, where it is not always without effect.
   */
  enclosing: boolean;
  /** Metavariables that a condition beside the leaf lets be certain words only: other matches may be left out. */
  words: PossibleWords;
  location: RuleLocation;
}

export type CompileLeaf = (source: LeafSource) => CompiledLeaf;

export type FormulaCompilation =
  | {
      ok: true;
      formula: CompiledFormula;
      /** Leaves to match on the target, in one traversal. */
      leaves: Leaf[];
      /** Leaves that match any expression: to be matched only when asked for, few evaluations get there. */
      selectors: Leaf[];
      /** Leaves of `metavariable-pattern`, matched on what a metavariable is bound to. */
      nested: Leaf[];
      warnings: FormulaProblem[];
    }
  | { ok: false; problems: FormulaProblem[] };

/** Compiles the formula of a rule (semantics 04 §3); all problems are found, not only the first. */
export function compileFormula(formula: Formula, compileLeaf: CompileLeaf): FormulaCompilation {
  const compiler = new FormulaCompiler(compileLeaf);
  const compiled = compiler.formula(formula);
  const { leaves, selectors, nested, warnings, problems } = compiler;
  return compiled && problems.length === 0
    ? { ok: true, formula: compiled, leaves, selectors, nested, warnings }
    : { ok: false, problems };
}

/** Collects leaves and problems on the way; what has a problem compiles to null. */
export class FormulaCompiler {
  readonly leaves: Leaf[] = [];
  readonly selectors: Leaf[] = [];
  readonly nested: Leaf[] = [];
  readonly warnings: FormulaProblem[] = [];
  readonly problems: FormulaProblem[] = [];
  readonly #compileLeaf: CompileLeaf;
  /** Set within a `metavariable-pattern`; `language` is null for the rule's own. */
  #nesting: { language: string | null } | null = null;
  #enclosing = false;
  #words: PossibleWords = ANY_WORDS;

  constructor(compileLeaf: CompileLeaf) {
    this.#compileLeaf = compileLeaf;
  }

  formula(formula: Formula): CompiledFormula | null {
    switch (formula.kind) {
      case 'pattern':
      case 'regex': {
        const leaf = this.#leaf(formula);
        return leaf && this.#listed(leaf);
      }
      case 'all':
        return this.#conjunction(formula);
      case 'any': {
        const parts = this.#all(formula.parts);
        return parts && { kind: 'any', parts };
      }
      case 'inside': {
        const part = this.#within({ enclosing: true, nesting: this.#nesting }, formula.part);
        return part && { kind: 'inside', part };
      }
      case 'anywhere': {
        const part = this.formula(formula.part);
        return part && { kind: 'anywhere', part };
      }
      case 'not':
        return this.problem(
          formula.location,
          'a negated pattern needs another one beside it to remove matches from',
          'Put it under `all` (`patterns`), next to a pattern.',
        );
    }
  }

  /** The formula of a `metavariable-pattern`; `language` is null for that of the code around it. */
  nestedFormula(formula: Formula, language: string | null): CompiledFormula | null {
    const nesting = { language: language ?? this.#nesting?.language ?? null };
    const part = formula.kind === 'not' ? conjunctionOf(formula) : formula;
    return this.#withWords(ANY_WORDS, () => this.#within({ enclosing: false, nesting }, part));
  }

  problem(location: RuleLocation, message: string, remedy = ''): null {
    this.problems.push({ message, remedy, location });
    return null;
  }

  warning(location: RuleLocation, message: string, remedy: string): void {
    this.warnings.push({ message, remedy, location });
  }

  #within(
    { enclosing, nesting }: { enclosing: boolean; nesting: { language: string | null } | null },
    formula: Formula,
  ): CompiledFormula | null {
    const outer = { enclosing: this.#enclosing, nesting: this.#nesting };
    this.#enclosing = enclosing;
    this.#nesting = nesting;
    const compiled = this.formula(formula);
    this.#enclosing = outer.enclosing;
    this.#nesting = outer.nesting;
    return compiled;
  }

  #withWords<T>(words: PossibleWords, compile: () => T): T {
    const outer = this.#words;
    this.#words = words;
    const compiled = compile();
    this.#words = outer;
    return compiled;
  }

  #conjunction(formula: Formula & { kind: 'all' }): CompiledConjunction | null {
    const negated = formula.parts.flatMap((part) => (part.kind === 'not' ? [part.part] : []));
    const own = possibleWords(formula.conditions);
    // A negative that binds something else than the positives has no effect.
    const negatives = this.#withWords(own, () => this.#all(negated));
    // What all positives bind is one set of bindings, and the conditions are about that.
    const words = new Map([...this.#words, ...own]);
    const positives = this.#withWords(words, () => this.#positives(formula));
    const conditions = this.#conditions(formula.conditions);
    this.#checkFocus(formula);
    if (!positives || !negatives || !conditions) return null;
    const { focus, as, fix } = formula;
    return { kind: 'all', ...positives, negatives, conditions, focus, as, fix };
  }

  /** Sets aside the first leaf that is only a metavariable if there is another positive; its repeats are absorbed. */
  #positives(formula: Formula & { kind: 'all' }): { positives: CompiledFormula[]; selector: Leaf | null } | null {
    const parts = formula.parts.filter((part) => part.kind !== 'not');
    if (parts.length === 0 && !this.#nesting) {
      return this.problem(
        formula.location,
        'there is nothing to search for: all patterns are negated',
        'Add a `pattern`, `pattern-inside`, `pattern-regex` or `pattern-either` that says what to find.',
      );
    }
    let selector: Leaf | null = null;
    let failed = false;
    const positives: CompiledFormula[] = [];
    for (const part of parts) {
      if (part.kind !== 'pattern') {
        const positive = this.formula(part);
        if (positive) positives.push(positive);
        else failed = true;
        continue;
      }
      const leaf = this.#leaf(part);
      if (!leaf) failed = true;
      else if (leaf.selector !== null && selector === null) selector = leaf;
      else if (leaf.selector === null || leaf.selector !== selector?.selector) positives.push(this.#listed(leaf));
    }
    if (failed) return null;
    if (selector === null || positives.length > 0) {
      if (selector) (this.#nesting ? this.nested : this.selectors).push(selector);
      return { positives, selector };
    }
    return { positives: [this.#listed(selector)], selector: null };
  }

  #all(formulas: readonly Formula[]): CompiledFormula[] | null {
    return withoutNull(formulas.map((formula) => this.formula(formula)));
  }

  #conditions(conditions: readonly Condition[]): CompiledCondition[] | null {
    return withoutNull(conditions.map((condition) => compileCondition(condition, this)));
  }

  #checkFocus(formula: Formula & { kind: 'all' }): void {
    if (formula.focus.length > 1 && formula.focus.some((names) => names.length > 1)) {
      this.problem(
        formula.location,
        'a focus on one of several metavariables cannot be combined with another focus',
        'Keep one `focus-metavariable`, or nest them in `patterns` of their own.',
      );
    }
  }

  #leaf(formula: Formula & { kind: 'pattern' | 'regex' }): Leaf | null {
    const language = this.#nesting?.language ?? null;
    const { kind, text, location } = formula;
    const compiled = this.#compileLeaf({
      kind,
      text,
      language,
      enclosing: this.#enclosing,
      words: this.#words,
      location,
    });
    if (compiled.ok) return compiled.leaf;
    this.problems.push(compiled.problem);
    return null;
  }

  #listed(leaf: Leaf): CompiledFormula {
    (this.#nesting ? this.nested : this.leaves).push(leaf);
    return { kind: 'leaf', leaf };
  }
}

function conjunctionOf(part: Formula): Formula {
  return { kind: 'all', parts: [part], conditions: [], focus: [], location: part.location, as: null, fix: null };
}

function withoutNull<T>(items: readonly (T | null)[]): T[] | null {
  return items.includes(null) ? null : (items as T[]);
}
