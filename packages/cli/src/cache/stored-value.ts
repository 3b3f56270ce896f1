import type { FileStore } from './file-store.ts';

/** How a value stands in a file. */
export interface ValueFormat<Value> {
  /** `null`: there is no such file. May throw on what was damaged. */
  parse(text: string | null): Value;
  /** null: nothing worth writing. */
  print(value: Value): string | null;
}

/** A value in a file of the store: read when it is first asked for, and written again if it has changed by then. */
export class StoredValue<Value> {
  readonly #store: FileStore;
  readonly #name: string;
  readonly #format: ValueFormat<Value>;
  #loaded: { value: Value } | null = null;
  #hasChanged = false;

  constructor(store: FileStore, name: string, format: ValueFormat<Value>) {
    this.#store = store;
    this.#name = name;
    this.#format = format;
  }

  get value(): Value {
    this.#loaded ??= { value: this.#read() };
    return this.#loaded.value;
  }

  #read(): Value {
    try {
      return this.#format.parse(this.#store.read(this.#name));
    } catch {
      return this.#format.parse(null);
    }
  }

  replace(value: Value): void {
    this.#loaded = { value };
    this.#hasChanged = true;
  }

  /** To be called when something within the value is another. */
  changed(): void {
    this.#hasChanged = true;
  }

  save(): void {
    const text = this.#hasChanged ? this.#format.print(this.value) : null;
    if (text !== null) this.#store.write(this.#name, text);
    this.#hasChanged = false;
  }
}

/** As a JSON object; what is missing is as in `nothing()`. What stands in a file was written by this very program. */
export function jsonFormat<Value extends object>(nothing: () => Value): ValueFormat<Value> {
  return {
    parse: (text) => ({ ...nothing(), ...(text === null ? {} : JSON.parse(text)) }),
    print: (value) => JSON.stringify(value),
  };
}
