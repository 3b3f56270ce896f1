import type { LoadedLanguages } from '../patterns/loaded-languages.ts';
import { type ParsedText, parseText } from './parsed-text.ts';

/**
 * Texts parsed before anybody knows the rules that want them: a thread that waits for rules has nothing better to do. Each
 * is handed out once, and only for the very text that was parsed.
 */
export class ParsedAhead {
  private readonly languages: LoadedLanguages;
  /** By language and path. */
  private readonly waiting = new Map<string, { text: string; parsed: ParsedText }>();

  constructor(languages: LoadedLanguages) {
    this.languages = languages;
  }

  /** `path` is what reports will call the text. What cannot be parsed is left to whoever wants it, who can report it. */
  parse(path: string, text: string, language: string): void {
    const loaded = this.languages.get(language);
    if (loaded === undefined) return;
    try {
      this.waiting.set(keyOf(path, language), { text, parsed: parseText(text, loaded, path) });
    } catch {
      this.waiting.delete(keyOf(path, language));
    }
  }

  /** The text as parsed, or null where this or another text of the path was not. */
  take(path: string, text: string, language: string): ParsedText | null {
    const key = keyOf(path, language);
    const found = this.waiting.get(key);
    if (found?.text !== text) return null;
    this.waiting.delete(key);
    return found.parsed;
  }
}

function keyOf(path: string, language: string): string {
  return `${language}\0${path}`;
}
