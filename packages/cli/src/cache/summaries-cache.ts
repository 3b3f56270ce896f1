import type { JsonStore } from './json-store.ts';

/** What functions of a project do, for one set of rules, as the engine writes it: it says itself what it depends on. */
export class SummariesCache {
  readonly #store: JsonStore;
  readonly #name: string;
  #text: string | null;
  #hasNews = false;

  /** `name` stands for the program, the folder that paths start from, the rules, and what they are to do. */
  constructor(store: JsonStore, name: string) {
    this.#store = store;
    this.#name = name;
    this.#text = store.readText(name);
  }

  /** null where nothing is known. */
  recall(): string | null {
    return this.#text;
  }

  /** null: there is nothing to know better than before. */
  learn(text: string | null): void {
    if (text === null || text === this.#text) return;
    this.#text = text;
    this.#hasNews = true;
  }

  save(): void {
    if (this.#hasNews && this.#text !== null) this.#store.writeText(this.#name, this.#text);
    this.#hasNews = false;
  }
}
