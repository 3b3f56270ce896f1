import type { CompiledLeaf, CompileLeaf, LeafSource } from '../match/formula.ts';
import type { PossibleWords } from '../match/possible-words.ts';
import { allOf, anyOf, type Requirement } from '../match/requirement.ts';
import type { Leaf } from '../match/target.ts';
import { type CompiledPattern, compilePattern } from '../patterns/compile-pattern.ts';
import type { LoadedLanguages } from '../patterns/loaded-languages.ts';
import { type MatchOptions, matchOptions } from '../patterns/match-options.ts';
import { type LoadedLanguage, parsePattern } from '../patterns/parse-pattern.ts';
import type { Rule, RuleLocation } from '../rules/rule.ts';
import { type LiteralRequirement, requiredLiteral } from '../text/literal-requirement.ts';
import { type CompiledRegex, compileRegex } from '../text/pcre.ts';
import { compileGeneric, type GenericPattern, genericKey } from './generic-pattern.ts';

/** How a leaf is matched. */
export type LeafMatcher =
  | { kind: 'tree'; pattern: CompiledPattern; longestOnly: boolean }
  | { kind: 'regex'; regex: CompiledRegex }
  | { kind: 'generic'; pattern: GenericPattern };

type PatternSource = Pick<LeafSource, 'text' | 'enclosing' | 'words' | 'location'>;

/**
 * Compiles patterns and regular expressions, each distinct one once: rules share leaves, so that a pattern that fifty
 * rules use is matched once a file.
 */
export class LeafCompiler {
  private readonly languages: LoadedLanguages;
  private readonly matchers: LeafMatcher[] = [];
  private readonly known = new Map<string, CompiledLeaf>();

  constructor(languages: LoadedLanguages) {
    this.languages = languages;
  }

  matcher(leaf: Leaf): LeafMatcher {
    const matcher = this.matchers[leaf.id];
    if (matcher === undefined) throw new Error(`leaf ${leaf.id} was compiled elsewhere`);
    return matcher;
  }

  /** What a file must hold for the leaf to match. */
  requirement(leaf: Leaf): Requirement {
    const matcher = this.matcher(leaf);
    switch (matcher.kind) {
      case 'tree': {
        const { identifiers, choices } = matcher.pattern;
        const all: Requirement = identifiers.length === 0 ? null : { kind: 'words', words: identifiers };
        return allOf([
          all,
          ...choices.map(
            (choice): Requirement =>
              choice.kind === 'words'
                ? anyOf(choice.words.map((word) => ({ kind: 'words', words: [word] })))
                : literalRequirement(choice.literal),
          ),
        ]);
      }
      case 'regex':
        return literalRequirement(requiredLiteral(matcher.regex.syntax));
      case 'generic':
        return literalRequirement(matcher.pattern.requirement);
    }
  }

  /** Whether a tree pattern may match a file of these words. */
  mayMatch(leaf: Leaf, words: ReadonlySet<string>): boolean {
    const matcher = this.matcher(leaf);
    if (matcher.kind !== 'tree') return true;
    const { identifiers, choices } = matcher.pattern;
    const has = (word: string): boolean => words.has(word);
    return identifiers.every(has) && choices.every((choice) => choice.kind === 'literal' || choice.words.some(has));
  }

  forRule(rule: Rule, ruleLanguage: string): CompileLeaf {
    const options = matchOptions(rule.options);
    const optionsKey = JSON.stringify(options);
    return ({ kind, text, language, enclosing, words, location }) => {
      const inLanguage = language ?? ruleLanguage;
      const isRegex = kind === 'regex' || inLanguage === 'regex';
      const generic = inLanguage === 'generic' ? genericKey(rule.options, language !== null) : '';
      const own = new Map([...words].filter(([name]) => text.includes(name)));
      const wordsKey = JSON.stringify([...own]);
      const key = isRegex
        ? `regex\0${text}`
        : `${inLanguage}\0${optionsKey}\0${enclosing}\0${generic}\0${wordsKey}\0${text}`;
      const known = this.known.get(key);
      if (known !== undefined) return known.ok ? known : { ok: false, problem: { ...known.problem, location } };
      const source = { text, enclosing, words: own, location };
      let compiled: CompiledLeaf;
      if (isRegex) compiled = this.regex(text, location);
      else if (inLanguage === 'generic') compiled = this.generic(source, rule, /* nested */ language !== null);
      else compiled = this.pattern(source, inLanguage, options);
      this.known.set(key, compiled);
      return compiled;
    };
  }

  private add(kind: Leaf['kind'], text: string, selector: string | null, matcher: LeafMatcher): CompiledLeaf {
    const isCommon =
      matcher.kind === 'tree' && matcher.pattern.identifiers.length + matcher.pattern.choices.length === 0;
    const leaf: Leaf = { id: this.matchers.length, kind, text, selector, isCommon };
    this.matchers.push(matcher);
    return { ok: true, leaf };
  }

  private regex(text: string, location: RuleLocation): CompiledLeaf {
    const regex = compileRegex(text, { multiline: true });
    if (regex.kind === 'regex') return this.add('regex', text, null, { kind: 'regex', regex });
    const message = `the regular expression is not valid: ${regex.message} (at offset ${regex.offset})`;
    return { ok: false, problem: { message, remedy: '', location } };
  }

  private generic({ text, location }: PatternSource, { options }: Rule, nested: boolean): CompiledLeaf {
    const pattern = compileGeneric(text, options, nested);
    if (typeof pattern !== 'string') return this.add('pattern', text, null, { kind: 'generic', pattern });
    return { ok: false, problem: { message: `the pattern cannot be used: ${pattern}`, remedy: '', location } };
  }

  private pattern(
    { text, enclosing, words, location }: PatternSource,
    language: string,
    options: MatchOptions,
  ): CompiledLeaf {
    const loaded = this.languages.get(language);
    if (loaded === undefined) {
      return { ok: false, problem: { message: `${language} is not supported yet`, remedy: '', location } };
    }
    const compiled = compileText(text, loaded, options, words);
    if (typeof compiled === 'string') {
      const message = `the pattern cannot be used: ${compiled}`;
      return { ok: false, problem: { message, remedy: patternRemedy(language), location } };
    }
    return this.add('pattern', text, compiled.selector, { kind: 'tree', pattern: compiled, longestOnly: enclosing });
  }
}

function compileText(
  text: string,
  loaded: LoadedLanguage,
  options: MatchOptions,
  words: PossibleWords,
): CompiledPattern | string {
  try {
    const parsed = parsePattern(text, loaded);
    return typeof parsed === 'string' ? parsed : compilePattern(parsed, options, words);
  } catch (error) {
    // Lowering and compiling recurse as deeply as the pattern is nested.
    if (error instanceof RangeError) return 'it is nested too deeply';
    throw error;
  }
}

function literalRequirement(literal: LiteralRequirement | null): Requirement {
  return literal === null ? null : { kind: 'literal', literal };
}

function patternRemedy(language: string): string {
  return `Write it as ${language} code, with $X for anything and ... for any number of things; see docs/rules.md.`;
}
