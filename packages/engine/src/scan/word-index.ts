import type { RequirementText } from '../match/requirement.ts';

/** Which of many texts hold a word; made when first asked. */
export class WordIndex<T extends { searched: RequirementText }> {
  private readonly texts: readonly T[];
  private byWord: ReadonlyMap<string, readonly T[]> | null = null;

  constructor(texts: readonly T[]) {
    this.texts = texts;
  }

  /** In the order in which they were given. */
  filesWith(word: string): readonly T[] {
    this.byWord ??= this.index();
    return this.byWord.get(word) ?? [];
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
