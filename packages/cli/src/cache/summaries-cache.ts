import type { FileStore } from './file-store.ts';
import { StoredValue, type ValueFormat } from './stored-value.ts';

/** As the engine's thread has written it, and reads it again. */
const TEXT: ValueFormat<string | null> = { parse: (text) => text, print: (text) => text };

/** What functions of a project do, for one set of rules, as the engine writes it: it says itself what it depends on. */
export class SummariesCache {
  readonly #text: StoredValue<string | null>;

  /** `name` stands for the program, the folder that paths start from, the rules, and what they are to do. */
  constructor(store: FileStore, name: string) {
    this.#text = new StoredValue(store, name, TEXT);
  }

  /** null where nothing is known. */
  recall(): string | null {
    return this.#text.value;
  }

  /** null: there is nothing to know better than before. */
  learn(text: string | null): void {
    if (text !== null && text !== this.#text.value) this.#text.replace(text);
  }

  save(): void {
    this.#text.save();
  }
}
