import type { RequirementText } from '../match/requirement.ts';

/** Which of many texts hold words; made when first asked. */
export class WordIndex<T extends { searched: RequirementText }> {
  private readonly texts: readonly T[];
  private byWord: ReadonlyMap<string, readonly T[]> | null = null;

  constructor(texts: readonly T[]) {
    this.texts = texts;
  }

  /** Those that hold all of the words, in the order in which they were given. */
  filesWith(words: readonly string[]): readonly T[] {
    this.byWord ??= this.index();
    const { byWord } = this;
    const [fewest, ...others] = words
      .map((word) => ({ word, texts: byWord.get(word) ?? [] }))
      .sort((a, b) => a.texts.length - b.texts.length);
    return (fewest?.texts ?? []).filter(({ searched }) => others.every(({ word }) => searched.words.has(word)));
  }

  private index(): ReadonlyMap<string, readonly T[]> {
    const byWord = new Map<string, T[]>();
    for (const one of this.texts) {
      for (const word of one.searched.words) {
        const known = byWord.get(word);
        if (known === undefined) byWord.set(word, [one]);
        else known.push(one);
      }
    }
    return byWord;
  }
}
