import { anchorWords, meetsRequirement, type RequirementText } from '../match/requirement.ts';
import type { CompiledRule } from './compile-rules.ts';

/**
 * Finds the rules that may match a file from the file's words: rules are keyed by words of which a matching file has
 * one, so that the cost grows with the file and not with the number of rules.
 */
export class RuleIndex {
  private readonly byWord = new Map<string, CompiledRule[]>();
  private readonly always: CompiledRule[] = [];

  constructor(rules: readonly CompiledRule[]) {
    for (const rule of rules) {
      const anchors = anchorWords(rule.requirement);
      if (anchors === null) this.always.push(rule);
      else for (const word of anchors) this.add(word, rule);
    }
  }

  private add(word: string, rule: CompiledRule): void {
    const rules = this.byWord.get(word);
    if (rules === undefined) this.byWord.set(word, [rule]);
    else rules.push(rule);
  }

  /** In the order the rules were given. */
  candidates(text: RequirementText): CompiledRule[] {
    const found = new Set<CompiledRule>(this.always);
    for (const word of text.words) {
      const rules = this.byWord.get(word);
      if (rules !== undefined) for (const rule of rules) found.add(rule);
    }
    return [...found].filter((rule) => meetsRequirement(rule.requirement, text)).sort((a, b) => a.index - b.index);
  }
}
